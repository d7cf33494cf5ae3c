import type { Environment } from './attach';
import { typesIn } from './configured-types';
import { Emulator } from './emulator';
import { copyWithLocalBackend } from './local-backend';
import { runAttached } from './run';

export interface PlanOfflineOptions {
  readonly environment: Environment;
  readonly inTerminal: boolean;
  /** `terraform`, or the name of another binary that takes the same arguments. */
  readonly terraform?: string;
  readonly cloudFile?: string;
}

/** `terraform init` and `terraform plan` of a synthesized stack in a copy of its folder; answers with the exit status. */
export async function planOffline(
  stackFolder: string,
  args: readonly string[],
  { terraform = 'terraform', cloudFile, ...options }: PlanOfflineOptions,
): Promise<number> {
  const copy = copyWithLocalBackend(stackFolder);
  const emulator = await Emulator.start({
    configuredTypes: () => typesIn([copy.folder]),
    ...(cloudFile !== undefined && { cloudFile }),
  });
  const run = (command: readonly string[]) =>
    runAttached(emulator, [terraform, ...command], { ...options, cwd: copy.folder });
  try {
    const status = await run(['init', '-input=false']);
    return status === 0 ? await run(['plan', '-input=false', ...args]) : status;
  } finally {
    await emulator.close();
    copy.remove();
  }
}
