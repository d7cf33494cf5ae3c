import { delimiter, isAbsolute, relative } from 'node:path';

/**
 * The environment variables for programs that read files of a change: the PATH and a separate home folder. Tokens, credentials and
 * settings of the user who runs the preview are left out.
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
 * The PATH without the folders of a checkout: `npx` puts `node_modules/.bin` first, and a change may add its own `terraform` or
 * `git` there.
 */
export function pathOutside(checkout: string): string {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return folders.filter((folder) => isAbsolute(folder) && !isIn(checkout, folder) && !NPM.test(folder)).join(delimiter);
}

/** Whether a path is the folder, or is inside it. */
export function isIn(folder: string, path: string): boolean {
  const from = relative(folder, path);
  return from === '' || (!from.startsWith('..') && !isAbsolute(from));
}

const NPM = /[\\/]node_modules[\\/]\.bin[\\/]?$/;
