import { delimiter, isAbsolute, relative } from 'node:path';

/**
 * The environment of what runs with something of a change in it: where programs are, and a home of its own. Tokens, credentials and
 * settings of whoever runs the preview are not in it.
 */
export function scrubbedEnvironment(checkout: string, home: string): NodeJS.ProcessEnv {
  const { LANG, SystemRoot } = process.env;
  return {
    PATH: pathOutside(checkout),
    HOME: home,
    TMPDIR: home,
    ...(LANG && { LANG }),
    ...(SystemRoot && { SystemRoot }),
  };
}

/**
 * The PATH without the folders of a checkout: `npx` puts `node_modules/.bin` first, and a change may bring a `terraform` or a `git`
 * of its own there.
 */
export function pathOutside(checkout: string): string {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return folders.filter((folder) => isAbsolute(folder) && !isIn(checkout, folder) && !NPM.test(folder)).join(delimiter);
}

/** Whether a path is a folder or in it. */
export function isIn(folder: string, path: string): boolean {
  const from = relative(folder, path);
  return from === '' || (!from.startsWith('..') && !isAbsolute(from));
}

const NPM = /[\\/]node_modules[\\/]\.bin[\\/]?$/;
