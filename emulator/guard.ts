import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

/**
 * Reads the child's process id, then waits. `done`: everything is cleaned up. End of input: the main process was killed before it could
 * clean up, so the script removes the socket's folder and stops the child.
 */
const SCRIPT = `
read -r child
read -r word
[ "$word" = done ] && exit 0
rm -rf -- "$1"
[ -n "$child" ] && kill -TERM "$child"
`;

/** A shell that cleans up if this process is killed. Signals of the terminal do not reach it. */
export class Guard {
  private watching = false;

  private constructor(private readonly shell: ChildProcess) {
    this.shell.on('error', () => {});
    this.shell.stdin?.on('error', () => {});
  }

  static over(folder: string): Guard {
    const stdio = ['pipe', 'ignore', 'ignore'] as ['pipe', 'ignore', 'ignore'];
    return new Guard(spawn('/bin/sh', ['-c', SCRIPT, 'guard', folder], { detached: true, stdio }));
  }

  watch(child: ChildProcess): void {
    this.watching = true;
    this.shell.stdin?.write(`${child.pid}\n`);
  }

  async dismiss(): Promise<void> {
    if (this.shell.pid === undefined || this.shell.exitCode !== null) return;
    const exit = once(this.shell, 'exit');
    this.shell.stdin?.end(this.watching ? 'done\n' : '\ndone\n');
    await exit;
  }
}
