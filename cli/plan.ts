import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { InputError } from '../terraform-json/input-error';
import { outputFolder } from './cdktf-json';
import { chooseFile } from './chosen-file';
import { loadEmulator } from './emulator';
import { synthesize } from './synth';
import { isInTerminal } from './terminal';
import { reportingInputErrors } from './terraform-file';

/** `plan ENVIRONMENT [FILE] [ARGUMENTS OF terraform plan]`: a synth and an offline plan. Its exit code is that of Terraform's plan. */
export function planCommand(): Command {
  return new Command('plan')
    .description('synthesize, and plan an environment against an emulated google provider: no network, no credentials')
    .usage('[options] <environment> [file] [arguments of terraform plan]')
    .argument('[environment]', 'the environment to plan')
    .argument('[file]', 'what to read; default: SERVICES_FILE, else what the last synth read, else services.yaml')
    .argument('[arguments...]', 'arguments of `terraform plan`, such as -detailed-exitcode')
    .addHelpText('after', '\nExample: cdktf-cloud-run plan prod services.yaml -detailed-exitcode')
    .allowUnknownOption()
    .action((environment: string | undefined, ...rest: unknown[]) =>
      reportingInputErrors(async () => {
        process.exitCode = await plan(environment, argumentsIn(rest));
      }),
    );
}

/** Commander passes the file, the arguments, the options and itself; unknown options are among the first two. */
function argumentsIn([file, more]: readonly unknown[]): string[] {
  return [...(typeof file === 'string' ? [file] : []), ...(more as string[])];
}

async function plan(environment: string | undefined, args: readonly string[]): Promise<number> {
  const named = args[0]?.startsWith('-') === false ? args[0] : undefined;
  const folder = outputFolder();
  const { path, words } = chooseFile(folder, named);
  const status = synthesize(path, true);
  if (status !== 0) return status;
  const stack = stackFolder(folder, environment, path);
  // Standard output holds only Terraform's output, so that another program can read it.
  process.stderr.write(`${words}\n`);
  const { planOffline, Refusal } = loadEmulator();
  try {
    const plain = process.env.NO_COLOR || !process.stdout.isTTY ? ['-no-color'] : [];
    const options = { environment: process.env, inTerminal: isInTerminal() };
    return await planOffline(stack, [...plain, ...args.slice(named === undefined ? 0 : 1)], options);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 1;
  }
}

/** The folder of an environment of the last synth: folders of an earlier file may still be there too. */
function stackFolder(folder: string, environment: string | undefined, file: string): string {
  const { stacks } = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'));
  const names = Object.keys(stacks);
  if (environment !== undefined && names.includes(environment)) return join(folder, 'stacks', environment);
  const problem = environment === undefined ? 'no environment is named' : `${file} has no environment '${environment}'`;
  throw new InputError(problem, `name one of ${names.join(', ')}`);
}
