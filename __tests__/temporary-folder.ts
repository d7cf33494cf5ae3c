import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** One temporary folder for a whole run, its workers and all processes that they start. */
export default function setUp(): void {
  process.env.TMPDIR = mkdtempSync(join(tmpdir(), 'test-run-'));
  mkdirSync(join(process.env.TMPDIR, 'built-command')); // what `builtCommand` fills
}

/**
 * What stays until the end of a run: the command that tests start, and files that libraries do not remove: cdktf `stacks` and a folder
 * for each app of its `Testing`, tsx what it compiled.
 */
const OF_A_RUN = /^(built-command$|stacks$|cdktf\.outdir\.|testing-app$|tsx-|node-compile-cache)/;

/** Removes the folder. Other files in it come from a test, or from code under test, that does not clean up. */
export function tearDown(): void {
  const folder = process.env.TMPDIR ?? '';
  const left = readdirSync(folder).filter((name) => !OF_A_RUN.test(name));
  rmSync(folder, { recursive: true });
  if (left.length > 0) throw new Error(`left in the temporary folder: ${left.join(', ')}`);
}
