import { existsSync, mkdirSync, realpathSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { App } from 'cdktf';
import { formatProblem, hasErrors } from '../../services-yaml';
import { InputError } from '../../terraform-json/input-error';
import { acceptedBeside } from '../accepted-file';
import { importsBeside } from '../imports-file';
import { buildFile } from '../services-file';
import { writeSources } from '../sources-file';
import type { Checkout } from './git';
import { isIn } from './scrubbed-environment';

/** The folders of synthesized stacks, by the name of the stack. */
export type Stacks = ReadonlyMap<string, string>;

/** Synthesizes a services.yaml of this checkout as it is now; undefined if the file does not exist. */
export function stacksOfCheckout(checkout: Checkout, path: string, folder: string): Stacks | undefined {
  const file = join(checkout.root, path);
  if (!existsSync(file)) return undefined;
  for (const each of [file, importsBeside(file), acceptedBeside(file)])
    if (each !== undefined) refuseLinkOut(checkout, each);
  return synthesize(file, folder, (name) => relative(checkout.root, name), 'correct it');
}

/** Synthesizes a services.yaml of a commit, with the constructs of today. */
export function stacksOfCommit(checkout: Checkout, commit: string, path: string, folder: string): Stacks | undefined {
  const text = checkout.fileAt(commit, path);
  if (text === undefined) return undefined;
  const source = join(folder, 'source');
  const file = join(source, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  const imports = checkout.fileAt(commit, join(dirname(path), 'imports.yaml').replaceAll('\\', '/'));
  if (imports !== undefined) writeFileSync(join(dirname(file), 'imports.yaml'), imports);
  return synthesize(file, folder, (name) => `${commit.slice(0, 12)}:${relative(source, name)}`, 'name another BASE');
}

/** Messages quote the file: a link must not lead to a file outside the checkout. */
function refuseLinkOut({ root }: Checkout, file: string): void {
  const real = realpathSync(file);
  if (isIn(root, real) && !isIn(join(root, '.git'), real)) return;
  throw new InputError(`${relative(root, file)} is a link to a file outside the checkout`, 'put the file in its place');
}

function synthesize(file: string, folder: string, nameOf: (path: string) => string, remedy: string): Stacks {
  const outdir = join(folder, 'cdktf.out');
  mkdirSync(folder, { recursive: true });
  const app = new App({ outdir, skipValidation: true }); // building runs every check
  const { stacks, problems, sourcesOf } = buildFile(file, app);
  if (hasErrors(problems)) {
    const errors = problems.filter(({ severity }) => severity === 'error');
    const lines = errors.map((problem) =>
      formatProblem(nameOf(file), { ...problem, file: problem.file && nameOf(problem.file) }),
    );
    throw new InputError(`${lines.join('\n')}\n${nameOf(file)} cannot be synthesized`, remedy);
  }
  app.synth();
  return new Map(
    stacks.map((stack) => {
      const made = join(outdir, 'stacks', stack.node.id);
      writeSources(made, file, sourcesOf(stack));
      return [stack.node.id, made];
    }),
  );
}
