import { causesOf } from '../causes';
import { entryName, pairEntries } from '../entry-pair';
import { backend, loadBalancer } from '../example-load-balancer';
import { planOf, updated } from '../fragment';
import type { Rule } from '../rule';

const BACKEND = 'google_compute_backend_service.edge_api';
const POLICY = 'projects/acme-prod/global/securityPolicies/edge';

export const cloudArmorLost: Rule = {
  id: 'cloud-armor-lost',
  severity: 'critical',
  finds: 'an entry loses Cloud Armor',
  remedy: 'keep `security_policy` on the backend service',
  find: (plan) =>
    plan.services.flatMap((pair) =>
      pairEntries(pair).flatMap(({ before, after }) => {
        if (before?.securityPolicy === undefined || !after || after.securityPolicy !== undefined) return [];
        const message = `${entryName(after)} of ${pair.name} loses the Cloud Armor policy ${before.securityPolicy}`;
        const address = after.through.at(-1) ?? pair.address;
        return [{ address, message, causes: causesOf(plan, pair, [{ before, after }]) }];
      }),
    ),
  example: {
    found: planOf(...loadBalancer(), updated(BACKEND, backend({ security_policy: POLICY }), { security_policy: null })),
    notFound: planOf(...loadBalancer(), updated(BACKEND, backend({ security_policy: POLICY }), { enable_cdn: true })),
  },
};
