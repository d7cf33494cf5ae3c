import { existsSync, readFileSync } from 'node:fs';
import { InputError } from '../terraform-json/input-error';

/** The parts of a package.json that are maps of strings, such as `dependencies` and `scripts`. */
export type PackageJson = Record<string, Record<string, string> | undefined>;

/** The package.json of the current folder; empty if there is none. Throws an InputError if it is not JSON. */
export function readPackageJson(): PackageJson {
  if (!existsSync('package.json')) return {};
  try {
    return JSON.parse(readFileSync('package.json', 'utf8'));
  } catch {
    throw new InputError('package.json is not valid JSON', 'mend it and run this again');
  }
}
