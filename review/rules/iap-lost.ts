import { isOpenToInternet } from '../../exposure';
import { causesOf } from '../causes';
import { entryName, pairEntries } from '../entry-pair';
import { backend, loadBalancer } from '../example-load-balancer';
import { LOAD_BALANCED, planOf, updated } from '../fragment';
import type { Rule } from '../rule';

const BACKEND = 'google_compute_backend_service.edge_api';

export const iapLost: Rule = {
  id: 'iap-lost',
  severity: 'critical',
  finds: 'an entry loses Identity-Aware Proxy',
  remedy: 'keep `iap { enabled = true }` on the backend service',
  find: (plan) =>
    plan.services.flatMap((pair) =>
      pairEntries(pair).flatMap(({ before, after }) => {
        if (before?.authentication !== 'iap' || !after || after.authentication === 'iap' || !isOpenToInternet(after))
          return [];
        const then =
          after.authentication === 'none' ? 'anyone gets through' : 'only the service itself still checks callers';
        const address = after.through.at(-1) ?? pair.address;
        const message = `${entryName(after)} of ${pair.name} loses IAP: ${then}`;
        return [{ address, message, causes: causesOf(plan, pair, [{ before, after }]) }];
      }),
    ),
  example: {
    found: planOf(
      ...loadBalancer({ service: LOAD_BALANCED }),
      updated(BACKEND, backend({ iap: [{ enabled: true }] }), { iap: [{ enabled: false }] }),
    ),
    notFound: planOf(
      ...loadBalancer({ service: LOAD_BALANCED }),
      updated(BACKEND, backend({ iap: [{ enabled: true }] }), { log_config: [{ enable: true }] }),
    ),
  },
};
