import { readPlan } from '../../exposure';
import { API, created, invoker, PUBLIC, planOf, service, unchanged, updated } from '../../review/fragment';
import { reviewedPlan } from '../../review/reviewed-plan';
import { RULES } from '../../review/rules';

type Plan = Parameters<typeof readPlan>[0];

const V1 = 'google_cloud_run_service.api';
const AGENT = 'serviceAccount:service-123456789012@gcp-sa-iap.iam.gserviceaccount.com';
const MEMBER = 'google_iap_web_cloud_run_service_iam_member.api_iap_group_support';
const SUPPORT = {
  cloud_run_service_name: 'api',
  location: 'europe-west1',
  project: 'acme-prod',
  role: 'roles/iap.httpsResourceAccessor',
  member: 'group:support@example.com',
};
const GRANT = 'google_cloud_run_v2_service_iam_member.api_invoker_iap';

/** A service of the first API with annotations of Google's. */
function first(annotations: Record<string, string>) {
  const named = Object.entries(annotations).map(([name, value]) => [`run.googleapis.com/${name}`, value]);
  return {
    name: 'api',
    location: 'europe-west1',
    project: 'acme-prod',
    metadata: [{ annotations: Object.fromEntries(named) }],
  };
}

function found(plan: Plan): string[] {
  const reviewed = reviewedPlan('prod', readPlan(plan));
  return RULES.flatMap(({ id, find }) => find(reviewed).map(({ message }) => `${id}: ${message}`));
}

function entriesAfter(plan: Plan) {
  const [only] = reviewedPlan('prod', readPlan(plan)).after.exposure.services;
  return (only?.entries ?? []).map(({ via, from, authentication, callers }) => ({
    via,
    from,
    authentication,
    callers,
  }));
}

const URI = { uri: 'https://api-abc123-ew.a.run.app' };

describe.each([
  [
    'google_cloud_run_v2_service',
    API,
    (iap: boolean) => service({ ...URI, iap_enabled: iap }),
    (off: boolean) => service({ ...URI, default_uri_disabled: off }),
  ],
  [
    'google_cloud_run_service',
    V1,
    (iap: boolean) => first({ ingress: 'all', 'iap-enabled': String(iap) }),
    (off: boolean) => first({ ingress: 'all', 'default-url-disabled': String(off) }),
  ],
] as const)('of %s', (_, address, withIap, withoutUrl) => {
  test('Identity-Aware Proxy checks first, whoever may invoke, and lets its members through', () => {
    const plan = planOf(
      unchanged(address, withIap(true)),
      unchanged(GRANT, invoker(AGENT)),
      unchanged(MEMBER, SUPPORT),
    );
    expect(entriesAfter(plan)).toEqual([
      { via: 'run.app', from: 'internet', authentication: 'iap', callers: ['group:support@example.com'] },
    ]);
  });

  test('a removed Identity-Aware Proxy is reported as lost', () => {
    const plan = planOf(
      updated(address, withIap(true), withIap(false)),
      unchanged(PUBLIC, invoker('allUsers')),
      unchanged(MEMBER, SUPPORT),
    );
    expect(found(plan)).toContainEqual(expect.stringMatching(/^iap-lost: api loses IAP at .*: anyone gets through$/));
  });

  test('without a default URL there is no entry, unless another name leads to the service', () => {
    expect(entriesAfter(planOf(unchanged(address, withoutUrl(true)), unchanged(PUBLIC, invoker('allUsers'))))).toEqual(
      [],
    );
  });

  test('a default URL that comes back is a new public name', () => {
    const plan = planOf(updated(address, withoutUrl(true), withoutUrl(false)), unchanged(PUBLIC, invoker('allUsers')));
    expect(found(plan)).toContainEqual(expect.stringMatching(/^public-name-added: .* leads to api, for anyone$/));
  });

  test('a removed default URL is reported', () => {
    const plan = planOf(updated(address, withoutUrl(false), withoutUrl(true)), unchanged(PUBLIC, invoker('allUsers')));
    expect(found(plan)).toContainEqual(expect.stringMatching(/^public-name-removed: .* no longer reaches api/));
  });
});

test('a service whose Identity-Aware Proxy has no member yet is open to nobody', () => {
  const plan = planOf(created(API, service({ iap_enabled: true })), created(GRANT, invoker(AGENT)));
  expect(entriesAfter(plan)).toMatchObject([{ authentication: 'iap', callers: [] }]);
});
