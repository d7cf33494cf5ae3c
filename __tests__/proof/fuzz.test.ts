import { Testing } from 'cdktf';
import fc from 'fast-check';
import { Cloud, type ObjectValue } from '../../emulator';
import { buildStacks, hasErrors } from '../../services-yaml';
import { type Configuration, describeWithTerraform, useWorkspace } from '../emulator/harness';
import { refusalOf } from '../emulator/in-process';
import { inOwnProjects, writeModules } from '../emulator/modules';
import { testingApp } from '../testing-app';
import { randomFile } from './random-files';

/** So many that this test alone notices the loss of each of 32 checks. For more: RUNS=20000 npx jest fuzz. */
const RUNS = Number(process.env.RUNS ?? 1500);
/** The number of files that the real Terraform applies as well. */
const APPLIED = 3;

/** The Terraform of a file; nothing when the file is refused. */
function terraformOf(file: object): Configuration | undefined {
  const { stacks, problems } = buildStacks(testingApp(), JSON.stringify(file));
  const [stack] = stacks;
  if (hasErrors(problems) || stack === undefined) return undefined;
  const { terraform: _, ...configuration } = JSON.parse(Testing.synth(stack));
  return configuration;
}

/** Resources that the files refer to, and that exist already. */
const OTHERS: readonly (readonly [string, string, ObjectValue])[] = [
  [
    'google_cloud_run_v2_service',
    'projects/acme-billing/locations/europe-west1/services/invoices',
    { name: 'invoices', project: 'acme-billing', location: 'europe-west1' },
  ],
  ['google_pubsub_topic', 'projects/acme-billing/topics/orders', { name: 'orders', project: 'acme-billing' }],
  ['google_compute_ssl_policy', 'projects/acme-prod/global/sslPolicies/modern', { name: 'modern' }],
];

function cloudOf(others: typeof OTHERS): Cloud {
  const cloud = new Cloud();
  for (const [type, id, object] of others) cloud.put(type, id, object);
  return cloud;
}

test(`of ${RUNS} random files none that is accepted is refused by the emulated Google`, () => {
  let accepted = 0;
  fc.assert(
    fc.property(randomFile, (file) => {
      const configuration = terraformOf(file);
      if (configuration === undefined) return;
      accepted += 1;
      expect(refusalOf(configuration, cloudOf(structuredClone(OTHERS)))).toBeUndefined();
    }),
    { numRuns: RUNS, seed: 15 },
  );
  // If all generated files were refused, or none, the test would prove nothing.
  expect(accepted).toBeGreaterThan(RUNS / 10);
  expect(accepted).toBeLessThan((RUNS * 9) / 10);
});

const TERRAFORM = { required_providers: { google: { source: 'hashicorp/google' } } };

describeWithTerraform('the real Terraform applies some of them', () => {
  const used = useWorkspace();

  test(`of ${APPLIED} of them`, async () => {
    const samples = fc.sample(randomFile, { numRuns: 40 * APPLIED, seed: 15 });
    const configurations = samples.map(terraformOf).filter((made) => made !== undefined);
    const resources = ({ resource = {} }: Configuration) => Object.values(resource).flatMap(Object.keys).length;
    const largest = configurations.sort((a, b) => resources(b) - resources(a)).slice(0, APPLIED);
    const files = largest.map((configuration, number) => {
      const { google_cloud_run_v2_service: services = {} } = configuration.resource ?? {};
      expect(Object.keys(services)).not.toEqual([]);
      const text = JSON.stringify([{ terraform: TERRAFORM, ...configuration }, OTHERS]);
      const [stack, others]: [Configuration, typeof OTHERS] = JSON.parse(inOwnProjects(text, number));
      return { module: `file_${number}`, stack, others };
    });
    Object.assign(used.current.cloud.data, cloudOf(files.flatMap(({ others }) => others)).data);
    writeModules(used.current, Object.fromEntries(files.map(({ module, stack }) => [module, stack])));
    await used.current.apply();
    expect(await used.current.isUpToDate()).toBe(true);
    await used.current.destroy();
  });
});
