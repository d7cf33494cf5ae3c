import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { reportSchema } from '../exposure/generate/report-schema';
import { missingTags, unknownTags } from '../services-yaml/generate/doc-tags';
import { wrongRanges } from '../services-yaml/generate/limits';
import { propsDefinitions, propsProgram } from '../services-yaml/generate/props-schema';
import { servicesSchema } from '../services-yaml/generate/services-schema';
import { validatorSource } from '../services-yaml/generate/validator';
import { vocabulary } from '../services-yaml/generate/vocabulary';

/** `npm run generate` writes every generated file; with `-- --check` it writes nothing, and fails if one is stale. */
const root = resolve(__dirname, '..');
const checking = process.argv.includes('--check');

function generate(): void {
  const program = propsProgram(root);
  const definitions = propsDefinitions(program);
  const wrong = [...unknownTags(program, root), ...missingTags(definitions), ...wrongRanges(definitions)];
  if (wrong.length > 0) {
    console.error(wrong.join('\n'));
    process.exitCode = 1;
    return;
  }
  const schema = servicesSchema(definitions);
  bringUpToDate('services-yaml/services.schema.json', `${JSON.stringify(schema, null, 2)}\n`);
  bringUpToDate('services-yaml/schema/services.validator.ts', validatorSource(schema));
  bringUpToDate('docs/vocabulary.md', vocabulary(definitions));
  bringUpToDate('exposure/exposure.schema.json', reportSchema(root));
  // Loaded now: they read the examples with the schema that was just written.
  const { checksPage } =
    require('../services-yaml/generate/checks-page') as typeof import('../services-yaml/generate/checks-page');
  const { rulesPage } = require('../review/generate/rules-page') as typeof import('../review/generate/rules-page');
  const { examples, exposureOfStacks, terraformOf } =
    require('../__tests__/examples/examples') as typeof import('../__tests__/examples/examples');
  bringUpToDate('docs/checks.md', checksPage());
  bringUpToDate('docs/review-rules.md', rulesPage());
  for (const { name, fromYaml } of examples()) {
    const terraform = terraformOf(fromYaml);
    for (const [stack, text] of Object.entries(terraform)) {
      bringUpToDate(`examples/${name}/terraform/${stack}.tf.json`, `${text}\n`);
    }
    bringUpToDate(`examples/${name}/exposure.md`, exposureOfStacks(terraform));
  }
}

function bringUpToDate(file: string, text: string): void {
  if (written(file) === text) return;
  if (checking) {
    console.error(`${file} is stale: run npm run generate`);
    process.exitCode = 1;
  } else {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
    console.log(`wrote ${file}`);
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
