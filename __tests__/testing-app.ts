import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type App, Testing } from 'cdktf';

/**
 * An app for stacks that are synthesized in memory. `Testing.app` makes a folder for each app, which takes longer than
 * most tests; here all apps share one, in which nothing is written.
 */
export function testingApp(): App {
  const outdir = join(tmpdir(), 'testing-app');
  mkdirSync(outdir, { recursive: true });
  return Testing.app({ outdir });
}
