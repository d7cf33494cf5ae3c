import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:os';
import type { Environment } from './attach';
import type { Emulator } from './emulator';
import { Refusal } from './errors';
import { Guard } from './guard';

export interface RunOptions {
  readonly environment: Environment;
  readonly cwd?: string;
  /** Errors are always shown. */
  readonly output?: 'inherit' | 'ignore';
  /** Whether a Ctrl-C reaches the command by itself, because a terminal sends it to everything in its foreground. */
  readonly inTerminal: boolean;
}

const FORWARDED = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Runs a command with the provider attached. Returns its exit status, which is 128 plus the signal's number if a signal ended it. */
export async function runAttached(
  emulator: Emulator,
  [command = '', ...args]: readonly string[],
  options: RunOptions,
): Promise<number> {
  const guard = Guard.over(emulator.folder);
  try {
    const child = spawn(command, args, {
      stdio: ['inherit', options.output ?? 'inherit', 'inherit'],
      env: emulator.environment(options.environment),
      ...(options.cwd !== undefined && { cwd: options.cwd }),
    });
    const stopForwarding = forwardSignals(child, options.inTerminal);
    try {
      await started(child, command);
      guard.watch(child);
      return await exitStatus(child);
    } finally {
      stopForwarding();
    }
  } finally {
    await guard.dismiss();
  }
}

const INSTALLATION: Readonly<Record<string, string>> = {
  terraform: 'install Terraform 1.7 or later (developer.hashicorp.com/terraform/install)',
  tofu: 'install OpenTofu 1.7 or later (opentofu.org/docs/intro/install)',
};

async function started(child: ChildProcess, command: string): Promise<void> {
  try {
    await once(child, 'spawn');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT') throw new Refusal(`cannot run '${command}': ${message}`);
    const remedy = INSTALLATION[command] ?? 'install it, or write its path';
    throw new Refusal(`there is no '${command}' on the PATH: ${remedy}`);
  }
}

async function exitStatus(child: ChildProcess): Promise<number> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  return child.signalCode === null ? (child.exitCode ?? 1) : 128 + constants.signals[child.signalCode];
}

/** Terraform stops at once when it gets a second interrupt, so one Ctrl-C must not reach it twice. */
function forwardSignals(child: ChildProcess, inTerminal: boolean): () => void {
  const handlers = FORWARDED.map((signal) => {
    const forward = () => {
      if (!(inTerminal && signal === 'SIGINT')) child.kill(signal);
    };
    process.on(signal, forward);
    return () => process.off(signal, forward);
  });
  return () => {
    for (const stop of handlers) stop();
  };
}
