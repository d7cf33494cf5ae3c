import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync } from 'node:zlib';
import { PROTECTION_SCENARIOS } from './protection-scenarios';
import type { Scenario } from './scenarios';

const FILE = join(__dirname, 'recorded-plans.json.br');

const PROVIDER = {
  terraform: { required_providers: { google: { source: 'hashicorp/google', version: '6.50.0' } } },
  provider: { google: { project: 'acme-prod', region: 'europe-west1' } },
};

/**
 * The plans that the real google provider 6.50.0 made of the scenarios, by `titleOf`. They were made as `recordings/README.md` says of others: `tsx recorded-plans.ts write FOLDER` writes the configurations, Terraform applies each `from`, plans
 * `to` on top and leaves `terraform show -json` as `plan.json` beside them, `tsx recorded-plans.ts pack FOLDER` packs them.
 */
export function recordedPlans(): Readonly<Record<string, unknown>> {
  return JSON.parse(brotliDecompressSync(readFileSync(FILE)).toString('utf8'));
}

/** The name of a scenario in the file of recordings. */
export function titleOf({ rule, does }: Scenario): string {
  return `${rule}: somebody ${does}`;
}

/** Writes each scenario's two configurations, for Terraform to apply the one and to plan the other. */
function writeConfigurations(folder: string): void {
  for (const [i, { from, to }] of PROTECTION_SCENARIOS.entries()) {
    for (const [side, configuration] of Object.entries({ from, to })) {
      mkdirSync(join(folder, String(i), side), { recursive: true });
      const text = JSON.stringify({ ...PROVIDER, ...configuration }, null, 1);
      writeFileSync(join(folder, String(i), side, 'main.tf.json'), text);
    }
  }
}

/** Packs the `plan.json` beside each pair of configurations. */
function pack(folder: string): void {
  const plans = PROTECTION_SCENARIOS.map((scenario, i) => {
    const plan = JSON.parse(readFileSync(join(folder, String(i), 'plan.json'), 'utf8'));
    return [titleOf(scenario), { ...plan, planned_values: {}, timestamp: undefined }];
  });
  writeFileSync(FILE, brotliCompressSync(Buffer.from(JSON.stringify(Object.fromEntries(plans)))));
}

const [command, folder] = process.argv.slice(2);
if (require.main === module && folder !== undefined) {
  if (command === 'write') writeConfigurations(folder);
  else pack(folder);
}
