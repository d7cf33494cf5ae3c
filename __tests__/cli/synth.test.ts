import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { initCommand } from '../../cli/init';
import { planCommand } from '../../cli/plan';
import { synthCommand } from '../../cli/synth';
import { emptyFolder } from '../empty-folder';
import { runCommandIn } from '../run-command';
import { command, type Ended, ROOT } from './run';

const EXAMPLE = join(ROOT, 'services.yaml');
const SMALL = `environments:
  prod: {project: acme-prod, region: europe-west1}
services:
  api: {image: "europe-docker.pkg.dev/acme/apps/api:1.0.0"}
`;

/** `cdktf-cloud-run synth ARGS` in a folder: in this process where it runs no other program. */
const synth = (args: readonly string[], folder: string, environment?: Record<string, string>) =>
  runCommandIn(folder, synthCommand(), args, environment);

describe('the example', () => {
  const [folder, other] = [emptyFolder(), emptyFolder()];
  let ended: Ended;

  beforeAll(async () => {
    ended = await synth([EXAMPLE], folder);
  });

  test('is synthesized, with a folder and a table for each environment', () => {
    expect(ended.status).toBe(0);
    expect(ended.stdout.replaceAll(ROOT, '')).toMatchSnapshot();
    expect(readdirSync(join(folder, 'cdktf.out/stacks'))).toEqual(['prod', 'staging']);
    expect(readFileSync(join(folder, 'cdktf.out/dns.md'), 'utf8')).toContain('| CNAME | hello.example.com |');
  });

  test('gives the same bytes in a process of its own in another folder, and says the same', () => {
    expect(command(['synth', EXAMPLE], other)).toEqual(ended);
    for (const file of ['manifest.json', 'dns.md', 'stacks/prod/cdk.tf.json', 'stacks/staging/cdk.tf.json']) {
      const read = (folder: string) => readFileSync(join(folder, 'cdktf.out', file), 'utf8');
      expect(read(other)).toBe(read(folder));
      expect(read(folder)).not.toContain(folder);
    }
  });

  test('a smaller file reports the folders that it no longer has and deletes none; the old DNS page is removed', async () => {
    writeFileSync(join(other, 'services.yaml'), SMALL);
    const { stdout } = await synth(['services.yaml'], other);
    expect(stdout).toContain('terraform -chdir=cdktf.out/stacks/staging destroy');
    expect(existsSync(join(other, 'cdktf.out/stacks/staging'))).toBe(true);
    expect(existsSync(join(other, 'cdktf.out/dns.md'))).toBe(false);
    expect(JSON.parse(readFileSync(join(other, 'cdktf.out/stacks/prod/sources.json'), 'utf8'))).toEqual({
      file: '../../../services.yaml',
      stack: '2:3',
      resources: { 'google_cloud_run_v2_service.api': '4:3', 'google_service_account.api': '4:3' },
    });
  });
});

test('--quiet prints nothing', async () => {
  expect(await synth(['--quiet', EXAMPLE], emptyFolder())).toEqual({ status: 0, stdout: '', stderr: '' });
});

test('every synth prints which file it read; without a name it is the file of the last synth', async () => {
  const folder = emptyFolder();
  writeFileSync(join(folder, 'services.yaml'), SMALL);
  writeFileSync(join(folder, 'other.yaml'), SMALL);
  const { stdout } = await synth(['other.yaml'], folder, { SERVICES_FILE: 'services.yaml' });
  expect(stdout).toMatch(/^read other\.yaml\n/);
  rmSync(join(folder, 'other.yaml'));
  expect(await synth([], folder)).toEqual({
    status: 1,
    stdout: 'read other.yaml, as the last synth did\n',
    stderr: 'other.yaml: there is no such file\n',
  });
});

test('the app of cdktf.json is run, as cdktf runs it', () => {
  const folder = emptyFolder();
  writeFileSync(join(folder, 'services.yaml'), SMALL);
  const app = `node --require ${join(ROOT, 'node_modules/tsx/dist/cjs/index.cjs')} ${join(ROOT, 'main.ts')}`;
  writeFileSync(join(folder, 'cdktf.json'), JSON.stringify({ app, output: 'terraform' }));
  expect(command(['synth', 'services.yaml'], folder)).toMatchObject({ status: 0, stderr: '' });
  expect(existsSync(join(folder, 'terraform/stacks/prod/cdk.tf.json'))).toBe(true);
});

test.each([
  ['does not read services.yaml', { app: 'true' }, /^'true', the app of cdktf.json, did not read services.yaml: call /],
  [
    'needs tsx, which is not there',
    { app: 'node --import tsx main.ts' },
    /^tsx is not installed, .*: run npm install\n$/,
  ],
])('an app that %s is reported in one line', async (_, cdktfJson, message) => {
  const folder = emptyFolder();
  writeFileSync(join(folder, 'cdktf.json'), JSON.stringify(cdktfJson));
  const { status, stdout, stderr } = await synth([], folder);
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  expect(stderr).toMatch(message);
  expect(stderr.trim()).not.toContain('\n');
});

test('a missing package of an app is reported in one line', async () => {
  const folder = emptyFolder();
  await runCommandIn(folder, initCommand(), []);
  mkdirSync(join(folder, 'node_modules/tsx'), { recursive: true });
  const stderr = 'constructs is not installed, which package.json names: run npm install\n';
  mkdirSync(join(folder, 'node_modules/cdktf'));
  mkdirSync(join(folder, 'node_modules/@cdktf/provider-google'), { recursive: true });
  expect(await synth([], folder)).toEqual({ status: 1, stdout: '', stderr });
  expect(await runCommandIn(folder, planCommand(), ['prod'])).toEqual({ status: 1, stdout: '', stderr });
  expect(existsSync(join(folder, 'cdktf.out'))).toBe(false);
});

test('standard input is refused: cdktf could not read it again', async () => {
  expect(await synth(['-'], emptyFolder())).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('name a file'),
  });
});

test('a refused file changes nothing in the output, and ends with 1', async () => {
  const folder = emptyFolder();
  const file = join(folder, 'services.yaml');
  writeFileSync(file, SMALL);
  await synth([], folder);
  const output = () => readFileSync(join(folder, 'cdktf.out/stacks/prod/cdk.tf.json'), 'utf8');
  const before = output();
  writeFileSync(file, SMALL.replace('api:1.0.0"', 'api:2.0.0", ingress: interal'));
  const { status, stdout, stderr } = await synth([], folder);
  expect({ status, stdout }).toEqual({ status: 1, stdout: 'read services.yaml, as the last synth did\n' });
  expect(stderr).toMatch(/^services\.yaml:4:\d+ services\.api\.ingress: 'interal' is not one of [^\n]*\n$/);
  expect(output()).toBe(before);
});

test('a refused file writes nothing into an empty folder', async () => {
  const folder = emptyFolder();
  writeFileSync(join(folder, 'services.yaml'), SMALL.replace('api:1.0.0"', 'api:2.0.0", ingress: interal'));
  expect((await synth([], folder)).status).toBe(1);
  expect(readdirSync(folder)).toEqual(['services.yaml']);
});
