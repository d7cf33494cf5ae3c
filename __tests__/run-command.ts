import { Command } from 'commander';

/** What a command printed, and what it would have exited with. */
export interface Ran {
  readonly output: string;
  readonly errors: string;
  readonly exitCode: number;
}

/** Runs a subcommand in this process, as `cdktf-cloud-run NAME …` does. */
export async function runCommand(command: Command, ...args: readonly string[]): Promise<Ran> {
  const printed = { stdout: '', stderr: '' };
  const spies = (['stdout', 'stderr'] as const).map((stream) =>
    jest.spyOn(process[stream], 'write').mockImplementation((text) => {
      printed[stream] += text;
      return true;
    }),
  );
  const program = new Command().addCommand(command.exitOverride());
  try {
    await program.parseAsync([command.name(), ...args], { from: 'user' });
    return { output: printed.stdout, errors: printed.stderr, exitCode: Number(process.exitCode ?? 0) };
  } finally {
    process.exitCode = undefined;
    for (const spy of spies) spy.mockRestore();
  }
}
