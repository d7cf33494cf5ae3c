import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { InputError } from '../../terraform-json/input-error';
import { type AppRun, appOfCheckout, appOfCommit } from './app';
import type { Base, Checkout } from './git';
import { type Change, pairs } from './planned';
import { type Stacks, stacksOfCheckout, stacksOfCommit } from './stacks';

/** What is compared. */
export interface Compared {
  readonly checkout: Checkout;
  readonly base: Base;
  /** The services.yaml files that are named; none for the usual one, or the app. */
  readonly files: readonly string[];
  /** Whether the app of cdktf.json is run although there is a services.yaml. */
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

/** The services.yaml files to read, from the top folder; nothing where the app of cdktf.json is to be run. */
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
  const compares = `Compares what ${file} asks for now with what it asked for in ${base.words}; what was changed in Google Cloud by other means is not seen.`;
  return pairs(before ?? new Map(), after ?? new Map()).map((pair) => {
    const notes = pair.before && pair.after ? [compares, MADE_UP] : [compares];
    return { ...pair, file, notes };
  });
}

/** The base is planned against an emulated provider, which makes up what Google Cloud would give. */
const MADE_UP =
  'What only Google Cloud knows, such as the run.app URLs and IP addresses of what is there, is made up here.';

/** A renamed file looks like a deleted one, and what changed in it is not reviewed. */
function withoutFile(change: Change): Change {
  const gone = `${change.file} is not there any more. If it was renamed, its new content is not reviewed here: name the new file, \`preview BASE FILE\`.`;
  return { ...change, notes: [gone, ...change.notes] };
}

/** Says that an app may add to what services.yaml says, where there is one beside it. */
function withApp({ root }: Checkout, change: Change): Change {
  const app = resolve(root, dirname(change.file), 'main.ts');
  if (!existsSync(app)) return change;
  return {
    ...change,
    notes: [...change.notes, 'What main.ts adds to services.yaml is not in it: --app runs the app of cdktf.json.'],
  };
}
