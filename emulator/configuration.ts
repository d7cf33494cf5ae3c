import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Refusal } from './errors';
import { NEWEST_VERSION, type ProviderVersion, versionFor } from './schema';

/** The google resource types that the Terraform files in some folders speak of. Folders that are not there are skipped. */
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
 * The version of the google provider that the Terraform files in some folders ask for: the newest one when they ask for none. Terraform
 * does not say which configuration it plans, so stacks that ask for different ones cannot be served at once.
 */
export function versionIn(folders: Iterable<string>): ProviderVersion {
  const asked = new Map<ProviderVersion, string>();
  for (const folder of folders) {
    for (const file of terraformFiles(folder)) {
      for (const constraint of constraintsIn(file)) asked.set(versionFor(constraint), file);
    }
  }
  if (asked.size <= 1) return [...asked.keys()][0] ?? NEWEST_VERSION;
  const seen = [...asked].map(([version, file]) => `${file} asks for the google provider ${version}`);
  throw new Refusal(`${seen.join(', ')}: run one stack at a time, with -chdir or its name`);
}

/** `required_providers`, in JSON or in HCL. */
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
 * Where a command is going to find its configuration: where `-chdir` points, or else here and where cdktf puts the stacks that the command
 * names, or all of them when it names none.
 */
export function foldersOf(command: readonly string[], here: string): string[] {
  const changed = command.flatMap((argument) => /^-chdir=(.+)$/.exec(argument)?.[1] ?? []);
  if (changed.length > 0) return changed.map((folder) => resolve(here, folder));
  const stacks = join(here, 'cdktf.out', 'stacks');
  const synthesized = statSync(stacks, { throwIfNoEntry: false })?.isDirectory() ? readdirSync(stacks) : [];
  const named = synthesized.filter((stack) => command.includes(stack));
  return [here, ...(named.length > 0 ? named : synthesized).map((stack) => join(stacks, stack))];
}
