import { type ComputedExposure, type Entry, isOpenToInternet } from '../../exposure';
import { causesOf } from '../causes';
import { pairEntries } from '../entry-pair';
import { API, created, INTERNAL, invoker, PUBLIC, planOf, service, unchanged } from '../fragment';
import { byProjectGrant, servicesWords } from '../opened-services';
import type { ServiceSide } from '../reviewed-plan';
import type { Rule } from '../rule';

export const publicBehindIngress: Rule = {
  id: 'public-behind-ingress',
  severity: 'high',
  finds:
    'allUsers or allAuthenticatedUsers may call, and only the ingress keeps the internet out: one more change makes the service public',
  remedy: 'grant the callers by name, unless a load balancer in another stack is meant to make the service public',
  find: (plan) => {
    const found = plan.services.flatMap((pair) => {
      const { before, after } = pair;
      if (!after || anyoneMayCall(before, plan.before) || !anyoneMayCall(after, plan.after)) return [];
      if (after.exposure.entries.some((entry) => acceptsAnyone(entry) && isOpenToInternet(entry))) return [];
      return [{ pair, after, causes: causesOf(plan, pair, pairEntries(pair)) }];
    });
    return byProjectGrant(found).map(({ grant, of }) => {
      const [{ pair, after }, ...others] = of;
      const ingress = others.length === 0 ? ` (${after.service.ingress})` : '';
      const gate = of.every((each) => each.after.exposure.entries.some(acceptsAnyone))
        ? 'the ingress'
        : 'IAP and the ingress';
      const message = `anyone who gets past ${gate} of ${servicesWords(of)}${ingress} may call it: one more change makes it public`;
      const address = others.length === 0 ? pair.address : (grant ?? pair.address);
      const what = of.map((each) => `anyone past the ingress of ${each.pair.name} (${each.after.service.ingress})`);
      return { address, message, causes: [...new Set(of.flatMap(({ causes }) => causes))].sort(), what };
    });
  },
  example: {
    found: planOf(unchanged(API, service(INTERNAL)), created(PUBLIC, invoker('allUsers'))),
    notFound: planOf(unchanged(API, service(INTERNAL)), created(PUBLIC, invoker('group:support@example.com'))),
  },
};

/** Whether anyone may call, by an entry or by a grant alone: IAP may be in front of every entry of this stack. */
function anyoneMayCall(side: ServiceSide | undefined, { grants }: ComputedExposure): boolean {
  if (!side) return false;
  const granted = grants.invokers.get(side.service) ?? [];
  return (
    side.exposure.entries.some(acceptsAnyone) ||
    !side.service.invokerCheck ||
    granted.some(({ principal }) => principal === 'allUsers' || principal === 'allAuthenticatedUsers')
  );
}

function acceptsAnyone({ authentication }: Entry): boolean {
  return authentication === 'none' || authentication === 'any-google-account';
}
