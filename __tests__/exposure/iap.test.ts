import { computeExposure, type PlanJson, readPlan } from '../../exposure';
import { backend, loadBalancer } from '../../review/example-load-balancer';
import { API, LOAD_BALANCED, planOf, service, unchanged } from '../../review/fragment';

const STAFF = { role: 'roles/iap.httpsResourceAccessor', member: 'group:staff@example.com', project: 'acme-prod' };
const REGION = 'projects/acme-prod/regions/europe-west1';

const exposureOf = (plan: PlanJson) => computeExposure('prod', readPlan(plan).after).exposure;

/** The service `api` behind a load balancer whose backend service has IAP. */
const balanced = [
  ...loadBalancer({ service: LOAD_BALANCED }),
  unchanged('google_compute_backend_service.edge_api', backend({ iap: [{ enabled: true }] })),
];

/** The same behind a load balancer of one region. */
const regional = [
  ...loadBalancer({ service: LOAD_BALANCED }).slice(0, 2),
  unchanged(
    'google_compute_region_backend_service.edge_api',
    backend({ region: 'europe-west1', iap: [{ enabled: true }] }),
  ),
  unchanged('google_compute_region_url_map.edge', {
    name: 'edge',
    project: 'acme-prod',
    region: 'europe-west1',
    default_service: `${REGION}/backendServices/edge-api`,
  }),
  unchanged('google_compute_region_target_https_proxy.edge', {
    name: 'edge',
    project: 'acme-prod',
    region: 'europe-west1',
    url_map: `${REGION}/urlMaps/edge`,
  }),
  unchanged('google_compute_forwarding_rule.edge', {
    name: 'edge',
    project: 'acme-prod',
    region: 'europe-west1',
    target: `${REGION}/targetHttpsProxies/edge`,
    load_balancing_scheme: 'EXTERNAL_MANAGED',
    ip_address: '203.0.113.7',
  }),
];

test.each([
  ['its backend service', balanced, 'google_iap_web_backend_service_iam_member.x', { web_backend_service: 'edge-api' }],
  [
    'its regional backend service',
    regional,
    'google_iap_web_region_backend_service_iam_member.x',
    { web_region_backend_service: 'edge-api', region: 'europe-west1' },
  ],
  ['all of Compute Engine in the project', balanced, 'google_iap_web_type_compute_iam_member.x', {}],
  ['all that IAP protects in the project', balanced, 'google_iap_web_iam_member.x', {}],
  [
    'the service itself',
    [unchanged(API, service({ iap_enabled: true }))],
    'google_iap_web_cloud_run_service_iam_member.x',
    { cloud_run_service_name: 'api', location: 'europe-west1' },
  ],
] as const)('a grant on %s lets its members through IAP', (_, stack, address, target) => {
  const granted = exposureOf(planOf(...stack, unchanged(address, { ...STAFF, ...target })));
  const iap = granted.services[0]?.entries.filter(({ authentication }) => authentication === 'iap');
  expect(iap).toMatchObject([{ from: 'internet', callers: ['group:staff@example.com'] }]);
  const without = exposureOf(planOf(...stack)).services[0]?.entries.filter(
    ({ authentication }) => authentication === 'iap',
  );
  expect(without).toMatchObject([{ from: 'internet', callers: [] }]);
});

test('requests that IAP lets through without a login are noted', () => {
  const settings = (allow_http_options: boolean) =>
    unchanged('google_iap_settings.edge', {
      name: 'projects/123456789012/iap_web/compute/services/edge-api',
      access_settings: [{ cors_settings: [{ allow_http_options }] }],
    });
  const note = 'google_iap_settings.edge: IAP lets requests with the method OPTIONS through without a login';
  expect(exposureOf(planOf(...balanced, settings(true))).notes).toContain(note);
  expect(exposureOf(planOf(...balanced, settings(false))).notes).not.toContain(note);
});
