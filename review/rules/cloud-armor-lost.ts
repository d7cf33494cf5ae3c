import { isOpenToInternet } from '../../exposure';
import { causesOf } from '../causes';
import { entryName, pairEntries, pinnedEntry } from '../entry-pair';
import { backend, loadBalancer } from '../example-load-balancer';
import { planOf, updated } from '../fragment';
import { lostGates } from '../lost-gate';
import type { ReviewedPlan, ServicePair } from '../reviewed-plan';
import type { Found, Rule } from '../rule';
import { series } from '../wording';

const BACKEND = 'google_compute_backend_service.edge_api';
const POLICY = 'projects/acme-prod/global/securityPolicies/edge';

export const cloudArmorLost: Rule = {
  id: 'cloud-armor-lost',
  severity: 'critical',
  finds: 'an entry loses Cloud Armor, or a public service gets an entry that bypasses it',
  remedy: 'keep `security_policy` on the backend service, and the ingress internal-and-cloud-load-balancing behind it',
  find: (plan) => [
    ...lostGates(plan, {
      lost: ({ before, after }) => before.securityPolicy !== undefined && after.securityPolicy === undefined,
      message: (urls, service, [first]) =>
        `${service} loses the Cloud Armor policy ${first?.before.securityPolicy} at ${urls}`,
    }),
    ...plan.services.flatMap((pair) => wayAround(plan, pair)),
  ],
  example: {
    found: planOf(...loadBalancer(), updated(BACKEND, backend({ security_policy: POLICY }), { security_policy: null })),
    notFound: planOf(...loadBalancer(), updated(BACKEND, backend({ security_policy: POLICY }), { enable_cdn: true })),
  },
};

/** A public service with Cloud Armor in front of every entry gets an entry without it. */
function wayAround(plan: ReviewedPlan, pair: ServicePair): readonly Found[] {
  const was = (pair.before?.exposure.entries ?? []).filter(isOpenToInternet);
  const policies = was.flatMap(({ securityPolicy }) => securityPolicy ?? []);
  if (policies.length === 0 || policies.length < was.length) return [];
  const around = pairEntries(pair).filter(
    ({ before, after }) =>
      after && isOpenToInternet(after) && after.securityPolicy === undefined && !(before && isOpenToInternet(before)),
  );
  const isPublic = around.some(({ after }) => after?.authentication === 'none');
  if (!isPublic) return [];
  const urls = series(around.flatMap(({ after }) => (after ? [entryName(after)] : [])));
  const verb = around.some(({ after }) => after?.from === 'internet') ? 'answers' : 'may answer';
  const message = `${pair.name} ${verb} at ${urls} and bypasses the Cloud Armor policy ${series(policies)}`;
  const what = around.flatMap(({ after }) => (after ? [pinnedEntry(pair.name, after)] : []));
  return [{ address: pair.address, message, causes: causesOf(plan, pair, around), what }];
}
