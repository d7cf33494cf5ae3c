import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { command, emptyFolder, ROOT, runNode } from './run';

/** Peers, and what they need in turn, are linked from the checkout: the google bindings alone are hundreds of megabytes. */
const PEERS = ['cdktf', 'constructs', '@cdktf/provider-google'];

const project = emptyFolder();
const installed = () => join(project, 'node_modules/cdktf-cloud-run');

function npm(args: readonly string[], cwd: string): string {
  const { status, stdout, stderr } = spawnSync('npm', args, { cwd, encoding: 'utf8' });
  if (status !== 0) throw new Error(`npm ${args.join(' ')}: ${stderr}`);
  return stdout;
}

beforeAll(() => {
  npm(['pack', '--silent', '--pack-destination', project], ROOT);
  const tarball = readdirSync(project).find((name) => name.endsWith('.tgz')) as string;
  writeFileSync(join(project, 'package.json'), '{"name": "empty", "private": true}');
  npm(['install', '--legacy-peer-deps', '--no-audit', '--no-fund', join(project, tarball)], project);
  for (const peer of PEERS) {
    const link = join(project, 'node_modules', peer);
    mkdirSync(join(link, '..'), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules', peer), link);
  }
  writeFileSync(
    join(project, 'services.yaml'),
    `environments:
  prod: {project: acme-prod, region: europe-west1}
services:
  api: {image: "europe-docker.pkg.dev/acme/apps/api:1.0.0"}
`,
  );
}, 180_000);

const installedCommand = (args: readonly string[]) =>
  runNode([join(project, 'node_modules/.bin/cdktf-cloud-run'), ...args], project);

test('the package is what was built, and not the sources', () => {
  expect(readdirSync(installed()).sort()).toEqual(['LICENSE', 'README.md', 'bin', 'dist', 'package.json']);
  expect(readdirSync(join(project, 'node_modules'))).not.toContain('tsx');
});

test('the installed command checks a file', () => {
  expect(installedCommand(['check'])).toEqual({
    status: 0,
    stdout: 'services.yaml: no errors in 1 environment with 1 service\n',
    stderr: '',
  });
});

test('the installed command prints the schema of the checkout', () => {
  expect(installedCommand(['schema'])).toEqual(command(['schema'], ROOT));
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

test('the types come along', () => {
  writeFileSync(
    join(project, 'main.ts'),
    `import { App } from 'cdktf';
import { CloudRunService, CloudRunStack } from 'cdktf-cloud-run';
const stack = new CloudRunStack(new App(), 'prod', { project: 'acme-prod', region: 'europe-west1' });
new CloudRunService(stack, 'api', { image: 'a', ingress: 'internal' });
// @ts-expect-error: not an ingress setting
new CloudRunService(stack, 'web', { image: 'a', ingress: 'interal' });
`,
  );
  const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
  const options = ['--noEmit', '--strict', '--skipLibCheck', '--module', 'node16', 'main.ts'];
  expect(runNode([tsc, ...options], project)).toMatchObject({ status: 0, stdout: '' });
}, 60_000);
