import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Refusal } from './errors';
import { NEWEST_VERSION, type ProviderVersion, versionFor } from './schema';

/** The google resource types in the Terraform files of some folders. Missing folders are skipped. */
export function typesIn(folders: Iterable<string>): Set<string> {
  const types = new Set<string>();
  for (const folder of folders) {
    for (const file of terraformFiles(folder)) {
      for (const [, type = ''] of readFileSync(file, 'utf8').matchAll(/"(google_[a-z0-9_]+)"/g)) types.add(type);
    }
  }
  return types;
}

/**
 * The google provider's version that the Terraform files of some folders require: the newest one if they require none. Terraform does
 * not say which configuration it plans, so stacks that require different versions cannot be served together.
 */
export function versionIn(folders: Iterable<string>): ProviderVersion {
  const required = new Map<ProviderVersion, string>();
  for (const folder of folders) {
    for (const file of terraformFiles(folder)) {
      for (const constraint of constraintsIn(file)) required.set(versionFor(constraint), file);
    }
  }
  if (required.size <= 1) return [...required.keys()][0] ?? NEWEST_VERSION;
  const seen = [...required].map(([version, file]) => `${file} asks for the google provider ${version}`);
  throw new Refusal(`${seen.join(', ')}: run one stack at a time, with -chdir or its name`);
}

/** The version constraints in `required_providers`, in JSON or HCL. */
function constraintsIn(file: string): string[] {
  const text = readFileSync(file, 'utf8');
  const requirement = /"?google"?\s*[=:]\s*\{[^{}]*\}/g;
  return [...text.matchAll(requirement)].flatMap(([block]) => /"?version"?\s*[=:]\s*"([^"]+)"/.exec(block)?.[1] ?? []);
}

function terraformFiles(folder: string): string[] {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.tf') || name.endsWith('.tf.json'))
    .map((name) => join(folder, name));
}

/**
 * The folders of the configurations that a command uses: the folder of `-chdir`; else the current folder and cdktf's folders of the
 * stacks in the command, or of all stacks if the command names none.
 */
export function foldersOf(command: readonly string[], here: string): string[] {
  const changed = command.flatMap((argument) => /^-chdir=(.+)$/.exec(argument)?.[1] ?? []);
  if (changed.length > 0) return changed.map((folder) => resolve(here, folder));
  const stacks = join(here, 'cdktf.out', 'stacks');
  const synthesized = statSync(stacks, { throwIfNoEntry: false })?.isDirectory() ? readdirSync(stacks) : [];
  const named = synthesized.filter((stack) => command.includes(stack));
  return [here, ...(named.length > 0 ? named : synthesized).map((stack) => join(stacks, stack))];
}
