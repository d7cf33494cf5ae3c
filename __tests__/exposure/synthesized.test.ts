import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import { type ExposureReport, exposureJson, exposureMarkdown, exposureMermaid, exposureTable } from '../../exposure';
import { stackExposure } from './stack-exposure';

const source = readFileSync(join(__dirname, 'inputs', 'shop.tf.json'), 'utf8');

function stackReport(json: string): ExposureReport {
  return { stacks: [stackExposure(json)] };
}

/** The exposure of services, by name, of a stack given as its `resource` part. */
function servicesOf(resource: object, rest: object = {}) {
  const provider = { google: [{ project: 'acme-prod', region: 'europe-west1' }] };
  const [stack] = stackReport(JSON.stringify({ provider, resource, ...rest })).stacks;
  return new Map(stack?.services.map((service) => [service.name, service]));
}

const report = stackReport(source);
const service = (name: string) => report.stacks[0]?.services.find((candidate) => candidate.name === name);

test.each([
  ['markdown', exposureMarkdown],
  ['json', exposureJson],
  ['mermaid', exposureMermaid],
  ['table', exposureTable],
])('%s of a shop with a public site, an IAP tool and an internal API', (_, format) => {
  const written = format(report);
  expect(written).toMatchSnapshot();
  expect(written).not.toContain('canary-value');
  expect(format(stackReport(source))).toBe(written);
});

test('the JSON is valid by its schema', () => {
  const schema = JSON.parse(readFileSync(join(__dirname, '../../exposure/exposure.schema.json'), 'utf8'));
  const validate = new Ajv({ strict: false }).compile(schema);
  validate(JSON.parse(exposureJson(report)));
  expect(validate.errors).toBeNull();
});

test('behind a load balancer a service is public on the load balancer alone', () => {
  expect(service('web')?.entries.map(({ url, from, authentication }) => [url, from, authentication])).toEqual([
    ['(known after apply)', 'internal', 'none'],
    ['https://shop.example.com/', 'internet', 'none'],
    ['https://www.example.com/', 'internet', 'none'],
    ['https://www.example.com/static/*', 'internet', 'none'],
  ]);
});

test('behind IAP the accessors may call, and IAP itself on run.app', () => {
  expect(service('tool')).toMatchObject({ authentication: 'iap' });
  expect(service('tool')?.entries.map(({ url, callers }) => [url, callers])).toEqual([
    ['(known after apply)', ['serviceAccount:service-123456789012@gcp-sa-iap.iam.gserviceaccount.com']],
    ['https://admin.example.com/', ['group:admins@example.com']],
  ]);
});

test('callers are shown by the resource that uses their account', () => {
  expect(report.stacks[0]?.identities).toEqual({
    'serviceAccount:web@acme-prod.iam.gserviceaccount.com': ['Cloud Run service web'],
    'serviceAccount:worker-nightly@acme-prod.iam.gserviceaccount.com': ['Cloud Scheduler job nightly'],
  });
});

const api = { google_cloud_run_v2_service: { api: { name: 'api', location: 'europe-west1' } } };

test.each([
  ['ingress all', 'INGRESS_TRAFFIC_ALL', 'internet', 'internet'],
  ['no ingress, which Cloud Run takes for all', undefined, 'internet', 'internet'],
  ['ingress internal-and-cloud-load-balancing', 'INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER', 'internal', 'nowhere'],
  ['ingress internal', 'INGRESS_TRAFFIC_INTERNAL_ONLY', 'internal', 'nowhere'],
  ['an ingress from a variable', '${var.ingress}', '(known after apply)', '(known after apply)'],
])('%s: run.app and a mapped domain answer accordingly', (_, ingress, runApp, mapped) => {
  const services = servicesOf({
    google_cloud_run_v2_service: { api: { name: 'api', location: 'europe-west1', ingress } },
    google_cloud_run_domain_mapping: {
      d: {
        name: 'api.example.com',
        location: 'europe-west1',
        spec: { route_name: '${google_cloud_run_v2_service.api.name}' },
      },
    },
  });
  const from = services.get('api')?.entries.map((entry) => [entry.via, entry.from]);
  expect(from).toEqual([
    ['run.app', runApp],
    ['domain-mapping', mapped],
  ]);
});

test('with the invoker check off anyone may call', () => {
  const services = servicesOf({
    google_cloud_run_v2_service: { api: { name: 'api', location: 'europe-west1', invoker_iam_disabled: true } },
  });
  expect(services.get('api')?.entries).toMatchObject([{ authentication: 'none', callers: ['allUsers'] }]);
});

test('for_each makes an instance a key, with its own values', () => {
  const services = servicesOf({
    google_cloud_run_v2_service: {
      each: { for_each: { a: 'europe-west1', b: 'us-central1' }, name: 'svc-${each.key}', location: '${each.value}' },
    },
    google_cloud_run_v2_service_iam_member: {
      a: {
        name: '${google_cloud_run_v2_service.each["a"].name}',
        location: '${google_cloud_run_v2_service.each["a"].location}',
        role: 'roles/run.invoker',
        member: 'allUsers',
      },
    },
  });
  expect(services.get('svc-a')).toMatchObject({
    address: 'google_cloud_run_v2_service.each["a"]',
    authentication: 'none',
  });
  expect(services.get('svc-b')).toMatchObject({ location: 'us-central1', authentication: 'iam', callers: [] });
});

test('a policy from a data source counts, and so does one from JSON', () => {
  const policy = (policy_data: string) => ({
    ...api,
    google_cloud_run_v2_service_iam_policy: { api: { name: 'api', location: 'europe-west1', policy_data } },
  });
  const binding = {
    role: 'roles/run.invoker',
    members: ['group:support@example.com', 'deleted:user:x@example.com?uid=1'],
  };
  const data = { google_iam_policy: { api: { binding: [binding] } } };
  const byReference = servicesOf(policy('${data.google_iam_policy.api.policy_data}'), { data });
  expect(byReference.get('api')?.callers).toEqual(['group:support@example.com']);
  const byValue = servicesOf(
    policy(JSON.stringify({ bindings: [{ role: 'roles/run.admin', members: ['user:A@Example.com'] }] })),
  );
  expect(byValue.get('api')?.callers).toEqual(['user:a@example.com']);
});

test('an invoker of the project may call all its services', () => {
  const role = 'roles/run.invoker';
  const services = servicesOf({
    ...api,
    google_project_iam_member: { x: { project: 'acme-prod', role, member: 'user:ops@example.com' } },
  });
  expect(services.get('api')?.callers).toEqual(['user:ops@example.com']);
});

test('a grant on a service that the stack does not manage is still reported', () => {
  const services = servicesOf({
    google_cloud_run_v2_service_iam_member: {
      x: {
        name: 'other',
        project: 'acme-prod',
        location: 'europe-west1',
        role: 'roles/run.invoker',
        member: 'allUsers',
      },
    },
  });
  expect(services.get('other')).toMatchObject({
    address: 'projects/acme-prod/locations/europe-west1/services/other',
    ingress: '(not in this stack)',
    authentication: 'none',
  });
});

test('a custom role counts by its permissions, and is a doubt without them', () => {
  const grant = {
    google_cloud_run_v2_service_iam_member: {
      x: {
        name: 'api',
        location: 'europe-west1',
        role: 'projects/acme-prod/roles/caller',
        member: 'user:a@example.com',
      },
    },
  };
  const role = { role_id: 'caller', permissions: ['run.routes.invoke'] };
  expect(
    servicesOf({ ...api, ...grant, google_project_iam_custom_role: { r: role } }).get('api')?.callers,
  ).toHaveLength(1);
  const [stack] = stackReport(JSON.stringify({ resource: { ...api, ...grant } })).stacks;
  expect(stack?.services[0]).toMatchObject({
    callers: ['(known after apply)'],
    doubts: ['who else may call is not known'],
  });
  expect(stack?.notes).toEqual([expect.stringContaining('projects/acme-prod/roles/caller')]);
});

test('the content of a module is not read, and this is reported', () => {
  const [stack] = stackReport(JSON.stringify({ resource: api, module: { extra: { source: './extra' } } })).stacks;
  expect(stack?.notes).toEqual(['module.extra: not looked into']);
});
