import { ComputeSecurityPolicy } from '@cdktf/provider-google/lib/compute-security-policy';
import { ServiceAccount } from '@cdktf/provider-google/lib/service-account';
import { Fn, Lazy, TerraformVariable, Testing } from 'cdktf';
import {
  CloudRunService,
  type CloudRunServiceProps,
  CloudRunStack,
  ExternalLoadBalancer,
  type ExternalLoadBalancerProps,
} from '../../constructs';
import { SERVICE_PROPS } from '../../constructs/service/prop-forms';
import type { JsonSchema } from '../../services-yaml/schema/json-schema';
import { alternatives, definition } from '../../services-yaml/schema/schema';
import { testingApp } from '../testing-app';
import { serviceOfTokens } from './stack-of-tokens';
import { emptyStack, IMAGE, synth } from './synth';

/** Where a token is refused, because a name or a decision depends on it. */
function refusedIn(stack: CloudRunStack): string[] {
  const refused = stack.findings().filter(({ code }) => code === 'token-of-a-name');
  return refused.map(({ subject, path }) => `${subject.node.id} ${path.join('.')}`);
}

/** A text that only Terraform knows. */
function variable(stack: CloudRunStack): string {
  return new TerraformVariable(stack, 'setting', { type: 'string' }).stringValue;
}

/** A service that may stand behind a load balancer. */
function loadBalanced(stack: CloudRunStack): CloudRunService {
  const ingress = 'internal-and-cloud-load-balancing';
  return new CloudRunService(stack, 'web', { image: IMAGE, access: 'public', ingress });
}

test('no address, name or id contains the text or the number of a token', () => {
  const text = Testing.synth(serviceOfTokens(), true);
  expect(text).not.toMatch(/tftoken|TfToken|TOKEN\.\d|e\+\d\d\d/);
  const { resource } = JSON.parse(text);
  expect(Object.keys(resource.google_cloud_run_v2_service_iam_member).sort()).toEqual([
    'api_iam_run_viewer_serviceaccount_caller',
    'api_invoker_serviceaccount_api-mail-a44b16_at_acme-prod_iam_gserviceaccount_com',
    expect.stringMatching(/^api_invoker_serviceaccount_api-uploads-\w+_at_acme-prod_iam_gserviceaccount_com$/),
    'api_invoker_serviceaccount_caller',
    'api_invoker_serviceaccount_enqueuer',
  ]);
  expect(Object.keys(resource.google_secret_manager_secret_iam_member)).toEqual(['api_secret_shop-token']);
  expect(Object.keys(resource.google_storage_bucket_iam_member)).toEqual(['api_bucket_files_user']);
  expect(Object.keys(resource.google_project_iam_member)).toEqual(['api_role_cloudsql_client', 'api_role_extra__role']);
  expect(Object.keys(resource.google_cloud_tasks_queue_iam_member)).toEqual([
    'api_mail_enqueuer_serviceaccount_enqueuer',
  ]);
});

test('other resources made before change nothing', () => {
  expect(Testing.synth(serviceOfTokens(7))).toBe(Testing.synth(serviceOfTokens()));
});

test('a token is passed to Terraform unchanged', () => {
  const { google_cloud_run_v2_service: services, ...resource } = synth(serviceOfTokens()).resource;
  expect(services.api.template).toMatchObject({
    timeout: '${var.timeout}s',
    vpc_access: { network_interfaces: [{ network: '${google_compute_network.backbone.id}' }] },
    volumes: [
      { gcs: { bucket: '${google_storage_bucket.files.name}' } },
      {
        secret: {
          secret: '${google_secret_manager_secret.shop-token.secret_id}',
          items: [{ path: '${basename(google_secret_manager_secret.shop-token.secret_id)}' }],
        },
      },
      { cloud_sql_instance: { instances: ['${google_sql_database_instance.orders.connection_name}'] } },
    ],
    containers: [{ ports: { container_port: '${var.port}' } }],
  });
  const { google_cloud_run_v2_service_iam_member: members } = resource;
  expect(members.api_invoker_serviceaccount_enqueuer.member).toBe(
    'serviceAccount:${google_service_account.enqueuer.email}',
  );
  expect(resource.google_pubsub_subscription.api_uploads.topic).toBe('${google_pubsub_topic.uploads.id}');
});

test('a token for an account of a service is that account', () => {
  const stack = emptyStack();
  const web = new CloudRunService(stack, 'web', { image: IMAGE });
  const api = new CloudRunService(stack, 'api', { image: IMAGE });
  const grants = [web, web.serviceAccount, web.serviceAccount.resource, web.serviceAccount.resource?.member].map(
    (grantee) => api.grantInvoke(grantee as string),
  );
  expect(new Set(grants.flat()).size).toBe(1);
  const members = Object.values(synth(stack).resource.google_cloud_run_v2_service_iam_member);
  expect(members).toMatchObject([{ member: '${google_service_account.web.member}' }]);
});

test.each([
  [
    'an invoker',
    (stack: CloudRunStack, token: string) => new CloudRunService(stack, 'api', { image: IMAGE, invokers: [token] }),
    'api invokers.0',
  ],
  [
    'a domain',
    (stack: CloudRunStack, token: string) =>
      new CloudRunService(stack, 'api', { image: IMAGE, access: 'public', domains: [token] }),
    'api domains.0.name',
  ],
  [
    'a region of several',
    (stack: CloudRunStack, token: string) =>
      new CloudRunService(stack, 'api', { image: IMAGE, regions: [token, 'us-central1'] }),
    'api regions',
  ],
])('%s that nothing can be named after is refused', (_, build, place) => {
  for (const token of [Fn.lower('x'), Lazy.stringValue({ produce: () => 'user:a@example.com' })]) {
    const stack = emptyStack();
    build(stack, token);
    expect(refusedIn(stack)).toEqual([place]);
  }
});

/** The maps of texts. */
const NAMES = Object.entries(SERVICE_PROPS).flatMap(([key, form]) => (form === 'names' ? [key] : []));

/** Props with a token as the key of a map, and where that is. */
const KEYS: Record<string, (token: string) => Partial<CloudRunServiceProps>> = {
  ...Object.fromEntries(NAMES.map((name) => [name, (token: string) => ({ [name]: { [token]: 'x' } })])),
  iam: (token) => ({ iam: { [token]: ['user:a@example.com'] } }),
  sidecars: (token) => ({ sidecars: { [token]: { image: IMAGE } } }),
  volumes: (token) => ({ volumes: { [token]: { mountPath: '/x', emptyDir: {} } } }),
  schedules: (token) => ({ schedules: { [token]: { schedule: '0 3 * * *' } } }),
  'schedules.nightly.headers': (token) => ({
    schedules: { nightly: { schedule: '0 3 * * *', headers: { [token]: 'x' } } },
  }),
  taskQueues: (token) => ({ taskQueues: { [token]: {} } }),
  subscriptions: (token) => ({ subscriptions: { [token]: { topic: 'orders' } } }),
  events: (token) => ({
    events: { [token]: { eventFilters: { type: 'google.cloud.pubsub.topic.v1.messagePublished' } } },
  }),
  regions: (token) => ({ regions: { [token]: {}, 'us-central1': {} } }),
};

/** Props that have a few words to choose from. */
const CHOICES: Record<string, (token: string) => object> = {
  access: (access) => ({ access }),
  ingress: (ingress) => ({ ingress }),
  vpcEgress: (vpcEgress) => ({ network: 'default', vpcEgress }),
  executionEnvironment: (executionEnvironment) => ({ executionEnvironment }),
  invokerPolicy: (invokerPolicy) => ({ invokerPolicy }),
  imageUpdates: (imageUpdates) => ({ imageUpdates }),
  trafficUpdates: (trafficUpdates) => ({ trafficUpdates }),
  scaling: (scaling) => ({ scaling }),
  'domains.0.certificate': (certificate) => ({ access: 'public', domains: [{ name: 'www.example.com', certificate }] }),
  'schedules.nightly.region': (region) => ({
    regions: ['europe-west1', 'us-central1'],
    schedules: { nightly: { schedule: '0 3 * * *', region } },
  }),
};

test('every map of a service is tried with a token as its key', () => {
  const { properties = {} } = definition('CloudRunServiceProps');
  const maps = Object.entries(properties).filter(([, schema]) => alternatives(schema).some(isMapOfNames));
  expect(maps.map(([key]) => key).filter((key) => !(key in KEYS))).toEqual([]);
});

function isMapOfNames({ additionalProperties }: JsonSchema): boolean {
  return typeof additionalProperties === 'object';
}

test.each([...Object.entries(KEYS), ...Object.entries(CHOICES)])('%s must be known before', (path, props) => {
  const stack = emptyStack();
  new CloudRunService(stack, 'api', { image: IMAGE, ...props(variable(stack)) });
  expect(refusedIn(stack)).toEqual([`api ${path}`]);
  expect(() => Testing.synth(stack, true)).toThrow('only Terraform knows its value');
});

test.each([
  ['certificate', (token: string) => ({ certificate: token })],
  ['minTlsVersion', (token: string) => ({ minTlsVersion: token })],
  ['compressionMode', (token: string) => ({ compressionMode: token })],
  ['securityPolicy.default', (token: string) => ({ securityPolicy: { default: token } })],
  ['dnsZone.dnsName', (token: string) => ({ dnsZone: { name: 'example', dnsName: token } })],
])('%s of a load balancer must be known before', (path, props) => {
  const stack = emptyStack();
  const edge = { domains: ['www.example.com'], defaultService: loadBalanced(stack), ...props(variable(stack)) };
  new ExternalLoadBalancer(stack, 'edge', edge as ExternalLoadBalancerProps<CloudRunService>);
  expect(refusedIn(stack)).toEqual([`edge ${path}`]);
});

test('the name of a variable that is added is no token', () => {
  const stack = emptyStack();
  const api = new CloudRunService(stack, 'api', { image: IMAGE });
  expect(() => api.addEnv(variable(stack), 'x')).toThrow(
    'prod/api: the name of a variable must be known; this one is a token',
  );
});

test('a number token is not compared with limits', () => {
  const stack = emptyStack();
  const number = new TerraformVariable(stack, 'number', { type: 'number', default: 3 }).numberValue;
  new CloudRunService(stack, 'api', {
    image: IMAGE,
    cpu: number,
    concurrency: number,
    minInstances: 5,
    maxInstances: number,
    port: number,
    timeout: number,
    startupProbe: { tcpSocket: { port: number }, periodSeconds: number, timeoutSeconds: 3 },
    taskQueues: { mail: { maxAttempts: number, logSamplingRatio: number, maxBackoff: number } },
  });
  expect(stack.findings()).toEqual([]);
  const { resource } = synth(stack);
  expect(resource.google_cloud_run_v2_service.api.template.containers[0].resources.limits.cpu).toBe('${var.number}');
  expect(resource.google_cloud_tasks_queue.api_mail.stackdriver_logging_config.sampling_ratio).toBe('${var.number}');
});

test('accounts with the same name in two stacks are different', () => {
  const app = testingApp();
  const [here, there] = ['here', 'there'].map(
    (id) => new CloudRunStack(app, id, { project: 'acme-prod', region: 'europe-west1' }),
  );
  if (!here || !there) throw new Error('there are two stacks');
  const [near, far] = [here, there].map(
    (stack) => new ServiceAccount(stack, 'batch', { project: 'acme-prod', accountId: 'batch' }),
  );
  new CloudRunService(here, 'api', { image: IMAGE, invokers: [near?.member ?? '', far?.member ?? ''] });
  expect(here.findings()).toEqual([]);
  expect(Object.keys(synth(here).resource.google_cloud_run_v2_service_iam_member)).toEqual([
    'api_invoker_serviceaccount_batch',
    'api_invoker_there_serviceaccount_batch',
  ]);
});

test('an environment of variables has accounts, URLs and grants', () => {
  const app = testingApp();
  const stack = new CloudRunStack(app, 'prod', { project: 'acme-prod', region: 'europe-west1' });
  const project = new TerraformVariable(stack, 'project', { type: 'string' });
  const number = new TerraformVariable(stack, 'number', { type: 'string' });
  const other = new CloudRunStack(app, 'other', {
    project: project.stringValue,
    projectNumber: number.stringValue,
    region: 'europe-west1',
  });
  const api = new CloudRunService(other, 'api', { image: IMAGE });
  new CloudRunService(other, 'web', { image: IMAGE, calls: [api] });
  expect(Testing.synth(other)).not.toMatch(/tftoken|TfToken|TOKEN\.\d/);
});

test('parts of a load balancer that exist are named by tokens', () => {
  const stack = emptyStack();
  const policy = new ComputeSecurityPolicy(stack, 'company', { project: 'acme-prod', name: 'company' });
  new ExternalLoadBalancer(stack, 'edge', {
    domains: ['www.example.com'],
    defaultService: loadBalanced(stack),
    securityPolicy: { existing: policy.id },
  });
  expect(synth(stack).resource.google_compute_backend_service.edge_web.security_policy).toBe(
    '${google_compute_security_policy.company.id}',
  );
});
