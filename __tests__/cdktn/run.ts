import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

/**
 * `npm run test:cdktn`: the tests of the constructs, of services.yaml and of the examples' Terraform with CDK Terrain in place
 * of CDK for Terraform, in a copy of the project. npm downloads the two packages; everything else is from the project.
 */
const HOST = { cdktf: 'npm:cdktn@0.24.0', constructs: '10.6.0' };
const TESTED = ['__tests__/constructs', '__tests__/services-yaml', '__tests__/examples'];

const root = resolve(__dirname, '../..');
const copy = mkdtempSync(join(tmpdir(), 'cdktn-'));
try {
  process.exitCode = test();
} finally {
  rmSync(copy, { recursive: true, force: true });
}

function test(): number {
  copyProject();
  const installed = installHost();
  if (installed !== 0) return installed;
  return run(process.execPath, [join('node_modules', 'jest', 'bin', 'jest.js'), ...TESTED], copy);
}

function copyProject(): void {
  const { stdout } = spawnSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' });
  for (const file of stdout.split('\0').filter(Boolean)) {
    mkdirSync(dirname(join(copy, file)), { recursive: true });
    if (/^examples\/.*\.tf\.json$/.test(file)) writeFileSync(join(copy, file), ofHost(join(root, file)));
    else cpSync(join(root, file), join(copy, file));
  }
}

/** The Terraform JSON of an example. CDK Terrain writes its own version, and empty lists and maps on one line. */
function ofHost(file: string): string {
  const host = JSON.parse(readFileSync(join(root, 'node_modules/cdktf/package.json'), 'utf8')).version;
  return readFileSync(file, 'utf8')
    .replace(`"version": "${host}"`, `"version": "${HOST.cdktf.split('@')[1]}"`)
    .replaceAll(/([{[])\n *([}\]])/g, '$1$2');
}

/** The host from npm; the bindings copied, so that they find it; the rest of the project's packages by links. */
function installHost(): number {
  const folder = join(copy, 'host');
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, dependencies: HOST }));
  const status = run('npm', ['install', '--no-audit', '--no-fund', '--no-package-lock'], folder);
  const modules = join(root, 'node_modules');
  mkdirSync(join(copy, 'node_modules/@cdktf'), { recursive: true });
  for (const name of readdirSync(modules)) {
    if (name === '@cdktf' || name.startsWith('cdktf') || name in HOST) continue;
    symlinkSync(join(modules, name), join(copy, 'node_modules', name));
  }
  const bindings = '@cdktf/provider-google';
  cpSync(join(modules, bindings), join(copy, 'node_modules', bindings), { recursive: true });
  for (const name of Object.keys(HOST))
    symlinkSync(join(folder, 'node_modules', name), join(copy, 'node_modules', name));
  return status;
}

function run(command: string, args: readonly string[], cwd: string): number {
  return spawnSync(command, args, { cwd, stdio: 'inherit' }).status ?? 1;
}
