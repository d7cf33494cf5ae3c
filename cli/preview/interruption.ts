import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Runs work with a temporary folder and removes the folder afterwards, also if a signal ends the process: then `signal` is aborted,
 * the work must stop, and the exit code is 128 plus the signal's number.
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
