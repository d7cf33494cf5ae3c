import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '../../terraform-json/input-error';
import { pathOutside } from './scrubbed-environment';

/** The commit that a change is compared with. */
export interface Base {
  readonly commit: string;
  /** Its name in messages: the name that the user gave, or where it comes from. */
  readonly words: string;
}

const DEFAULT_BRANCHES = ['origin/HEAD', 'origin/main', 'origin/master', 'main', 'master'];

/** A checkout of a git repository. This class writes nothing into the checkout or the repository. */
export class Checkout {
  private constructor(
    /** The top folder. */
    readonly root: string,
    /** The path of the current folder below it: empty, or with a slash at the end. */
    readonly prefix: string,
  ) {}

  /** The checkout that contains a folder. Throws an InputError if there is none. */
  static around(folder: string): Checkout {
    const { status, stdout, stderr } = git(folder, ['rev-parse', '--show-toplevel', '--show-prefix']);
    if (status !== 0) throw new InputError(firstLine(stderr), 'run preview in a checkout of a git repository');
    const [root = folder, prefix = ''] = stdout.toString().split('\n');
    return new Checkout(root, prefix);
  }

  /** The named commit, else the one where this checkout left the default branch. Throws an InputError if it is not known. */
  base(named?: string): Base {
    if (named !== undefined) return { commit: this.commitNamed(named), words: named };
    const branch = DEFAULT_BRANCHES.find((name) => this.find(name) !== undefined);
    if (branch === undefined) {
      throw new InputError(
        `there is none of ${DEFAULT_BRANCHES.join(', ')} in this repository`,
        'name a commit as BASE',
      );
    }
    const { status, stdout } = this.git('merge-base', branch, 'HEAD');
    const commit = stdout.toString().trim();
    if (status !== 0)
      throw new InputError(`this checkout and ${branch} have no commit in common${this.ifShallow()}`, this.deepening());
    const where =
      commit === this.find('HEAD') ? 'the newest commit of this checkout' : `where this checkout left ${branch}`;
    return { commit, words: `${commit.slice(0, 12)}, ${where}` };
  }

  /** The bytes of a file in a commit; undefined if there is no such file. Throws an InputError if it is not a plain file. */
  fileAt(commit: string, path: string): Buffer | undefined {
    const entry = this.git('ls-tree', '-z', commit, '--', path).stdout.toString();
    if (entry === '') return undefined;
    const [mode = '', type = '', object = ''] = entry.split(/[ \t]/);
    if (type !== 'blob' || mode === '120000') {
      throw new InputError(`${path} of ${commit.slice(0, 12)} is not a plain file`, 'name a file that is no link');
    }
    return this.git('cat-file', 'blob', object).stdout;
  }

  /** Writes all files of a commit into a folder, without running hooks or filters of the repository. */
  writeTree(commit: string, folder: string): void {
    mkdirSync(folder);
    const environment = { GIT_INDEX_FILE: `${folder}.index` };
    for (const args of [
      ['read-tree', commit],
      ['checkout-index', '--all', `--prefix=${folder}/`],
    ]) {
      const { status, stderr } = git(this.root, [...UNFILTERED, ...args], environment);
      if (status !== 0)
        throw new InputError(`${commit.slice(0, 12)}: ${firstLine(stderr)}`, 'see whether the repository is whole');
    }
  }

  /** A path from the current folder as a path from the top folder. */
  pathFromRoot(path: string): string {
    return join(this.prefix, path).replaceAll('\\', '/');
  }

  private commitNamed(name: string): string {
    const commit = this.find(name);
    if (commit !== undefined) return commit;
    throw new InputError(`'${name}' is not a commit of this repository${this.ifShallow()}`, this.deepening());
  }

  private find(name: string): string | undefined {
    const { status, stdout } = this.git('rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`);
    return status === 0 ? stdout.toString().trim() : undefined;
  }

  private isShallow(): boolean {
    return this.git('rev-parse', '--is-shallow-repository').stdout.toString().trim() === 'true';
  }

  private ifShallow(): string {
    return this.isShallow() ? ', which is a shallow clone' : '';
  }

  private deepening(): string {
    return this.isShallow()
      ? 'fetch its history first: `git fetch --unshallow`, or `fetch-depth: 0` of actions/checkout'
      : 'name another BASE, or fetch it first';
  }

  private git(...args: readonly string[]) {
    return git(this.root, args);
  }
}

/** Switches filters off: a filter is a command in git's configuration, such as one that downloads large files. */
const UNFILTERED = ['-c', 'filter.lfs.smudge=', '-c', 'filter.lfs.process=', '-c', 'filter.lfs.required=false'];

function git(cwd: string, args: readonly string[], more: NodeJS.ProcessEnv = {}) {
  const env = { ...process.env, PATH: pathOutside(cwd), ...more };
  // Run no program of the checkout, such as a hook or a file monitor.
  const own = ['-c', 'core.hooksPath=/dev/null', '-c', 'core.fsmonitor=false'];
  const ended = spawnSync('git', [...own, ...args], { cwd, env, maxBuffer: 512 * 1024 * 1024 });
  if (ended.error && ended.status === null) {
    const missing = (ended.error as NodeJS.ErrnoException).code === 'ENOENT';
    throw new InputError(missing ? "there is no 'git' on the PATH" : `git: ${ended.error.message}`, 'install git');
  }
  return ended;
}

function firstLine(bytes: Buffer): string {
  return (
    bytes
      .toString()
      .split('\n')[0]
      ?.replace(/^fatal: /, '') ?? ''
  );
}
