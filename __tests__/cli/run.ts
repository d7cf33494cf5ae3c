import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { builtCommand } from './built-command';

export const ROOT = resolve(__dirname, '../..');

/** The output and exit status of a program. */
export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs node in a folder, without the environment's own choice of a services.yaml. */
export function runNode(
  args: readonly string[],
  cwd: string,
  environment: Record<string, string> = {},
  input?: string,
): Ended {
  const { SERVICES_FILE: _, CDKTF_OUTDIR: __, ...env } = process.env;
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd,
    input,
    env: { ...env, ...environment },
    encoding: 'utf8',
    maxBuffer: 100_000_000,
  });
  return { status, stdout, stderr };
}

/** `npx cdktf-cloud-run ARGS` in a folder. */
export function command(args: readonly string[], cwd: string, environment?: Record<string, string>): Ended {
  return runNode([builtCommand(), ...args], cwd, environment);
}

/** `npm run synth -- ARGS` in a folder of its own. */
export function synth(args: readonly string[], cwd: string, environment?: Record<string, string>): Ended {
  return command(['synth', ...args], cwd, environment);
}

/** `npm run plan -- ARGS` in a folder of its own. */
export function plan(args: readonly string[], cwd: string, environment?: Record<string, string>): Ended {
  return command(['plan', ...args], cwd, environment);
}
