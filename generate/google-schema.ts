import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { resourceTypes } from '../emulator';
import {
  type Block,
  blockFromBindings,
  blockFromTerraform,
  boundProviderBlock,
  boundProviderVersion,
  difference,
  type SchemaDifference,
  type TerraformBlock,
} from '../emulator/schema';

/**
 * `tsx generate/google-schema.ts SCHEMA VERSION` writes what a version of the google provider added and changed since the version that
 * the bindings were made from, for the resources that the emulator knows. SCHEMA is the output of `terraform providers schema -json`
 * in a folder whose configuration requires that version.
 */
function main([file = '', version = '']: string[]): void {
  const { provider_schemas: schemas } = JSON.parse(readFileSync(file, 'utf8'));
  const google = Object.entries(schemas).find(([name]) => name.endsWith('/hashicorp/google'))?.[1] as GoogleSchema;
  const resources: { [type: string]: SchemaDifference } = {};
  for (const type of resourceTypes().sort()) {
    const changed = changes(blockFromBindings('resource', type), google.resource_schemas[type]?.block);
    if (changed !== undefined) resources[type] = changed;
  }
  const provider = changes(boundProviderBlock(), google.provider.block);
  const text = JSON.stringify({ since: boundProviderVersion(), provider, resources }, null, 1);
  writeFileSync(join(__dirname, '..', 'emulator', 'schema', `google-${version}.json`), `${text}\n`);
}

interface GoogleSchema {
  readonly provider: { readonly block: TerraformBlock };
  readonly resource_schemas: { readonly [type: string]: { readonly block: TerraformBlock } | undefined };
}

function changes(bound: Block | undefined, now: TerraformBlock | undefined): SchemaDifference | undefined {
  if (bound === undefined || now === undefined) throw new Error('a resource of the emulator is not in both versions');
  return difference(bound, blockFromTerraform(now));
}

main(process.argv.slice(2));
