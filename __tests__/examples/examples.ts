import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { App } from 'cdktf';
import { parse } from 'yaml';
import { exposureMarkdown } from '../../exposure';
import { buildStacks, formatProblem, hasErrors } from '../../services-yaml';
import { stackExposure } from '../exposure/stack-exposure';

/** A folder of `examples/`: the same stacks as services.yaml and in TypeScript, and the most important arguments of their Terraform JSON. */
export interface Example {
  readonly name: string;
  /** The text of its services.yaml. */
  readonly services: string;
  /** Builds the stacks of its services.yaml. */
  fromYaml(app: App): void;
  /** Builds the stacks of its main.ts. */
  fromTypeScript(app: App): void;
  /** By stack and address: the important arguments, or `absent`. */
  readonly expected: Readonly<Record<string, Readonly<Record<string, object | 'absent'>>>>;
}

/** Where the examples are. */
export const FOLDER = resolve(__dirname, '../../examples');

/** Every example, by name. */
export function examples(): Example[] {
  const names = readdirSync(FOLDER).filter((name) => existsSync(join(FOLDER, name, 'services.yaml')));
  return names.sort().map(example);
}

function example(name: string): Example {
  const read = (file: string) => readFileSync(join(FOLDER, name, file), 'utf8');
  const services = read('services.yaml');
  return {
    name,
    services,
    fromYaml: fromServices(services),
    fromTypeScript: (app) => require(join(FOLDER, name, 'main.ts')).build(app),
    expected: parse(read('expected.yaml')),
  };
}

/** Builds the stacks of a services.yaml, which has no errors. */
export function fromServices(services: string): (app: App) => void {
  return (app) => {
    const { problems } = buildStacks(app, services);
    if (hasErrors(problems))
      throw new Error(problems.map((problem) => formatProblem('services.yaml', problem)).join('\n'));
  };
}

/**
 * Builds and synthesizes, and returns the text of `cdk.tf.json` by stack. A build of a services.yaml has run every check, so cdktf
 * validates the constructs, for which it starts Terraform, only if `skipValidation` is false.
 */
export function terraformOf(build: (app: App) => void, { skipValidation = true } = {}): Record<string, string> {
  const outdir = mkdtempSync(join(tmpdir(), 'examples-'));
  try {
    const app = new App({ outdir, skipValidation });
    build(app);
    app.synth();
    const stacks = join(outdir, 'stacks');
    const read = (stack: string) => readFileSync(join(stacks, stack, 'cdk.tf.json'), 'utf8');
    return Object.fromEntries(
      readdirSync(stacks)
        .sort()
        .map((stack) => [stack, read(stack)]),
    );
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

/** Who can reach what in synthesized stacks, as Markdown. */
export function exposureOfStacks(terraform: Readonly<Record<string, string>>): string {
  return exposureMarkdown({ stacks: Object.entries(terraform).map(([stack, text]) => stackExposure(text, stack)) });
}

/** A synthesized stack without deletion protection, as before it is destroyed. */
export function withoutProtection(text: string): string {
  return text
    .replaceAll('"deletion_protection": true', '"deletion_protection": false')
    .replaceAll('"prevent_destroy": true', '"prevent_destroy": false');
}
