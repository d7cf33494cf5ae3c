import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { emptyFolder } from '../empty-folder';

/** A separate git repository for a test, with one branch `main`. */
export class Repository {
  readonly folder = emptyFolder();

  constructor() {
    this.git('init', '--quiet', '--initial-branch=main');
  }

  /** Writes a file; folders above it are made. */
  write(path: string, text: string): this {
    const file = join(this.folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    return this;
  }

  /** Commits everything and returns the id of the commit. */
  commit(message: string): string {
    this.git('add', '--all');
    this.git('commit', '--quiet', `--message=${message}`);
    return this.git('rev-parse', 'HEAD').trim();
  }

  git(...args: readonly string[]): string {
    const own = ['-c', 'user.name=Developer', '-c', 'user.email=developer@example.com'];
    return execFileSync('git', [...own, ...args], { cwd: this.folder, encoding: 'utf8', stdio: 'pipe' });
  }
}
