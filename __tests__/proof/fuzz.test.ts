import { Testing } from 'cdktf';
import fc from 'fast-check';
import { stringify } from 'yaml';
import { Cloud } from '../../emulator';
import { buildStacks, hasErrors } from '../../services-yaml';
import { type Configuration, describeWithTerraform, useWorkspace } from '../emulator/harness';
import { refusalOf } from '../emulator/in-process';
import { testingApp } from '../testing-app';
import { randomFile } from './random-files';

/** Enough to reach each limit. For more: RUNS=20000 npx jest fuzz. */
const RUNS = Number(process.env.RUNS ?? 2000);
/** The number of files that the real Terraform applies as well. */
const APPLIED = 3;

/** The Terraform of a file; nothing when the file is refused. */
function terraformOf(file: object): Configuration | undefined {
  const { stacks, problems } = buildStacks(testingApp(), stringify(file));
  const [stack] = stacks;
  if (hasErrors(problems) || stack === undefined) return undefined;
  const { terraform: _, ...configuration } = JSON.parse(Testing.synth(stack));
  return configuration;
}

/** Resources that the files refer to, and that exist already. */
function cloudOfOthers(): Cloud {
  const run = 'projects/acme-billing/locations/europe-west1/services/invoices';
  const topic = 'projects/acme-billing/topics/orders';
  return new Cloud({
    resources: {
      google_cloud_run_v2_service: { [run]: { name: 'invoices', project: 'acme-billing', location: 'europe-west1' } },
      google_pubsub_topic: { [topic]: { name: 'orders', project: 'acme-billing' } },
      google_compute_ssl_policy: { 'projects/acme-prod/global/sslPolicies/modern': { name: 'modern' } },
    },
  });
}

test(`of ${RUNS} random files none that is accepted is refused by the emulated Google`, () => {
  let accepted = 0;
  fc.assert(
    fc.property(randomFile, (file) => {
      const configuration = terraformOf(file);
      if (configuration === undefined) return;
      accepted += 1;
      expect(refusalOf(configuration, cloudOfOthers())).toBeUndefined();
    }),
    { numRuns: RUNS, seed: 15 },
  );
  // If all generated files were refused, or none, the test would prove nothing.
  expect(accepted).toBeGreaterThan(RUNS / 10);
  expect(accepted).toBeLessThan((RUNS * 9) / 10);
});

describeWithTerraform('the real Terraform applies some of them', () => {
  const used = useWorkspace();

  test(`of ${APPLIED} of them`, async () => {
    const samples = fc.sample(randomFile, { numRuns: 40 * APPLIED, seed: 15 });
    const configurations = samples.map(terraformOf).filter((made) => made !== undefined);
    // Those with the most in them.
    const largest = configurations
      .sort((a, b) => JSON.stringify(b).length - JSON.stringify(a).length)
      .slice(0, APPLIED);
    for (const configuration of largest) {
      const { google_cloud_run_v2_service: services = {} } = configuration.resource ?? {};
      expect(Object.keys(services)).not.toEqual([]);
      Object.assign(used.current.cloud.data, cloudOfOthers().data);
      await used.current.write(configuration).apply();
      expect(await used.current.isUpToDate()).toBe(true);
      await used.current.destroy();
    }
  });
});
