import { backend, loadBalancer } from '../example-load-balancer';
import { planOf, updated } from '../fragment';
import { lostGates } from '../lost-gate';
import type { Rule } from '../rule';

const BACKEND = 'google_compute_backend_service.edge_api';
const POLICY = 'projects/acme-prod/global/securityPolicies/edge';

export const cloudArmorLost: Rule = {
  id: 'cloud-armor-lost',
  severity: 'critical',
  finds: 'an entry loses Cloud Armor',
  remedy: 'keep `security_policy` on the backend service',
  find: (plan) =>
    lostGates(plan, {
      lost: ({ before, after }) => before.securityPolicy !== undefined && after.securityPolicy === undefined,
      message: (urls, service, [first]) =>
        `${service} loses the Cloud Armor policy ${first?.before.securityPolicy} at ${urls}`,
    }),
  example: {
    found: planOf(...loadBalancer(), updated(BACKEND, backend({ security_policy: POLICY }), { security_policy: null })),
    notFound: planOf(...loadBalancer(), updated(BACKEND, backend({ security_policy: POLICY }), { enable_cdn: true })),
  },
};
