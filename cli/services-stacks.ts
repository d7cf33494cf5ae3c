import { existsSync, readdirSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { App } from 'cdktf';
import type { CloudRunStack } from '../constructs/stack/cloud-run-stack';
import { type BuiltSpec, dnsSheet, summary } from '../services-yaml';
import { chooseFile, writeDown } from './chosen-file';
import { buildFrom } from './services-file';
import { writeSources } from './sources-file';

/** Prints what is not an error. */
export type Print = (text: string) => void;

/** The services.yaml from which a stack was made. */
const madeOf = new WeakMap<CloudRunStack, { readonly path: string } & Pick<BuiltSpec, 'sourcesOf'>>();

/**
 * Adds to an app the stacks of the services.yaml that the command line names (`file`), or that is chosen without a name. Prints which
 * one that is. Undefined if it is refused: each mistake is then written to standard error, and nothing to the output folder.
 */
export function buildChosen(app: App, print: Print, file?: string): readonly CloudRunStack[] | undefined {
  const { path, words } = chooseFile(app.outdir, file);
  print(words);
  const built = buildFrom(path, app, { print });
  if (built === undefined) {
    removeEmpty(join(app.outdir, 'stacks'), app.outdir);
    return undefined;
  }
  writeDown(app.outdir, path);
  for (const stack of built.stacks) madeOf.set(stack, { path, sourcesOf: built.sourcesOf });
  return built.stacks;
}

/** Synthesizes the app; writes the page of DNS records to create and the places in services.yaml that make each resource; prints a summary. */
export function writeStacks(app: App, stacks: readonly CloudRunStack[], print: Print): void {
  app.synth();
  writeDnsSheet(app.outdir, stacks);
  for (const stack of stacks) {
    const { path, sourcesOf } = madeOf.get(stack) ?? {};
    if (path && sourcesOf) writeSources(join(app.outdir, 'stacks', stack.node.id), path, sourcesOf(stack));
  }
  print([summary(stacks, app.outdir), ...abandonedFolders(app)].join('\n\n'));
}

/** Removes the folders that an app makes when it is constructed, if they are empty. */
function removeEmpty(...folders: readonly string[]): void {
  for (const folder of folders) if (existsSync(folder) && readdirSync(folder).length === 0) rmdirSync(folder);
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
