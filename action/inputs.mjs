import { readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** An input of the action; empty if it is not set. */
export function input(name) {
  return (process.env[`REVIEW_${name.toUpperCase().replaceAll('-', '_')}`] ?? '').trim();
}

/** An input with one value in each line. */
export function lines(name) {
  return input(name)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** Files, and those with an extension in folders, sorted. */
export function filesOf(directory, paths, extension) {
  return paths.flatMap((path) => {
    const found = statSync(resolve(directory, path), { throwIfNoEntry: false });
    if (found === undefined) throw new Error(`${path} is not there`);
    if (!found.isDirectory()) return [resolve(directory, path)];
    const names = readdirSync(resolve(directory, path)).sort();
    return names.filter((name) => name.endsWith(extension)).map((name) => resolve(directory, join(path, name)));
  });
}
