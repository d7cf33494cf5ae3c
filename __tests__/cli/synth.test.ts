import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
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

test('SERVICES_FILE names the file where nobody can pass an argument', () => {
  const folder = emptyFolder();
  expect(synth([], folder, { SERVICES_FILE: EXAMPLE }).status).toBe(0);
  expect(existsSync(join(folder, 'cdktf.out/stacks/prod/cdk.tf.json'))).toBe(true);
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
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  expect(stderr).toMatch(/^services\.yaml:4:\d+ services\.api\.ingress: 'interal' is not one of [^\n]*\n$/);
  expect(output()).toBe(before);
});

test('a DNS sheet of an earlier run does not stay', () => {
  const folder = emptyFolder();
  synth([EXAMPLE], folder);
  writeFileSync(join(folder, 'services.yaml'), SMALL);
  synth([], folder);
  expect(existsSync(join(folder, 'cdktf.out/dns.md'))).toBe(false);
});

test('the folder of an environment that left the file is spoken of, not deleted', () => {
  const folder = emptyFolder();
  synth([EXAMPLE], folder);
  writeFileSync(join(folder, 'services.yaml'), SMALL);
  const { stdout } = synth([], folder);
  expect(stdout).toContain('terraform -chdir=cdktf.out/stacks/staging destroy');
  expect(existsSync(join(folder, 'cdktf.out/stacks/staging'))).toBe(true);
});
