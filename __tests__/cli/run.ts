import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

export const ROOT = resolve(__dirname, '../..');

/** What a program printed, and how it ended. */
export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs node in a folder, without the environment's own choice of a services.yaml. */
export function runNode(args: readonly string[], cwd: string, environment: Record<string, string> = {}): Ended {
  const { SERVICES_FILE: _, CDKTF_OUTDIR: __, ...env } = process.env;
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd,
    env: { ...env, ...environment },
    encoding: 'utf8',
    maxBuffer: 100_000_000,
  });
  return { status, stdout, stderr };
}

/** Runs one of the checkout's TypeScript programs, such as `main.ts`, as the npm scripts do. */
function runSource(program: string, args: readonly string[], cwd: string, environment?: Record<string, string>): Ended {
  const tsx = join(ROOT, 'node_modules/tsx/dist/cjs/index.cjs');
  return runNode(['--require', tsx, join(ROOT, program), ...args], cwd, environment);
}

/** `npm run synth -- ARGS` in a folder of its own. */
export function synth(args: readonly string[], cwd: string, environment?: Record<string, string>): Ended {
  return runSource('main.ts', args, cwd, environment);
}

/** What `npm run plan -- ARGS` does in a folder after the synth. */
export function plan(args: readonly string[], cwd: string): Ended {
  return runSource('cli/plan.ts', args, cwd);
}

/** `npx cdktf-cloud-run ARGS` in a folder. */
export function command(args: readonly string[], cwd: string): Ended {
  return runNode([join(ROOT, 'bin/cdktf-cloud-run.js'), ...args], cwd);
}

const folders: string[] = [];

/** A folder of its own for a test, which goes when the tests of the file are done. */
export function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'cdktf-cloud-run-'));
  folders.push(folder);
  return folder;
}

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});
