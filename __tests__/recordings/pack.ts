import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gunzipSync } from 'node:zlib';
import { FOLDER, fromServices, terraformOf } from '../examples/examples';

/**
 * Packs the recordings of one version of the provider, one file a stack: `tsx pack.ts FOLDER CHANGES VERSION [EXAMPLE…]`. FOLDER holds
 * `EXAMPLE/STACK/{created,replan,CHANGE}.plan.json.gz` and `EXAMPLE/STACK/state.json.gz`, CHANGES holds `EXAMPLE/CHANGE.yaml`.
 * The configurations are synthesized again: run it with the generator that the recordings were made with.
 */
function pack(folder: string, changes: string, version: string, examples: string[]): void {
  for (const example of examples) {
    const services = readFileSync(join(FOLDER, example, 'services.yaml'), 'utf8');
    const configurations = synthesized(services, version);
    for (const stack of readdirSync(join(folder, example))) {
      const read = (name: string) => recorded(join(folder, example, stack, `${name}.json.gz`));
      const recording = {
        services,
        configuration: configurations[stack],
        created: read('created.plan'),
        state: read('state'),
        replan: read('replan.plan'),
        changes: Object.fromEntries(
          changesOf(join(folder, example, stack)).map((name) => {
            const changed = readFileSync(join(changes, example, `${name}.yaml`), 'utf8');
            const configuration = synthesized(changed, version)[stack];
            return [name, { services: changed, configuration, plan: read(`${name}.plan`) }];
          }),
        ),
      };
      write(join(__dirname, `google-${version}`, example), stack, recording);
    }
  }
}

function changesOf(folder: string): string[] {
  return readdirSync(folder)
    .flatMap((file) => /^(.+)\.plan\.json\.gz$/.exec(file)?.[1] ?? [])
    .filter((name) => name !== 'created' && name !== 'replan')
    .sort();
}

function synthesized(services: string, version: string): Record<string, object> {
  const stacks = terraformOf(fromServices(services));
  return Object.fromEntries(
    Object.entries(stacks).map(([stack, text]) => {
      const configuration = JSON.parse(text);
      configuration.terraform.required_providers.google.version = version;
      return [stack, configuration];
    }),
  );
}

function recorded(file: string): unknown {
  return JSON.parse(gunzipSync(readFileSync(file)).toString('utf8'));
}

function write(folder: string, stack: string, recording: object): void {
  mkdirSync(folder, { recursive: true });
  const text = Buffer.from(JSON.stringify(recording));
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: 11,
    [constants.BROTLI_PARAM_LGWIN]: 24,
    [constants.BROTLI_PARAM_SIZE_HINT]: text.length,
  };
  writeFileSync(join(folder, `${stack}.json.br`), brotliCompressSync(text, { params }));
}

const [folder = '', changes = '', version = '', ...named] = process.argv.slice(2);
const all = readdirSync(FOLDER).filter((name) => existsSync(join(folder, name)));
pack(folder, changes, version, named.length > 0 ? named : all);
