import { Command } from 'commander';

/** The output of a command, and its exit code. */
export interface Ran {
  readonly output: string;
  readonly errors: string;
  readonly exitCode: number;
}

/** Runs a subcommand in this process, as `cdktf-cloud-run NAME …` does. */
export async function runCommand(command: Command, ...args: readonly string[]): Promise<Ran> {
  const program = new Command().addCommand(command.exitOverride());
  return capturing(() => program.parseAsync([command.name(), ...args], { from: 'user' }));
}

/** Runs a subcommand in this process and in a folder, with more variables in its environment. */
export async function runCommandIn(
  folder: string,
  command: Command,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<{ readonly status: number; readonly stdout: string; readonly stderr: string }> {
  const before = { folder: process.cwd(), environment: process.env };
  process.chdir(folder);
  process.env = { ...before.environment, ...environment };
  try {
    const { output, errors, exitCode } = await runCommand(command, ...args);
    return { status: exitCode, stdout: output, stderr: errors };
  } finally {
    process.env = before.environment;
    process.chdir(before.folder);
  }
}

/** Runs a function, and returns its output instead of printing it. */
async function capturing(work: () => unknown): Promise<Ran> {
  const printed = { stdout: '', stderr: '' };
  const print = (stream: keyof typeof printed, text: unknown) => {
    printed[stream] += text;
    return true;
  };
  const spies = [
    jest.spyOn(process.stdout, 'write').mockImplementation((text) => print('stdout', text)),
    jest.spyOn(process.stderr, 'write').mockImplementation((text) => print('stderr', text)),
    jest.spyOn(console, 'log').mockImplementation((text) => void print('stdout', `${text}\n`)),
    jest.spyOn(console, 'error').mockImplementation((text) => void print('stderr', `${text}\n`)),
  ];
  try {
    await work();
    return { output: printed.stdout, errors: printed.stderr, exitCode: Number(process.exitCode ?? 0) };
  } finally {
    process.exitCode = undefined;
    for (const spy of spies) spy.mockRestore();
  }
}
