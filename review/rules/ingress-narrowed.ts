import { API, INTERNAL, LOAD_BALANCED, planOf, service, updated } from '../fragment';
import { ingressWidth } from '../ingress-width';
import type { Rule } from '../rule';
import { shutNames } from './public-name-removed';

export const ingressNarrowed: Rule = {
  id: 'ingress-narrowed',
  severity: 'low',
  finds:
    'the ingress of a service lets fewer requests in, but all its mapped domains and load balancers still work: requests from some places are refused',
  remedy: 'set ingress back, if somebody still calls from there',
  find: ({ services }) =>
    services.flatMap(({ address, name, before, after }) => {
      if (!before || !after) return [];
      const [from, to] = [before.service.ingress, after.service.ingress];
      if (from === 'all' && to.startsWith('(') && to !== from) {
        return [{ address, message: `${name} may take requests from fewer places: ingress ${from} → ${to}` }];
      }
      if (ingressWidth(to) >= ingressWidth(from) || shutNames({ before, after }).length > 0) return [];
      return [{ address, message: `${name} takes requests from fewer places: ingress ${from} → ${to}` }];
    }),
  example: {
    found: planOf(updated(API, service(), INTERNAL)),
    notFound: planOf(updated(API, service(INTERNAL), LOAD_BALANCED)),
  },
};
