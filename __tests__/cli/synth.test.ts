import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { emptyFolder, ROOT, synth } from './run';

const EXAMPLE = join(ROOT, 'services.yaml');
const SMALL = `environments:
  prod: {project: acme-prod, region: europe-west1}
services:
  api: {image: "europe-docker.pkg.dev/acme/apps/api:1.0.0"}
`;

test('the example is synthesized, with a folder and a table for each environment', () => {
  const folder = emptyFolder();
  const { status, stdout } = synth([EXAMPLE], folder);
  expect(status).toBe(0);
  expect(stdout.replaceAll(ROOT, '')).toMatchSnapshot();
  expect(readdirSync(join(folder, 'cdktf.out/stacks'))).toEqual(['prod', 'staging']);
  expect(readFileSync(join(folder, 'cdktf.out/dns.md'), 'utf8')).toContain('| CNAME | hello.example.com |');
});

test('two runs in two folders give the same bytes, and say the same', () => {
  const [first, second] = [emptyFolder(), emptyFolder()];
  expect(synth([EXAMPLE], first)).toEqual(synth([EXAMPLE], second));
  for (const file of ['manifest.json', 'dns.md', 'stacks/prod/cdk.tf.json', 'stacks/staging/cdk.tf.json']) {
    const read = (folder: string) => readFileSync(join(folder, 'cdktf.out', file), 'utf8');
    expect(read(first)).toBe(read(second));
    expect(read(first)).not.toContain(first);
  }
});

test('--quiet prints nothing', () => {
  expect(synth(['--quiet', EXAMPLE], emptyFolder())).toEqual({ status: 0, stdout: '', stderr: '' });
});

/** What `synth` says it read. */
function read(args: readonly string[], folder: string, environment?: Record<string, string>): string {
  const { stdout, stderr } = synth(args, folder, environment);
  return stdout.split('\n')[0] || stderr;
}

test('every synth says which file it read; without a name it is the one of the last synth', () => {
  const folder = emptyFolder();
  for (const name of ['services.yaml', 'other.yaml']) writeFileSync(join(folder, name), SMALL);
  expect(read([], folder)).toBe('read services.yaml');
  expect(read(['other.yaml'], folder)).toBe('read other.yaml; the last synth read services.yaml');
  expect(read([], folder)).toBe('read other.yaml, as the last synth did');
  expect(read([], folder, { SERVICES_FILE: 'services.yaml' })).toBe(
    'read services.yaml, which SERVICES_FILE names; the last synth read other.yaml',
  );
  expect(read(['other.yaml'], folder, { SERVICES_FILE: 'services.yaml' })).toBe(
    'read other.yaml; the last synth read services.yaml',
  );
  rmSync(join(folder, 'other.yaml'));
  expect(synth([], folder)).toEqual({
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
  expect(synth(['services.yaml'], folder)).toMatchObject({ status: 0, stderr: '' });
  expect(existsSync(join(folder, 'terraform/stacks/prod/cdk.tf.json'))).toBe(true);
});

test.each([
  ['does not read services.yaml', { app: 'true' }, /^'true', the app of cdktf.json, did not read services.yaml: call /],
  [
    'needs tsx, which is not there',
    { app: 'node --import tsx main.ts' },
    /^tsx is not installed, .*: run npm install\n$/,
  ],
])('an app that %s is told in one line', (_, cdktfJson, message) => {
  const folder = emptyFolder();
  writeFileSync(join(folder, 'cdktf.json'), JSON.stringify(cdktfJson));
  const { status, stdout, stderr } = synth([], folder);
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  expect(stderr).toMatch(message);
  expect(stderr.trim()).not.toContain('\n');
});

test('standard input is refused: cdktf could not read it again', () => {
  expect(synth(['-'], emptyFolder())).toMatchObject({ status: 1, stderr: expect.stringContaining('name a file') });
});

test('a refused file changes nothing in the output, and ends with 1', () => {
  const folder = emptyFolder();
  const file = join(folder, 'services.yaml');
  writeFileSync(file, SMALL);
  synth([], folder);
  const output = () => readFileSync(join(folder, 'cdktf.out/stacks/prod/cdk.tf.json'), 'utf8');
  const before = output();
  writeFileSync(file, SMALL.replace('api:1.0.0"', 'api:2.0.0", ingress: interal'));
  const { status, stdout, stderr } = synth([], folder);
  expect({ status, stdout }).toEqual({ status: 1, stdout: 'read services.yaml, as the last synth did\n' });
  expect(stderr).toMatch(/^services\.yaml:4:\d+ services\.api\.ingress: 'interal' is not one of [^\n]*\n$/);
  expect(output()).toBe(before);
});

test('a DNS sheet of an earlier run does not stay', () => {
  const folder = emptyFolder();
  synth([EXAMPLE], folder);
  writeFileSync(join(folder, 'services.yaml'), SMALL);
  synth(['services.yaml'], folder);
  expect(existsSync(join(folder, 'cdktf.out/dns.md'))).toBe(false);
});

test('the folder of an environment that left the file is spoken of, not deleted', () => {
  const folder = emptyFolder();
  synth([EXAMPLE], folder);
  writeFileSync(join(folder, 'services.yaml'), SMALL);
  const { stdout } = synth(['services.yaml'], folder);
  expect(stdout).toContain('terraform -chdir=cdktf.out/stacks/staging destroy');
  expect(existsSync(join(folder, 'cdktf.out/stacks/staging'))).toBe(true);
});
