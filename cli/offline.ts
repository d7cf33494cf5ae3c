import { Command } from 'commander';
import { loadEmulator } from './emulator';
import { isInTerminal } from './terminal';
import { reportingInputErrors } from './terraform-file';

/** `cdktf-cloud-run offline [--cloud FILE] -- COMMAND…`: any command, with an emulated google provider instead of the real one. */
export function offlineCommand(): Command {
  return new Command('offline')
    .description('run terraform, tofu or cdktf against an emulated google provider, without network or credentials')
    .option('--cloud <file>', 'keep the emulated cloud in this JSON file')
    .argument('<command...>', 'what to run, after --')
    .addHelpText('after', '\nExample: cdktf-cloud-run offline -- terraform -chdir=cdktf.out/stacks/prod plan')
    .action((command: string[], { cloud }: { cloud?: string }) =>
      reportingInputErrors(async () => {
        process.exitCode = await runOffline(command, cloud);
      }),
    );
}

/** Returns the command's own exit status; 1 if it could not be run. */
async function runOffline(command: string[], cloudFile: string | undefined): Promise<number> {
  const { Emulator, foldersOf, Refusal, runAttached } = loadEmulator();
  try {
    const folders = () => foldersOf(command, process.cwd());
    const emulator = await Emulator.start({ folders, ...(cloudFile !== undefined && { cloudFile }) });
    try {
      return await runAttached(emulator, command, { environment: process.env, inTerminal: isInTerminal() });
    } finally {
      await emulator.close();
    }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 1;
  }
}
