import { CloudRunService } from '../../constructs';
import { emptyStack, IMAGE, resourcesOf, serviceOf, stackOf, synth } from './synth';

const MEMBER = 'google_cloud_run_v2_service_iam_member';
const BINDING = 'google_cloud_run_v2_service_iam_binding';

test('a private service is granted to nobody', () => {
  const resources = resourcesOf({ api: {} });
  expect(resources[MEMBER]).toBeUndefined();
  expect(resources[BINDING]).toBeUndefined();
  expect(resources.google_cloud_run_v2_service?.api?.invoker_iam_disabled).toBe(false);
});

test('a public service is granted to allUsers, and to nobody else', () => {
  const { [MEMBER]: members = {} } = resourcesOf({ api: { access: 'public' } });
  expect(Object.keys(members)).toEqual(['api_public']);
  expect(members.api_public).toMatchObject({
    project: 'acme-prod',
    location: 'europe-west1',
    name: '${google_cloud_run_v2_service.api.name}',
    role: 'roles/run.invoker',
    member: 'allUsers',
  });
});

test('changing access leaves the service as it is, byte for byte', () => {
  expect(JSON.stringify(serviceOf({ access: 'public' }))).toBe(JSON.stringify(serviceOf({ access: 'private' })));
});

test('without the invoker check a public service needs no grant', () => {
  const resources = resourcesOf({ api: { access: 'public', invokerIamCheck: false } });
  expect(resources[MEMBER]).toBeUndefined();
  expect(resources.google_cloud_run_v2_service?.api?.invoker_iam_disabled).toBe(true);
});

test('each invoker is one member, once, however it is written and in whatever order', () => {
  const invokers = ['user:developer@example.com', 'domain:example.com', 'user:Developer@Example.com'];
  const { [MEMBER]: members = {} } = resourcesOf({ api: { invokers } });
  expect(members).toEqual(resourcesOf({ api: { invokers: [...invokers].reverse() } })[MEMBER]);
  expect(Object.fromEntries(Object.entries(members).map(([name, { member }]) => [name, member]))).toEqual({
    api_invoker_domain_example_com: 'domain:example.com',
    api_invoker_user_developer_at_example_com: 'user:developer@example.com',
  });
});

test('federated principals keep their case, because IAM distinguishes it', () => {
  const principal = 'principal://iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/ci/subject/Main';
  const { [MEMBER]: members = {} } = resourcesOf({ api: { invokers: [principal] } });
  expect(Object.values(members).map(({ member }) => member)).toEqual([principal]);
});

test('grantInvoke adds to the grants of the props, and two calls make one grant', () => {
  const stack = emptyStack();
  const api = new CloudRunService(stack, 'api', { image: IMAGE, invokers: ['user:a@example.com'] });
  api.grantInvoke('group:support@example.com');
  api.grantInvoke('group:Support@example.com');
  api.grantInvoke('user:a@example.com');
  expect(Object.keys(synth(stack).resource[MEMBER])).toEqual([
    'api_invoker_group_support_at_example_com',
    'api_invoker_user_a_at_example_com',
  ]);
});

test('an authoritative policy is one binding with sorted members', () => {
  const resources = resourcesOf({
    api: { invokerPolicy: 'authoritative', invokers: ['user:b@example.com', 'user:A@example.com'] },
  });
  expect(resources[MEMBER]).toBeUndefined();
  expect(resources[BINDING]?.api_invokers).toMatchObject({
    role: 'roles/run.invoker',
    members: ['user:a@example.com', 'user:b@example.com'],
  });
});

test('an authoritative policy on a private service without invokers owns the empty role', () => {
  expect(resourcesOf({ api: { invokerPolicy: 'authoritative' } })[BINDING]?.api_invokers?.members).toEqual([]);
});

test('an authoritative policy on a public service binds allUsers alone', () => {
  const stack = emptyStack();
  const api = new CloudRunService(stack, 'api', { image: IMAGE, access: 'public', invokerPolicy: 'authoritative' });
  api.grantInvoke('user:a@example.com');
  expect(synth(stack).resource[BINDING].api_invokers.members).toEqual(['allUsers']);
});

test('grants are replaced with their service, which starts without any', () => {
  const resources = resourcesOf({
    api: { access: 'public', iam: { 'roles/run.viewer': ['user:a@example.com'] } },
    worker: { invokerPolicy: 'authoritative' },
  });
  const grants = [...Object.values(resources[MEMBER] ?? {}), ...Object.values(resources[BINDING] ?? {})];
  expect(grants.map(({ lifecycle }) => lifecycle.replace_triggered_by)).toEqual([
    ['google_cloud_run_v2_service.api.uid'],
    ['google_cloud_run_v2_service.api.uid'],
    ['google_cloud_run_v2_service.worker.uid'],
  ]);
});

test('other roles are additive members of their own', () => {
  const iam = {
    'roles/run.developer': ['group:devs@example.com'],
    'projects/acme-prod/roles/ops': ['user:o@example.com'],
  };
  const { [MEMBER]: members = {} } = resourcesOf({ api: { iam } });
  expect(Object.entries(members).map(([name, { role, member }]) => [name, role, member])).toEqual([
    [
      'api_iam_projects_acme-prod_roles_ops_user_o_at_example_com',
      'projects/acme-prod/roles/ops',
      'user:o@example.com',
    ],
    ['api_iam_run_developer_group_devs_at_example_com', 'roles/run.developer', 'group:devs@example.com'],
  ]);
});

test.each([
  ['before', ['worker-one', 'api']],
  ['after', ['api', 'worker-one']],
])('an invoker that is an account of this stack is a reference, with the account created %s', (_, order) => {
  const props = {
    'worker-one': {},
    api: { invokers: ['serviceAccount:worker-one@acme-prod.iam.gserviceaccount.com'] },
  };
  const services = Object.fromEntries(order.map((key) => [key, props[key as keyof typeof props]]));
  const [grant] = Object.values(synth(stackOf(services)).resource[MEMBER]) as { member: string }[];
  expect(grant?.member).toBe('${google_service_account.worker-one.member}');
});
