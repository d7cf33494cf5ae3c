import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { Command } from 'commander';
import { InputError } from '../terraform-json/input-error';
import { outputFolder, readCdktfJson } from './cdktf-json';
import { environmentNaming, isRunBySynth, recordedAt } from './chosen-file';
import { readPackageJson } from './package-json';
import { reportingInputErrors } from './terraform-file';

/** `synth [FILE]`: services.yaml → Terraform JSON. It runs the app of cdktf.json like cdktf itself. */
export function synthCommand(): Command {
  return new Command('synth')
    .description('write the Terraform JSON of services.yaml to cdktf.out')
    .argument('[file]', 'what to read; default: SERVICES_FILE, else what the last synth read, else services.yaml')
    .option('--quiet', 'print nothing but errors')
    .action((file: string | undefined, { quiet = false }: { quiet?: boolean }) =>
      reportingInputErrors(() => {
        process.exitCode = isRunBySynth() ? ownApp().runOwnApp(quiet) : synthesize(file, quiet);
      }),
    );
}

/** Synthesizes, and returns the exit status. Problems are always written to standard error, also with `quiet`. */
export function synthesize(file: string | undefined, quiet: boolean): number {
  if (file === '-')
    throw new InputError('a synth does not read standard input', 'name a file, which cdktf can read again');
  const cdktfJson = readCdktfJson();
  const { app } = cdktfJson;
  if (app === undefined) return ownApp().runOwnApp(quiet, file);
  refuseMissingPackages(app);
  const folder = outputFolder(cdktfJson);
  const before = recordedAt(folder);
  const status = runShell(app, quiet, { ...environmentNaming(file), CDKTF_OUTDIR: folder });
  if (status !== 0 || recordedAt(folder) !== before) return status;
  throw new InputError(
    `'${app}', the app of cdktf.json, did not read services.yaml`,
    'call buildServices(app) in it, as docs/services-yaml.md shows',
  );
}

/** Loaded only where it is used: an app of cdktf.json loads cdktf in its own process. */
function ownApp(): typeof import('./own-app') {
  return require('./own-app');
}

/** Runs the app, which cdktf.json has as a shell command. */
function runShell(app: string, quiet: boolean, env: NodeJS.ProcessEnv): number {
  const stdout = quiet ? 'ignore' : 'inherit';
  return spawnSync(app, { env, stdio: ['inherit', stdout, 'inherit'], shell: true }).status ?? 1;
}

/** Reports missing packages in one line: node's own message is long. */
function refuseMissingPackages(app: string): void {
  // With Yarn's Plug'n'Play, packages are in no folder.
  if (existsSync('.pnp.cjs')) return;
  if (/(^|[ =])tsx(?![./\w-])/.test(app) && !isInstalled('tsx')) {
    throw new InputError(`tsx is not installed, which '${app}' of cdktf.json needs`, 'run npm install');
  }
  const missing = Object.keys(readPackageJson().dependencies ?? {}).find((name) => !isInstalled(name));
  if (missing !== undefined)
    throw new InputError(`${missing} is not installed, which package.json names`, 'run npm install');
}

/** Whether node finds a folder of the package from here. */
function isInstalled(name: string): boolean {
  const folders = createRequire(resolve('package.json')).resolve.paths(name) ?? [];
  return folders.some((folder) => existsSync(join(folder, name)));
}
