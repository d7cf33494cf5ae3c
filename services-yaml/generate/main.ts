import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { propsDefinitions } from './props-schema';
import { servicesSchema } from './services-schema';
import { validatorSource } from './validator';
import { vocabulary } from './vocabulary';

/** `npm run generate` writes what is made from the props interfaces and checks; with `--check` it fails where a file is stale. */
const root = resolve(__dirname, '../..');
const checking = process.argv.includes('--check');

function generate(): void {
  const definitions = propsDefinitions(root);
  const schema = servicesSchema(definitions);
  bringUpToDate('services-yaml/services.schema.json', `${JSON.stringify(schema, null, 2)}\n`);
  bringUpToDate('services-yaml/schema/services.validator.ts', validatorSource(schema));
  bringUpToDate('docs/vocabulary.md', vocabulary(definitions));
  // Loaded last: the examples of the checks are read with the schema that was just written.
  const { checksPage } = require('./checks-page') as typeof import('./checks-page');
  bringUpToDate('docs/checks.md', checksPage());
}

function bringUpToDate(file: string, text: string): void {
  if (written(file) === text) return;
  if (checking) {
    console.error(`${file} is stale: run npm run generate`);
    process.exitCode = 1;
  } else {
    writeFileSync(join(root, file), text);
  }
}

function written(file: string): string | undefined {
  try {
    return readFileSync(join(root, file), 'utf8');
  } catch {
    return undefined;
  }
}

generate();
