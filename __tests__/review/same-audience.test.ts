import { backend, loadBalancer } from '../../review/example-load-balancer';
import {
  API,
  type ChangeJson,
  created,
  DOMAIN_MAPPING,
  destroyed,
  invoker,
  MAPPED_DOMAIN,
  PUBLIC,
  service,
  unchanged,
} from '../../review/fragment';
import { reviewOfChanges } from './reviewed';

const found = (...changes: readonly ChangeJson[]) =>
  reviewOfChanges(...changes).findings.map(({ severity, rule }) => `${severity} ${rule}`);

const OTHER = 'google_cloud_run_v2_service.frontend';

test.each(['allUsers', 'allAuthenticatedUsers'])(
  'a second name for a service that %s may call opens nothing',
  (member) => {
    const open = [unchanged(API, service()), unchanged(PUBLIC, invoker(member))];
    expect(found(...open, created(MAPPED_DOMAIN, DOMAIN_MAPPING))).toEqual(['medium public-name-added']);
  },
);

test('a service that another resource manages from now on has the callers that it had', () => {
  const moved = found(
    destroyed(API, service({ deletion_protection: false })),
    created(OTHER, service({ deletion_protection: false })),
    unchanged(PUBLIC, invoker('allUsers')),
  );
  expect(moved).toEqual(['high service-destroyed']);
});

test('another service of that kind is a new one', () => {
  const added = found(
    unchanged(API, service()),
    unchanged(PUBLIC, invoker('allUsers')),
    created(OTHER, service({ name: 'frontend' })),
    created('google_cloud_run_v2_service_iam_member.frontend', { ...invoker('allUsers'), name: 'frontend' }),
  );
  expect(added).toEqual(['critical public-service']);
});

test('an opened ingress bypasses Cloud Armor, though the same people may call', () => {
  const policy = { security_policy: 'projects/acme-prod/global/securityPolicies/edge' };
  const [, ...front] = loadBalancer();
  const inside = service({ ingress: 'INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER' });
  const opens = {
    ...unchanged(API, inside),
    change: { actions: ['update' as const], before: inside, after: service() },
  };
  const opened = found(
    ...front,
    opens,
    unchanged('google_compute_backend_service.edge_api', backend(policy)),
    unchanged(PUBLIC, invoker('allUsers')),
  );
  expect(opened).toEqual(['critical cloud-armor-lost', 'high ingress-widened']);
});
