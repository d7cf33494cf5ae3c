import './closed-pipe';
import './no-source-maps';
import { existsSync, readdirSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { App } from 'cdktf';
import type { CloudRunStack } from '../constructs/stack/cloud-run-stack';
import { type BuiltSpec, dnsSheet, summary } from '../services-yaml';
import { InputError } from '../terraform-json/input-error';
import { type ChosenFile, chooseFile, writeDown } from './chosen-file';
import { buildFrom } from './services-file';
import { writeSources } from './sources-file';

/**
 * Adds to a CDKTF app one stack for each environment of services.yaml, and prints which file it read: the one that
 * `cdktf-cloud-run synth FILE` or the environment variable `SERVICES_FILE` names, else the one that the last synth read, else
 * `services.yaml`.
 *
 * A file with a mistake in it ends the process: each mistake is printed with its place, the exit code is 1, nothing is written.
 */
export function buildServices(app: App): readonly CloudRunStack[] {
  const { path, words } = orExit(() => chooseFile(app.outdir));
  console.log(words);
  const built = buildFrom(path, app);
  if (built === undefined) {
    removeEmpty(join(app.outdir, 'stacks'), app.outdir);
    process.exit(1);
  }
  writeDown(app.outdir, path);
  for (const stack of built.stacks) madeOf.set(stack, { path, sourcesOf: built.sourcesOf });
  return built.stacks;
}

/** The services.yaml from which a stack was made. */
const madeOf = new WeakMap<CloudRunStack, { readonly path: string } & Pick<BuiltSpec, 'sourcesOf'>>();

/** Synthesizes the app; writes the page of DNS records to create and the places in services.yaml that make each resource; prints a summary. */
export function synthServices(app: App, stacks: readonly CloudRunStack[]): void {
  app.synth();
  writeDnsSheet(app.outdir, stacks);
  for (const stack of stacks) {
    const { path, sourcesOf } = madeOf.get(stack) ?? {};
    if (path && sourcesOf) writeSources(join(app.outdir, 'stacks', stack.node.id), path, sourcesOf(stack));
  }
  console.log([summary(stacks, app.outdir), ...abandonedFolders(app)].join('\n\n'));
}

/** Removes the folders that an app makes when it is constructed, if they are empty. */
function removeEmpty(...folders: readonly string[]): void {
  for (const folder of folders) if (existsSync(folder) && readdirSync(folder).length === 0) rmdirSync(folder);
}

function orExit(choose: () => ChosenFile): ChosenFile {
  try {
    return choose();
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    console.error(error.message);
    process.exit(1);
  }
}

/** Writes the page of DNS records to create; removes the page of an earlier run if there are none. */
function writeDnsSheet(folder: string, stacks: readonly CloudRunStack[]): void {
  const file = join(folder, 'dns.md');
  const sheet = dnsSheet(stacks);
  if (sheet === undefined) rmSync(file, { force: true });
  else writeFileSync(file, sheet);
}

/** Notes about folders of stacks that the app no longer has: their resources still exist. */
function abandonedFolders({ outdir, manifest }: App): string[] {
  return readdirSync(join(outdir, 'stacks'))
    .filter((name) => manifest.stacks[name] === undefined)
    .map((name) => {
      const path = join(outdir, 'stacks', name);
      return `${path} is of an earlier run: 'terraform -chdir=${path} destroy' destroys its resources; cdktf deletes the folder when it runs next`;
    });
}
