import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { adoptCommand } from '../../cli/adopt';
import { checkCommand } from '../../cli/check';
import { synthCommand } from '../../cli/synth';
import { emptyFolder } from '../empty-folder';
import { runCommandIn } from '../run-command';

const SERVICE = {
  apiVersion: 'serving.knative.dev/v1',
  kind: 'Service',
  metadata: { name: 'web', namespace: '123456789012', labels: { 'cloud.googleapis.com/location': 'europe-west1' } },
  spec: {
    template: {
      spec: {
        containers: [{ image: 'europe-docker.pkg.dev/acme/apps/web:1.4.2' }],
        serviceAccountName: 'web-run@acme-prod.iam.gserviceaccount.com',
      },
    },
  },
};
const POLICY = { bindings: [{ role: 'roles/run.invoker', members: ['allUsers'] }], etag: 'x' };

let folder: string;
beforeEach(() => {
  folder = emptyFolder();
  write('web.yaml', stringify(SERVICE));
  write('web.iam.json', JSON.stringify(POLICY));
});

const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
const read = (name: string) => readFileSync(join(folder, name), 'utf8');
const adopt = (...args: string[]) => runCommandIn(folder, adoptCommand(), args);
const check = () => runCommandIn(folder, checkCommand(), []);

test('writes services.yaml and imports.yaml, which a synth turns into import blocks', async () => {
  const { status, stdout } = await adopt('web.yaml', 'web.iam.json', '--project', 'acme-prod');
  expect(status).toBe(0);
  expect(stdout).toContain('prod: 1 service written to services.yaml (web), 2 imports to imports.yaml');
  expect(stdout).toContain('web can be called by anyone');

  const synth = await runCommandIn(folder, synthCommand(), []);
  expect([synth.stderr, synth.status]).toEqual(['', 0]);
  const stack = JSON.parse(read('cdktf.out/stacks/prod/cdk.tf.json'));
  expect(stack.import).toEqual([
    { id: 'projects/acme-prod/locations/europe-west1/services/web', to: 'google_cloud_run_v2_service.web' },
    {
      id: 'projects/acme-prod/locations/europe-west1/services/web roles/run.invoker allUsers',
      to: 'google_cloud_run_v2_service_iam_member.web_public',
    },
  ]);
});

test('check reports when the imports can be removed', async () => {
  await adopt('web.yaml', '--project', 'acme-prod');
  expect((await check()).stdout).toContain('they can go when `terraform state list` shows all');
  const resources = [{ type: 'google_cloud_run_v2_service', name: 'web' }];
  write('terraform.prod.tfstate', JSON.stringify({ resources }));
  expect((await check()).stdout).toContain('imports.yaml: 1 import of prod was applied and can go');
});

test('a policy that cannot be read is refused, and a missing one is reported: neither makes a service private', async () => {
  expect((await adopt('web.yaml', '--project', 'acme-prod', '--dry-run')).stdout).toContain(
    'who may call web is not known',
  );
  write('web.iam.json', '{"bindings": [');
  const { status, stderr } = await adopt('web.yaml', 'web.iam.json', '--project', 'acme-prod');
  expect(status).toBe(1);
  expect(stderr).toContain('web.iam.json: neither YAML nor JSON');
  expect(existsSync(join(folder, 'services.yaml'))).toBe(false);
});

test('invokers of a public service are not adopted', async () => {
  write(
    'web.iam.json',
    JSON.stringify({ bindings: [{ role: 'roles/run.invoker', members: ['allUsers', 'group:support@example.com'] }] }),
  );
  expect((await adopt('web.yaml', 'web.iam.json', '--project', 'acme-prod')).stdout).toContain(
    'group:support@example.com: has no effect',
  );
  expect((await check()).status).toBe(0);
});

test('a dry run prints everything and writes nothing', async () => {
  const { stdout } = await adopt('web.yaml', '--project', 'acme-prod', '--dry-run');
  expect(stdout).toContain('image: europe-docker.pkg.dev/acme/apps/web:1.4.2');
  expect(existsSync(join(folder, 'services.yaml'))).toBe(false);
});

test('adds to a file that exists: its comments, its order and its services stay', async () => {
  const before = `# the shop's services
environments:
  prod: { project: acme-prod, region: europe-west1 } # one is enough
services:
  api:
    image: europe-docker.pkg.dev/acme/apps/api:2.0.1 # pinned
`;
  write('services.yaml', before);
  await adopt('web.yaml', '--project', 'acme-prod');
  const after = read('services.yaml');
  for (const comment of ["# the shop's services", '# one is enough', '# pinned']) expect(after).toContain(comment);
  expect(after.indexOf('api:')).toBeLessThan(after.indexOf('web:'));
  expect((await adopt('web.yaml', '--project', 'acme-prod')).stdout).toContain('These are in the file already');
  expect(read('services.yaml')).toBe(after);
});

test('a second environment gets the differences', async () => {
  await adopt('web.yaml', '--project', 'acme-prod');
  const staging = structuredClone(SERVICE);
  Object.assign(staging.spec.template.spec, { serviceAccountName: 'web-run@acme-staging.iam.gserviceaccount.com' });
  write('staging.yaml', stringify(staging));
  await adopt('staging.yaml', '--project', 'acme-staging', '--environment', 'staging');
  expect(read('services.yaml')).toContain(`  staging:
    project: acme-staging
    region: europe-west1
    services:
      web:
        serviceAccount: web-run@acme-staging.iam.gserviceaccount.com
`);
});

test.each([
  [['nothing.yaml'], 'nothing.yaml: there is no such file'],
  [['web.yaml'], 'does not contain its project; pass --project'],
  [['web.iam.json', '--project', 'acme-prod'], 'no Cloud Run service is in the files'],
])('adopt %j is refused in words', async (args, words) => {
  const { status, stderr } = await adopt(...args);
  expect(status).toBe(1);
  expect(stderr).toContain(words);
  expect(stderr).not.toContain('    at ');
});
