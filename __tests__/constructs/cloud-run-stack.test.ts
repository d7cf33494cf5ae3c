import { GoogleProvider } from '@cdktf/provider-google/lib/provider';
import { App, TerraformStack, Testing } from 'cdktf';
import { Construct } from 'constructs';
import { CloudRunService, CloudRunStack } from '../../constructs';
import { testingApp } from '../testing-app';
import { emptyStack, IMAGE, resourcesOf, stackOf, synth } from './synth';

const SERVICES = {
  hello: { access: 'public', domains: ['hello.example.com', { name: 'example.com', dnsZone: 'example' }] },
  api: { invokers: ['user:b@example.com', 'serviceAccount:worker@acme-prod.iam.gserviceaccount.com'] },
  worker: { serviceAccount: { name: 'worker' }, env: { B: { secret: 'b', version: '1' }, A: 'a' } },
  batch: { serviceAccount: { name: 'worker' }, env: { B: { secret: 'b', version: '1' } } },
} as const;

test('the order in which services are added does not change the output', () => {
  const reversed = Object.fromEntries(Object.entries(SERVICES).reverse());
  expect(Testing.synth(stackOf(reversed))).toBe(Testing.synth(stackOf(SERVICES)));
});

test('nothing depends on what else is in the stack', () => {
  const alone = resourcesOf({ hello: SERVICES.hello });
  const together = resourcesOf(SERVICES);
  for (const [type, resources] of Object.entries(alone)) expect(together[type]).toMatchObject(resources);
});

test('outputs contain the URL of each service, and the records that the API reports', () => {
  const { output } = synth(stackOf(SERVICES));
  expect(output.services.value.hello).toEqual({
    uri: '${google_cloud_run_v2_service.hello.uri}',
    urls: '${google_cloud_run_v2_service.hello.urls}',
    ingress: '${google_cloud_run_v2_service.hello.ingress}',
    region: '${google_cloud_run_v2_service.hello.location}',
    service_account: '${google_cloud_run_v2_service.hello.template[0].service_account}',
  });
  expect(Object.keys(output.dns_records.value)).toEqual(['example.com', 'hello.example.com']);
  expect(output.dns_records.value['example.com']).toMatch(/^\$\{try\(.*, \[\]\)\}$/);
});

test.each([
  ['a local file by default', undefined, { local: { path: '../../../terraform.prod.tfstate' } }],
  ['a local file elsewhere', { local: { path: 'x.tfstate' } }, { local: { path: 'x.tfstate' } }],
  ['a bucket', { gcs: { bucket: 'acme-tfstate' } }, { gcs: { bucket: 'acme-tfstate', prefix: 'prod' } }],
  [
    'a bucket with its own prefix',
    { gcs: { bucket: 'acme-tfstate', prefix: 'cloud-run' } },
    { gcs: { bucket: 'acme-tfstate', prefix: 'cloud-run' } },
  ],
])('the state is kept in %s', (_, backend, terraform) => {
  expect(synth(emptyStack({ backend })).terraform.backend).toEqual(terraform);
});

test('the state is kept in HCP Terraform', () => {
  const { terraform } = synth(emptyStack({ backend: { cloud: { organization: 'acme', workspace: 'run-prod' } } }));
  expect(terraform.cloud).toMatchObject({ organization: 'acme', workspaces: { name: 'run-prod' } });
});

test('labels of a service override those of the environment', () => {
  const { google_cloud_run_v2_service: services } = resourcesOf(
    { api: { labels: { team: 'payments' } } },
    { labels: { team: 'shared', env: 'prod' } },
  );
  expect(services?.api?.labels).toEqual({ team: 'payments', env: 'prod' });
  expect(services?.api?.template.labels).toEqual({ team: 'payments', env: 'prod' });
});

test('APIs in use are enabled before they are called, and never disabled', () => {
  const { google_project_service: apis = {}, ...resources } = resourcesOf(SERVICES, { enableApis: true });
  expect(Object.keys(apis)).toEqual(['dns', 'iam', 'run', 'secretmanager']);
  expect(Object.values(apis).map(({ disable_on_destroy }) => disable_on_destroy)).toEqual([false, false, false, false]);
  expect(resources.google_cloud_run_v2_service?.hello?.depends_on).toEqual(['google_project_service.run']);
  expect(resources.google_service_account?.hello?.depends_on).toEqual(['google_project_service.iam']);
});

test('without enableApis no API is touched', () => {
  expect(resourcesOf(SERVICES).google_project_service).toBeUndefined();
});

test('services work under a plain stack with a google provider', () => {
  const stack = new TerraformStack(testingApp(), 'plain');
  new GoogleProvider(stack, 'google', { project: 'acme-prod', region: 'europe-west1' });
  new CloudRunService(stack, 'api', { image: IMAGE, access: 'public' });
  const { resource } = JSON.parse(Testing.synth(stack));
  expect(resource.google_cloud_run_v2_service.api.location).toBe('europe-west1');
  const grant = resource.google_cloud_run_v2_service_iam_member.api_public;
  expect(grant).toMatchObject({ name: '${google_cloud_run_v2_service.api.name}', member: 'allUsers' });
});

test('a plain stack without project and region is refused with what to do', () => {
  const stack = new TerraformStack(testingApp(), 'plain');
  expect(() => new CloudRunService(stack, 'api', { image: IMAGE })).toThrow(/use a CloudRunStack/);
});

test('the addresses of a service contain the constructs around it', () => {
  const stack = emptyStack();
  new CloudRunService(new Construct(stack, 'payments'), 'api', { image: IMAGE, access: 'public' });
  const { resource } = synth(stack);
  expect(Object.keys(resource.google_cloud_run_v2_service)).toEqual(['payments_api']);
  expect(Object.keys(resource.google_cloud_run_v2_service_iam_member)).toEqual(['payments_api_public']);
});

test('any argument of the resource can be changed', () => {
  const stack = emptyStack();
  const api = new CloudRunService(stack, 'api', { image: IMAGE });
  api.resource.addOverride('template.max_instance_request_concurrency', 40);
  expect(synth(stack).resource.google_cloud_run_v2_service.api.template.max_instance_request_concurrency).toBe(40);
});

test('an error of a check stops the synth, with all errors at once', () => {
  const app = new App({ outdir: Testing.app().outdir });
  const stack = new CloudRunStack(app, 'prod', { project: 'acme-prod', region: 'europe-west1' });
  new CloudRunService(stack, 'api', { image: IMAGE, port: 0, invokers: ['developer@example.com'] });
  expect(() => app.synth()).toThrow(
    /prod\/api invokers\.0: 'developer@example\.com' is not a principal; write user:developer@example\.com .*\[principal-syntax\][\s\S]*port: 0 is not a port/,
  );
});
