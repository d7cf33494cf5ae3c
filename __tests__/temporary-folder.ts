import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** One temporary folder for a whole run, its workers and all processes that they start. */
export default function setUp(): void {
  process.env.TMPDIR = mkdtempSync(join(tmpdir(), 'test-run-'));
}

/** Files that libraries do not remove: cdktf `stacks` and a folder for each app of its `Testing`, tsx what it compiled. */
const OF_LIBRARIES = /^(stacks$|cdktf\.outdir\.|testing-app$|tsx-|node-compile-cache)/;

/** Removes the folder. Other files in it come from a test, or from code under test, that does not clean up. */
export function tearDown(): void {
  const folder = process.env.TMPDIR ?? '';
  const left = readdirSync(folder).filter((name) => !OF_LIBRARIES.test(name));
  rmSync(folder, { recursive: true });
  if (left.length > 0) throw new Error(`left in the temporary folder: ${left.join(', ')}`);
}
