import { API, INTERNAL, LOAD_BALANCED, planOf, service, updated } from '../fragment';
import { ingressWidth } from '../ingress-width';
import type { Rule } from '../rule';

export const ingressWidened: Rule = {
  id: 'ingress-widened',
  severity: 'high',
  finds: 'the ingress of a service lets requests in from more places',
  remedy: 'set ingress back; behind a load balancer INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER is enough',
  find: ({ services }) =>
    services.flatMap(({ address, name, before, after }) => {
      if (!before?.service.managed || !after?.service.managed) return [];
      const [from, to] = [before.service.ingress, after.service.ingress];
      // Another rule reports an ingress that is not known.
      if (to.startsWith('(') || ingressWidth(to) <= ingressWidth(from)) return [];
      const message = `${name} takes requests from more places: ingress ${from} → ${to}`;
      return [{ address, message, what: [`ingress ${to}`] }];
    }),
  example: {
    found: planOf(updated(API, service(LOAD_BALANCED), { ingress: 'INGRESS_TRAFFIC_ALL' })),
    notFound: planOf(updated(API, service(LOAD_BALANCED), INTERNAL)),
  },
};
