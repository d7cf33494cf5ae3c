import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { command, emptyFolder, ROOT, runNode } from './run';

const ENVIRONMENTS = 'environments:\n  prod: {project: acme-prod, region: europe-west1}\n';

test('a file without errors is fine, warnings or not, and nothing is written', () => {
  const folder = emptyFolder();
  const { status, stdout, stderr } = command(['check', join(ROOT, 'services.yaml')], folder);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toMatch(/warning .*\[domain-mapping-preview\]\n/);
  expect(stdout).toMatch(/services\.yaml: no errors in 2 environments with 6 services\n$/);
  expect(readdirSync(folder)).toEqual([]);
});

const REFUSED: Record<string, [content: string | Buffer, line: string]> = {
  'an unknown key': [`${ENVIRONMENTS}service: {}\n`, "file.yaml:3:1: unknown key 'service' (did you mean 'services'?)"],
  'UTF-16': [Buffer.from(ENVIRONMENTS, 'utf16le'), 'file.yaml:1:1: the file is not UTF-8: save it as UTF-8'],
  'Latin-1': [
    Buffer.from(`${ENVIRONMENTS}# caf\xe9\n`, 'latin1'),
    'file.yaml:3:1: the file is not UTF-8: save it as UTF-8',
  ],
  'a NUL byte': [
    `${ENVIRONMENTS}# \0 and more than four times as many letters as zeros\n`,
    'file.yaml:3:1: there is a NUL byte in this line: take it out',
  ],
  'ten megabytes': [
    `${ENVIRONMENTS}${'#'.repeat(10_000_000)}`,
    'file.yaml: the file has 10000065 bytes; at most 5000000 are read: split it',
  ],
};

test.each(Object.entries(REFUSED))('%s is refused in one line, with exit code 1', (_, [content, line]) => {
  const folder = emptyFolder();
  writeFileSync(join(folder, 'file.yaml'), content);
  expect(command(['check', 'file.yaml'], folder)).toEqual({ status: 1, stdout: '', stderr: `${line}\n` });
});

test('a missing file and a directory are refused like any other mistake', () => {
  const folder = emptyFolder();
  mkdirSync(join(folder, 'sub'));
  expect(command(['check'], folder)).toEqual({
    status: 1,
    stdout: '',
    stderr: 'services.yaml: there is no such file\n',
  });
  expect(command(['check', 'sub'], folder).stderr).toBe('sub: this is a directory: name the file in it\n');
});

test('several files and standard input are checked in one run', () => {
  const folder = emptyFolder();
  const services = 'services: {api: {image: "europe-docker.pkg.dev/acme/apps/api:1"}}\n';
  writeFileSync(join(folder, 'good.yaml'), `${ENVIRONMENTS}${services}`);
  writeFileSync(join(folder, 'bad.yaml'), `${ENVIRONMENTS}service: {}\n`);
  const bin = join(ROOT, 'bin/cdktf-cloud-run.js');
  expect(runNode([bin, 'check', 'good.yaml', 'bad.yaml', '-'], folder, {}, `${ENVIRONMENTS}${services}`)).toEqual({
    status: 1,
    stdout:
      'good.yaml: no errors in 1 environment with 1 service\nstandard input: no errors in 1 environment with 1 service\n',
    stderr: "bad.yaml:3:1: unknown key 'service' (did you mean 'services'?)\n",
  });
});

test('--format json says the same to programs', () => {
  const folder = emptyFolder();
  writeFileSync(join(folder, 'bad.yaml'), `${ENVIRONMENTS}services: {api: {image: a, ingress: interal}}\n`);
  const { status, stdout, stderr } = command(['check', 'bad.yaml', '--format', 'json'], folder);
  expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
  const { files, problems } = JSON.parse(stdout);
  expect(files).toEqual(['bad.yaml']);
  expect(problems).toContainEqual(
    expect.objectContaining({ file: 'bad.yaml', line: 3, column: 37, severity: 'error', path: 'services.api.ingress' }),
  );
  const { status: fine, stdout: warnings } = command(
    ['check', '--format', 'json', join(ROOT, 'services.yaml')],
    folder,
  );
  expect(fine).toBe(0);
  expect(JSON.parse(warnings).problems.map(({ severity }: { severity: string }) => severity)).toContain('warning');
});

test('without a name it checks what a synth would read', () => {
  const folder = emptyFolder();
  writeFileSync(join(folder, 'other.yaml'), ENVIRONMENTS);
  expect(command(['check'], folder, { SERVICES_FILE: 'other.yaml' }).stdout).toContain('other.yaml: no errors');
});

test('a byte order mark is no mistake', () => {
  const folder = emptyFolder();
  writeFileSync(
    join(folder, 'services.yaml'),
    `\ufeff${ENVIRONMENTS}services: {api: {image: "europe-docker.pkg.dev/acme/apps/api:1"}}\n`,
  );
  expect(command(['check'], folder)).toMatchObject({ status: 0, stderr: '' });
});

test('a file with a mistake in each of thousands of lines is answered in seconds', () => {
  const folder = emptyFolder();
  const services = Array.from({ length: 8000 }, (_, i) => `  service-${i}: {imagee: apps/service, cpu: 1, port: 80}\n`);
  writeFileSync(join(folder, 'services.yaml'), `${ENVIRONMENTS}services:\n${services.join('')}`);
  const started = Date.now();
  const { status, stderr } = command(['check'], folder);
  expect({ status, lines: stderr.split('\n').length }).toEqual({ status: 1, lines: 22 });
  expect(Date.now() - started).toBeLessThan(20_000);
}, 30_000);

test('schema prints the JSON Schema', () => {
  const { status, stdout } = command(['schema'], emptyFolder());
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ $ref: '#/definitions/Spec' });
});
