import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { emptyFolder } from '../empty-folder';
import { describeWithTerraform } from '../emulator/harness';
import { ROOT, runNode } from './run';

/**
 * The packed package in an empty folder. What npm would install is linked from the checkout, so that no registry is asked: of
 * each package.json only what it names is there.
 */
const project = emptyFolder();
const modules = join(project, 'node_modules');
const installed = join(modules, 'cdktf-cloud-run');

function run(program: string, args: readonly string[], cwd: string): void {
  const { status, stderr } = spawnSync(program, args, { cwd, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${stderr}`);
}

/** What `npm install` does with the packages of these parts of a package.json. */
function install(manifest: string, ...parts: readonly string[]): void {
  const json = JSON.parse(readFileSync(manifest, 'utf8'));
  for (const name of parts.flatMap((part) => Object.keys(json[part] ?? {}))) {
    const link = join(modules, name);
    if (existsSync(link)) continue;
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules', name), link);
  }
}

beforeAll(() => {
  const packed = emptyFolder();
  // As the script `prepack` does, but without its check of the types: `npm run types` checks the same files.
  run('npm', ['run', '--silent', 'build', '--', '--noCheck'], ROOT);
  run('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', packed], ROOT);
  const tarball = readdirSync(packed).find((name) => name.endsWith('.tgz')) as string;
  run('tar', ['-xzf', tarball], packed);
  mkdirSync(join(modules, '.bin'), { recursive: true });
  renameSync(join(packed, 'package'), installed);
  symlinkSync('../cdktf-cloud-run/bin/cdktf-cloud-run.js', join(modules, '.bin/cdktf-cloud-run'));
  install(join(installed, 'package.json'), 'dependencies', 'peerDependencies');
}, 180_000);

const TSC = join(ROOT, 'node_modules/typescript/bin/tsc');
const TYPES = `import { App } from 'cdktf';
import { CloudRunService, CloudRunStack } from 'cdktf-cloud-run';
const stack = new CloudRunStack(new App(), 'prod', { project: 'acme-prod', region: 'europe-west1' });
new CloudRunService(stack, 'api', { image: 'a', ingress: 'internal' });
// @ts-expect-error: not an ingress setting
new CloudRunService(stack, 'web', { image: 'a', ingress: 'interal' });
`;

const installedCommand = (args: readonly string[]) =>
  runNode([join(modules, '.bin/cdktf-cloud-run'), ...args], project);

test('the package is what was built, and not the sources', () => {
  expect(JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).scripts.prepack).toBe('npm run build');
  expect(readdirSync(installed).sort()).toEqual(['LICENSE', 'README.md', 'bin', 'dist', 'package.json']);
  expect(readdirSync(modules)).not.toContain('tsx');
});

test('init writes a project into an empty folder, and changes nothing the second time', () => {
  const { status, stdout, stderr } = installedCommand(['init']);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toMatch(/^services\.yaml +written$/m);
  const files = ['services.yaml', 'main.ts', 'cdktf.json', 'tsconfig.json', 'package.json', '.gitignore'];
  const texts = () => files.map((file) => readFileSync(join(project, file), 'utf8'));
  const before = texts();
  expect(installedCommand(['init']).stdout).not.toMatch(/written|added/);
  expect(texts()).toEqual(before);
});

test('its services.yaml has no mistake, and names a schema that is there', () => {
  expect(installedCommand(['check'])).toEqual({
    status: 0,
    stdout: 'services.yaml: no errors in 1 environment with 1 service\n',
    stderr: '',
  });
  const [, schema] = /\$schema=(\S+)/.exec(readFileSync(join(project, 'services.yaml'), 'utf8')) ?? [];
  expect(JSON.parse(readFileSync(join(project, schema ?? ''), 'utf8')).$ref).toBe('#/definitions/Spec');
});

test('before npm install, synth prints what to run', () => {
  expect(installedCommand(['synth'])).toEqual({
    status: 1,
    stdout: '',
    stderr: "tsx is not installed, which 'node --import tsx main.ts' of cdktf.json needs: run npm install\n",
  });
});

describe('after npm install', () => {
  beforeAll(() => install(join(project, 'package.json'), 'dependencies', 'devDependencies'));

  test('synth runs main.ts and writes the Terraform', () => {
    const { status, stdout, stderr } = installedCommand(['synth']);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/^read services.yaml\n/);
    expect(stdout).toContain('prod: 1 service in cdktf.out/stacks/prod');
    const { resource } = JSON.parse(readFileSync(join(project, 'cdktf.out/stacks/prod/cdk.tf.json'), 'utf8'));
    expect(resource.google_cloud_run_v2_service.hello).toMatchObject({ location: 'europe-west1' });
  });

  test('without the optional packages, plan names the one that it needs', () => {
    expect(installedCommand(['plan', 'prod']).stderr).toMatch(
      /^read services\.yaml.*\nplanning without Google Cloud needs '[^']+', an optional package .*: run npm install --include=optional\n$/,
    );
  });

  describeWithTerraform('with the optional packages', () => {
    beforeAll(() => install(join(installed, 'package.json'), 'optionalDependencies'));
    afterAll(() => rmSync(join(modules, '@grpc'), { recursive: true }));

    test('plan plans without network or credentials', () => {
      const { status, stdout, stderr } = installedCommand(['plan', 'prod']);
      expect(stdout).toContain('# google_cloud_run_v2_service.hello will be created');
      expect({ status, stderr }).toEqual({ status: 0, stderr: 'read services.yaml, as the last synth did\n' });
    });
  });

  // One run of tsc for both: it takes two seconds.
  test('main.ts has no type errors in a project of its own, and the package contains the types', () => {
    const file = join(project, 'types.ts');
    writeFileSync(file, TYPES);
    const { status, stdout } = runNode([TSC, '-p', '.', '--listFiles'], project);
    rmSync(file);
    expect(stdout).not.toMatch(/: error TS/);
    expect(stdout.split('\n')).toEqual(expect.arrayContaining([join(project, 'main.ts'), file]));
    expect(status).toBe(0);
  }, 120_000);

  test('main.ts has no type errors in a project with the settings of cdktf', () => {
    const cdktf = ['--noEmit', '--strict', '--skipLibCheck', '--module', 'commonjs', '--moduleResolution', 'node'];
    expect(runNode([TSC, ...cdktf, 'main.ts'], project)).toMatchObject({ status: 0, stdout: '' });
  }, 120_000);
});

test('the installed command prints the schema of the checkout', () => {
  expect(installedCommand(['schema'])).toEqual(runNode([join(ROOT, 'bin/cdktf-cloud-run.js'), 'schema'], ROOT));
});

test('the constructs can be imported', () => {
  const program = `
    const { App, Testing } = require('cdktf');
    const { CloudRunService, CloudRunStack, DomainMapping } = require('cdktf-cloud-run');
    const stack = new CloudRunStack(Testing.app(), 'prod', { project: 'acme-prod', region: 'europe-west1' });
    const service = new CloudRunService(stack, 'api', { image: 'europe-docker.pkg.dev/acme/apps/api:1.0.0' });
    new DomainMapping(stack, 'api.example.com', { service });
    console.log(Object.keys(JSON.parse(Testing.synth(stack)).resource).join());`;
  const { stdout, stderr } = runNode(['--preserve-symlinks', '-e', program], project);
  expect({ stdout, stderr }).toEqual({
    stdout: 'google_cloud_run_domain_mapping,google_cloud_run_v2_service,google_service_account\n',
    stderr: '',
  });
});
