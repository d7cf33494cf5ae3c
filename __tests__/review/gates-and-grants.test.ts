import { backend, loadBalancer } from '../../review/example-load-balancer';
import {
  API,
  type ChangeJson,
  created,
  DOMAIN_MAPPING,
  destroyed,
  INTERNAL,
  invoker,
  LOAD_BALANCED,
  MAPPED_DOMAIN,
  PUBLIC,
  service,
  unchanged,
  updated,
} from '../../review/fragment';
import { reviewOfChanges } from './reviewed';

const BACKEND = 'google_compute_backend_service.edge_api';
const BINDING = 'google_cloud_run_v2_service_iam_binding.api';
const MEMBER = 'google_cloud_run_v2_service_iam_member.api';
const IAP_AGENT = 'serviceAccount:service-123456789012@gcp-sa-iap.iam.gserviceaccount.com';
const STAFF = unchanged('google_iap_web_backend_service_iam_member.staff', {
  project: 'acme-prod',
  web_backend_service: 'edge-api',
  role: 'roles/iap.httpsResourceAccessor',
  member: 'group:staff@example.com',
});
const { member: _, ...INVOKERS } = invoker('');
const binding = (...members: readonly string[]) => ({ ...INVOKERS, members });

function unknownAfter(change: ChangeJson, after_unknown: object): ChangeJson {
  const after = { ...(change.change.after as object) };
  for (const name of Object.keys(after_unknown)) delete (after as Record<string, unknown>)[name];
  return { ...change, change: { ...change.change, after, after_unknown } };
}

const NEVER = { priority: 2147483647, action: 'deny(403)', match: [{ config: [{ src_ip_ranges: ['*'] }] }] };

const PLANS: Readonly<Record<string, readonly [parts: readonly ChangeJson[], found: readonly string[]]>> = {
  'members that become unknown may be the same ones: nobody is said to be cut off': [
    [
      unchanged(API, service()),
      unknownAfter(updated(BINDING, binding('group:ops@example.com'), {}), { members: true }),
    ],
    [`high not-understood ${BINDING}: who is granted access cannot be determined: a member is (known after apply)`],
  ],
  'an iap block that a dynamic block makes, and nobody knows whether, is no IAP switched off': [
    [
      ...loadBalancer({ service: LOAD_BALANCED }),
      unchanged(MEMBER, invoker(IAP_AGENT)),
      STAFF,
      unknownAfter(updated(BACKEND, backend({ iap: [{ enabled: true }] }), {}), { iap: true }),
    ],
    [`high gate-unknown ${BACKEND}: IAP of edge-api cannot be determined: iap.enabled is (known after apply)`],
  ],
  'IAP switched off is one finding, with who gets through then': [
    [
      ...loadBalancer({ service: LOAD_BALANCED }),
      unchanged(MEMBER, invoker(IAP_AGENT)),
      STAFF,
      updated(BACKEND, backend({ iap: [{ enabled: true }] }), { iap: [{ enabled: false }] }),
    ],
    [
      `critical iap-lost ${BACKEND}: api loses IAP at https://www.example.com/: only the service itself still checks callers: nobody in place of group:staff@example.com`,
    ],
  ],
  'a binding of allUsers in place of the same grant cuts nobody off': [
    [unchanged(API, service()), destroyed(MEMBER, invoker('allUsers')), created(BINDING, binding('allUsers'))],
    [],
  ],
  'a binding under a condition takes over nothing from others': [
    [
      unchanged(API, service()),
      created(BINDING, { ...binding('group:ops@example.com'), condition: [{ title: 'day', expression: 'x' }] }),
    ],
    [`medium caller-added ${BINDING}: group:ops@example.com if day: x may now call api`],
  ],
  'allUsers behind IAP and an ingress is one more change away from public': [
    [
      ...loadBalancer({ service: { ...LOAD_BALANCED, default_uri_disabled: true } }),
      unchanged(BACKEND, backend({ iap: [{ enabled: true }] })),
      STAFF,
      created(MEMBER, invoker('allUsers')),
    ],
    [
      `high public-behind-ingress ${API}: anyone who gets past IAP and the ingress of api (internal-and-cloud-load-balancing) may call it`,
    ],
  ],
  'a rule that refuses everything, and is only previewed, lets everything through': [
    [
      updated(
        'google_compute_security_policy.edge',
        { name: 'edge', rule: [NEVER] },
        { rule: [{ ...NEVER, preview: true }] },
      ),
    ],
    ['high cloud-armor-loosened google_compute_security_policy.edge: edge: rule 2147483647 is only previewed'],
  ],
  'an organisation policy whose rules are not known any more may rule out less': [
    [
      unknownAfter(
        updated(
          'google_org_policy_policy.ingress',
          { name: 'projects/acme-prod/policies/run.allowedIngress', spec: [{ rules: [{ deny_all: 'TRUE' }] }] },
          {},
        ),
        { spec: true },
      ),
    ],
    [
      'high organization-policy-opened google_org_policy_policy.ingress: the organisation policy run.allowedIngress is less strict',
    ],
  ],
  'a grant on what cannot be determined says what is known of it': [
    [
      unchanged(API, service(INTERNAL)),
      unknownAfter(created(MEMBER, invoker('group:ops@example.com')), { name: true }),
    ],
    [
      `high not-understood ${MEMBER}: which service it opens cannot be determined before apply: roles/run.invoker for group:ops@example.com`,
    ],
  ],
};

test('certificates that are lost in a local are those of the module: their names stay', () => {
  const proxy = 'module.lb.google_compute_target_https_proxy.edge';
  const certificate = 'module.lb.google_compute_managed_ssl_certificate.edge';
  const parts = loadBalancer({ service: LOAD_BALANCED }).filter(({ type }) => !/https_proxy|url_map/.test(type));
  const typed = (change: ChangeJson): ChangeJson => ({ ...change, type: change.address.split('.').at(-2) ?? '' });
  const cert = (...domains: readonly string[]) => ({ name: 'edge', project: 'acme-prod', managed: [{ domains }] });
  const GLOBAL = 'projects/acme-prod/global';
  const edge = { name: 'edge', project: 'acme-prod', url_map: `${GLOBAL}/urlMaps/edge` };
  const { findings } = reviewOfChanges(
    ...parts,
    unchanged(BACKEND, backend()),
    unchanged('google_compute_url_map.edge', { name: 'edge', default_service: `${GLOBAL}/backendServices/edge-api` }),
    typed(updated(certificate, cert('www.example.com'), cert('www.example.com', 'shop.example.com'))),
    typed(unknownAfter(updated(proxy, { ...edge, ssl_certificates: ['edge'] }, {}), { ssl_certificates: true })),
  );
  expect(findings.map(({ rule, message }) => `${rule} ${message}`)).toEqual([
    'public-name-added shop.example.com leads to api, for nobody',
  ]);
});

test.each(Object.entries(PLANS))('%s', (_, [parts, found]) => {
  const { findings } = reviewOfChanges(...parts);
  const reported = findings.map(({ severity, rule, address, message }) => `${severity} ${rule} ${address}: ${message}`);
  expect(reported.map((words, i) => words.slice(0, found[i]?.length))).toEqual(found);
});

describe('compared with who could call before', () => {
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
});
