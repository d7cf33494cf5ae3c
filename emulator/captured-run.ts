import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Environment } from './attach';
import type { Emulator } from './emulator';
import { Refusal } from './errors';
import { Guard } from './guard';

export interface CapturedRunOptions {
  /** The folder with the configuration. */
  readonly folder: string;
  readonly environment: Environment;
  /** `terraform`, or the name of another binary that takes the same arguments. */
  readonly terraform?: string;
  /** Ends the command when it is aborted; the promise is then rejected. */
  readonly signal?: AbortSignal;
}

/** Runs Terraform with the provider attached and returns its standard output. Throws a Refusal with Terraform's messages if it fails. */
export async function runCaptured(
  emulator: Emulator,
  args: readonly string[],
  { folder, environment, terraform = 'terraform', signal }: CapturedRunOptions,
): Promise<Buffer> {
  const guard = Guard.over(emulator.folder);
  try {
    const child = spawn(terraform, args, {
      cwd: folder,
      env: emulator.environment(environment),
      stdio: ['ignore', 'pipe', 'pipe'],
      killSignal: 'SIGKILL',
      ...(signal && { signal }),
    });
    const output: Buffer[] = [];
    const errors: Buffer[] = [];
    child.stdout.on('data', (chunk) => output.push(chunk));
    child.stderr.on('data', (chunk) => errors.push(chunk));
    if (child.pid !== undefined) guard.watch(child);
    const [status] = await once(child, 'close');
    if (status !== 0) throw new Refusal(Buffer.concat(errors).toString().trim());
    return Buffer.concat(output);
  } finally {
    await guard.dismiss();
  }
}
