import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { Worker } from 'node:worker_threads';

const MAIN = resolve(__dirname, '../../action/main.mjs');

/** What the action printed, and its exit code. */
interface Ended {
  readonly status: number;
  readonly log: string;
}

/** Runs the action in a process, as GitHub does. */
export async function inProcess(folder: string, env: NodeJS.ProcessEnv): Promise<Ended> {
  const child = spawn(process.execPath, [MAIN], { cwd: folder, env });
  const [[status], out, err] = await Promise.all([once(child, 'close'), text(child.stdout), text(child.stderr)]);
  return { status, log: out + err };
}

/**
 * Runs the action in a thread: it starts in a third of the time of a process. Only for inputs with which the action starts no
 * command: what a command prints does not come back from a thread.
 */
export async function inThread(folder: string, env: NodeJS.ProcessEnv): Promise<Ended> {
  const before = process.cwd();
  process.chdir(folder);
  try {
    const worker = new Worker(MAIN, { env, stdout: true, stderr: true });
    const [[status], out, err] = await Promise.all([once(worker, 'exit'), text(worker.stdout), text(worker.stderr)]);
    return { status, log: out + err };
  } finally {
    process.chdir(before);
  }
}
