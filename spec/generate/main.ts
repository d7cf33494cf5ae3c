import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { propsDefinitions } from './props-schema';
import { servicesSchema } from './services-schema';
import { validatorSource } from './validator';
import { vocabulary } from './vocabulary';

/** `npm run schema` writes what is made from the props interfaces; with `--check` it fails where a file is stale. */
const root = resolve(__dirname, '../..');
const definitions = propsDefinitions(root);
const schema = servicesSchema(definitions);
const files = {
  'spec/services.schema.json': `${JSON.stringify(schema, null, 2)}\n`,
  'spec/services.validator.ts': validatorSource(schema),
  'docs/vocabulary.md': vocabulary(definitions),
};

const stale = Object.entries(files).filter(([file, text]) => written(file) !== text);
if (process.argv.includes('--check')) {
  for (const [file] of stale) console.error(`${file} is stale: run npm run schema`);
  process.exitCode = stale.length > 0 ? 1 : 0;
} else {
  for (const [file, text] of stale) writeFileSync(join(root, file), text);
}

function written(file: string): string | undefined {
  try {
    return readFileSync(join(root, file), 'utf8');
  } catch {
    return undefined;
  }
}
