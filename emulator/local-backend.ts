import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

export interface StackCopy {
  readonly folder: string;
  remove(): void;
}

/** A backend in an override file takes the place of any `backend` or `cloud` block (developer.hashicorp.com/terraform/language/files/override). */
const OVERRIDE = { terraform: { backend: { local: { path: 'terraform.tfstate' } } } };

/**
 * A copy of a stack's folder that keeps its state in itself, so that planning needs neither the bucket nor the workspace
 * its backend names, and leaves nothing behind in the folder it came from. The copy begins without a state.
 */
export function copyWithLocalBackend(stackFolder: string): StackCopy {
  const folder = mkdtempSync(join(tmpdir(), 'cdktf-cloud-run-stack-'));
  cpSync(stackFolder, folder, { recursive: true, filter: (file) => !isTerraformsOwn(basename(file)) });
  writeFileSync(join(folder, 'local_backend_override.tf.json'), `${JSON.stringify(OVERRIDE, null, 2)}\n`);
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

export function isTerraformsOwn(name: string): boolean {
  return name === '.terraform' || /\.tfstate(\.|$)/.test(name);
}
