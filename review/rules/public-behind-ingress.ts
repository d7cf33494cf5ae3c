import { type Entry, isOpenToInternet } from '../../exposure';
import { API, created, INTERNAL, invoker, PUBLIC, planOf, service, unchanged } from '../fragment';
import type { ServiceSide } from '../reviewed-plan';
import type { Rule } from '../rule';

export const publicBehindIngress: Rule = {
  id: 'public-behind-ingress',
  severity: 'high',
  finds:
    'allUsers or allAuthenticatedUsers may call where only ingress still keeps the internet out: one edit away from public',
  remedy: 'grant those who call by name, unless a load balancer elsewhere is to make it public',
  find: ({ services }) =>
    services.flatMap(({ address, name, before, after }) => {
      if (!after || isAnyones(before) || !isAnyones(after)) return [];
      if (after.exposure.entries.some((entry) => asksNobody(entry) && isOpenToInternet(entry))) return [];
      const message = `anyone who gets past the ingress of ${name} (${after.service.ingress}) may call it: one edit away from public`;
      return [{ address, message }];
    }),
  example: {
    found: planOf(unchanged(API, service(INTERNAL)), created(PUBLIC, invoker('allUsers'))),
    notFound: planOf(unchanged(API, service(INTERNAL)), created(PUBLIC, invoker('group:support@example.com'))),
  },
};

function isAnyones(side: ServiceSide | undefined): boolean {
  return side?.exposure.entries.some(asksNobody) ?? false;
}

function asksNobody({ authentication }: Entry): boolean {
  return authentication === 'none' || authentication === 'any-google-account';
}
