import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { printable } from '../../exposure';
import { InputError } from '../../terraform-json/input-error';
import type { Checkout } from './git';
import type { Stacks } from './stacks';

/** How the app of a cdktf.json is run. */
export interface AppRun {
  readonly environment: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
}

/** Synthesizes the app of this checkout as it is now; undefined if there is no cdktf.json with an app. */
export async function appOfCheckout(
  { root, prefix }: Checkout,
  folder: string,
  run: AppRun,
): Promise<Stacks | undefined> {
  return synthesizeApp(join(root, prefix), folder, 'this checkout', run);
}

/** Synthesizes the app of a commit in a copy of its files, with the packages that are installed in this checkout. */
export async function appOfCommit(
  checkout: Checkout,
  commit: string,
  folder: string,
  run: AppRun,
): Promise<Stacks | undefined> {
  const tree = join(folder, 'source');
  mkdirSync(folder, { recursive: true });
  checkout.writeTree(commit, tree);
  for (const path of new Set(['node_modules', join(checkout.prefix, 'node_modules')])) {
    const [installed, place] = [join(checkout.root, path), join(tree, path)];
    if (existsSync(installed) && existsSync(dirname(place)) && !existsSync(place)) symlinkSync(installed, place);
  }
  return synthesizeApp(join(tree, checkout.prefix), folder, commit.slice(0, 12), run);
}

async function synthesizeApp(source: string, folder: string, name: string, run: AppRun): Promise<Stacks | undefined> {
  const file = join(source, 'cdktf.json');
  if (!existsSync(file)) return undefined;
  const { app, context } = cdktfJson(file, name);
  if (app === undefined) return undefined;
  const outdir = join(folder, 'cdktf.out');
  mkdirSync(outdir, { recursive: true });
  await runApp(app, source, name, {
    ...run,
    environment: {
      ...run.environment,
      CDKTF_OUTDIR: outdir,
      ...(context !== undefined && { CDKTF_CONTEXT_JSON: JSON.stringify(context) }),
    },
  });
  return stacksIn(outdir);
}

function cdktfJson(file: string, name: string): { readonly app?: string; readonly context?: unknown } {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    throw new InputError(`cdktf.json of ${name} is not valid JSON`, 'correct it');
  }
}

/**
 * Runs the app. It is code of the change: it gets no credentials, and all processes that it started are ended with it. Its output is
 * shown only if it fails, with a prefix on each line: CI systems read commands from the output of a job.
 */
async function runApp(app: string, cwd: string, name: string, { environment, signal }: AppRun): Promise<void> {
  const child = spawn(app, { cwd, env: environment, shell: true, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  const end = () => endGroup(child.pid);
  signal.addEventListener('abort', end, { once: true });
  const output: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => output.push(chunk));
  try {
    const [status] = await once(child, 'exit');
    signal.throwIfAborted();
    if (status === 0) return;
    const lines = Buffer.concat(output).toString().trim().split('\n').slice(-40);
    throw new InputError(
      `${lines.map((line) => `| ${printable(cut(line)).replaceAll('##[', '# [')}`).join('\n')}\nthe app of cdktf.json of ${name} failed (exit status ${status})`,
      'correct it; it runs without the variables of your environment',
    );
  } finally {
    signal.removeEventListener('abort', end);
    end();
  }
}

/** Node.js prints the line of source that threw an error: in a minified package it has thousands of characters. */
function cut(line: string): string {
  return line.length > 500 ? `${line.slice(0, 500)}…` : line;
}

/** Ends the processes of a group that still run. */
function endGroup(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {} // none of them runs any more
}

function stacksIn(outdir: string): Stacks {
  const stacks = join(outdir, 'stacks');
  const names = existsSync(stacks) ? readdirSync(stacks).sort() : [];
  const own = names.filter((name) => lstatSync(join(stacks, name)).isDirectory());
  return new Map(own.map((name) => [name, join(stacks, name)]));
}
