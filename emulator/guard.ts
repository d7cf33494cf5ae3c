import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

/**
 * Reads the child's process id, then waits. `done` means that all is cleaned up; an end of input means that whoever should have
 * said it is dead, killed without a chance to clean up: then the socket's folder goes and the child is asked to stop.
 */
const SCRIPT = `
read -r child
read -r word
[ "$word" = done ] && exit 0
rm -rf -- "$1"
[ -n "$child" ] && kill -TERM "$child"
`;

/** A shell that outlives this process just long enough to clean up after it. It is out of reach of the terminal's signals. */
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
