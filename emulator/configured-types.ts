import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';

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

function terraformFiles(folder: string): string[] {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.tf') || name.endsWith('.tf.json'))
    .map((name) => join(folder, name));
}

/** Where a command is going to find its configuration: here, where `-chdir` points, and where cdktf puts its stacks. */
export function foldersOf(command: readonly string[], here: string): string[] {
  const changed = command.flatMap((argument) => /^-chdir=(.+)$/.exec(argument)?.[1] ?? []);
  const stacks = join(here, 'cdktf.out', 'stacks');
  const synthesized = statSync(stacks, { throwIfNoEntry: false })?.isDirectory() ? readdirSync(stacks) : [];
  return [here, ...changed.map((folder) => resolve(here, folder)), ...synthesized.map((stack) => join(stacks, stack))];
}
