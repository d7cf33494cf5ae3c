import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folders: string[] = [];

/** A new folder for a test. It is removed when the tests of the file are done. */
export function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'cdktf-cloud-run-'));
  folders.push(folder);
  return folder;
}

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});
