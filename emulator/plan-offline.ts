import { Emulator } from './emulator';
import { copyWithLocalBackend } from './local-backend';
import { type RunOptions, runAttached } from './run';

export interface PlanOfflineOptions extends Pick<RunOptions, 'environment' | 'inTerminal' | 'output'> {
  /** `terraform`, or the name of another binary that takes the same arguments. */
  readonly terraform?: string;
  readonly cloudFile?: string;
}

/** Runs `terraform init` and `terraform plan` in a copy of a synthesized stack's folder. Returns the exit status. */
export async function planOffline(
  stackFolder: string,
  args: readonly string[],
  { terraform = 'terraform', cloudFile, ...options }: PlanOfflineOptions,
): Promise<number> {
  const copy = copyWithLocalBackend(stackFolder);
  const emulator = await Emulator.start({
    folders: () => [copy.folder],
    ...(cloudFile !== undefined && { cloudFile }),
  });
  const run = (command: readonly string[], more: Partial<RunOptions>) =>
    runAttached(emulator, [terraform, ...command], { ...options, ...more, cwd: copy.folder });
  try {
    // The output of init is about the copy, so it is hidden.
    const plain = args.filter((argument) => argument === '-no-color');
    const status = await run(['init', '-input=false', ...plain], { output: 'ignore' });
    return status === 0 ? await run(['plan', '-input=false', ...args], {}) : status;
  } finally {
    await emulator.close();
    copy.remove();
  }
}
