import { appendFileSync, existsSync, readFileSync, rmSync } from 'node:fs';
import type { Change, Cloud } from './cloud';
import { Refusal } from './errors';

/**
 * The changes since the cloud file was last written, one in each line. Writing a line takes the same time in a small and in a large
 * cloud; writing the whole file after each of a thousand changes would take time with the square of their number.
 */
export class ChangeJournal {
  private readonly path: string;

  constructor(cloudFile: string) {
    this.path = `${cloudFile}.changes`;
  }

  append(changes: readonly Change[]): void {
    appendFileSync(this.path, changes.map((change) => `${JSON.stringify(change)}\n`).join(''));
  }

  /** Makes the changes that a killed process has left. Returns whether there were any. */
  replay(cloud: Cloud): boolean {
    if (!existsSync(this.path)) return false;
    // What follows the last line break was not written completely, so Terraform was not told that the change is done.
    const lines = readFileSync(this.path, 'utf8').split('\n').slice(0, -1);
    for (const [at, line] of lines.entries()) cloud.make(this.parsed(line, at + 1));
    return true;
  }

  private parsed(line: string, number: number): Change {
    try {
      return JSON.parse(line);
    } catch (error) {
      throw new Refusal(`${this.path}:${number} is not JSON: ${error instanceof Error ? error.message : error}`);
    }
  }

  remove(): void {
    rmSync(this.path, { force: true });
  }
}
