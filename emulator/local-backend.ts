import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

export interface StackCopy {
  readonly folder: string;
  remove(): void;
}

/** A backend in an override file replaces any `backend` or `cloud` block (developer.hashicorp.com/terraform/language/files/override). */
const OVERRIDE = { terraform: { backend: { local: { path: 'terraform.tfstate' } } } };

/**
 * Copies a stack's folder and keeps the state in the copy. So a plan needs no bucket or workspace, and does not change the original
 * folder. The copy has no state at first.
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
