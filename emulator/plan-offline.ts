import { Emulator } from './emulator';
import { copyWithLocalBackend } from './local-backend';
import { type RunOptions, runAttached } from './run';

export interface PlanOfflineOptions extends Pick<RunOptions, 'environment' | 'inTerminal' | 'output'> {
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
    folders: () => [copy.folder],
    ...(cloudFile !== undefined && { cloudFile }),
  });
  const run = (command: readonly string[], more: Partial<RunOptions>) =>
    runAttached(emulator, [terraform, ...command], { ...options, ...more, cwd: copy.folder });
  try {
    // What init says is about the copy, which nobody asked for.
    const plain = args.filter((argument) => argument === '-no-color');
    const status = await run(['init', '-input=false', ...plain], { output: 'ignore' });
    return status === 0 ? await run(['plan', '-input=false', ...args], {}) : status;
  } finally {
    await emulator.close();
    copy.remove();
  }
}
