import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { InputError } from '../../terraform-json/input-error';
import { type AppRun, appOfCheckout, appOfCommit } from './app';
import type { Base, Checkout } from './git';
import { type Change, pairs } from './planned';
import { type Stacks, stacksOfCheckout, stacksOfCommit } from './stacks';

/** The two sides that a preview compares. */
export interface Compared {
  readonly checkout: Checkout;
  readonly base: Base;
  /** The services.yaml files that the command line names. If it names none, the default one is read, or the app is run. */
  readonly files: readonly string[];
  /** Whether to run the app of cdktf.json even if there is a services.yaml. */
  readonly app: boolean;
}

/** Synthesizes both sides into a folder, and pairs their environments. */
export async function changesOf(compared: Compared, folder: string, run: AppRun): Promise<readonly Change[]> {
  const { checkout, base } = compared;
  const files = filesOf(compared);
  if (files === undefined) {
    const before = await appOfCommit(checkout, base.commit, join(folder, 'before'), run);
    const after = await appOfCheckout(checkout, join(folder, 'after'), run);
    return paired(checkout.pathFromRoot('cdktf.json'), base, before, after);
  }
  const changes = files.flatMap((path, i) => {
    const before = stacksOfCommit(checkout, base.commit, path, join(folder, String(i), 'before'));
    const after = stacksOfCheckout(checkout, path, join(folder, String(i), 'after'));
    const changed = paired(path, base, before, after);
    return after === undefined ? changed.map(withoutFile) : changed.map((change) => withApp(checkout, change));
  });
  const named = (name: string) => changes.filter((change) => change.name === name).length;
  return changes.map((change) =>
    named(change.name) > 1 ? { ...change, name: `${change.file} ${change.name}` } : change,
  );
}

/** The paths of the services.yaml files to read, from the top folder; undefined if the app of cdktf.json is run instead. */
function filesOf({ checkout, base, files, app }: Compared): readonly string[] | undefined {
  if (app) return undefined;
  const { SERVICES_FILE: file } = process.env;
  const named = files.length > 0 ? files : file === undefined ? [] : [file];
  if (named.length > 0) return named.map((path) => checkout.pathFromRoot(path));
  const usual = checkout.pathFromRoot('services.yaml');
  const isThere = (path: string) =>
    existsSync(join(checkout.root, path)) || checkout.fileAt(base.commit, path) !== undefined;
  return isThere(usual) || !isThere(checkout.pathFromRoot('cdktf.json')) ? [usual] : undefined;
}

function paired(file: string, base: Base, before: Stacks | undefined, after: Stacks | undefined): readonly Change[] {
  if (before === undefined && after === undefined) {
    throw new InputError(`${file} is neither here nor in ${base.words}`, 'name the services.yaml: `preview BASE FILE`');
  }
  const compares = `Compares ${file} with ${base.words}; changes that were made in Google Cloud by other means are not seen.`;
  return pairs(before ?? new Map(), after ?? new Map()).map((pair) => {
    const notes = pair.before && pair.after ? [compares, MADE_UP] : [compares];
    return { ...pair, file, notes };
  });
}

/** The base is planned against an emulated provider, which invents the values that Google Cloud would compute. */
const MADE_UP = 'Values that only Google Cloud knows, such as run.app URLs and IP addresses, are invented here.';

/** Adds a note about a file that is gone: a renamed file looks like a deleted one, and changes in it are not reviewed. */
function withoutFile(change: Change): Change {
  const gone = `${change.file} does not exist any more. If it was renamed, its new content is not reviewed here: name the new file, \`preview BASE FILE\`.`;
  return { ...change, notes: [gone, ...change.notes] };
}

/** Adds a note if there is a main.ts beside services.yaml: it may add resources that the preview does not see. */
function withApp({ root }: Checkout, change: Change): Change {
  const app = resolve(root, dirname(change.file), 'main.ts');
  if (!existsSync(app)) return change;
  return {
    ...change,
    notes: [
      ...change.notes,
      'Resources that main.ts adds to those of services.yaml are not reviewed: --app runs the app of cdktf.json.',
    ],
  };
}
