import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Does something with a folder that goes afterwards, also when the process is asked to end: then `signal` is aborted, the work is to
 * stop, and the exit code is 128 and the signal's number.
 */
export async function withTemporaryFolder(work: (folder: string, signal: AbortSignal) => Promise<void>): Promise<void> {
  const controller = new AbortController();
  const handlers = SIGNALS.map((name) => [name, () => controller.abort(name)] as const);
  for (const [name, handler] of handlers) process.on(name, handler);
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'cdktf-cloud-run-preview-')));
  try {
    await work(folder, controller.signal);
  } catch (error) {
    if (!controller.signal.aborted) throw error;
  } finally {
    for (const [name, handler] of handlers) process.off(name, handler);
    rmSync(folder, { recursive: true, force: true });
  }
  if (controller.signal.aborted) process.exitCode = 128 + constants.signals[controller.signal.reason as 'SIGINT'];
}
