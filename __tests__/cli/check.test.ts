import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkCommand } from '../../cli/check';
import { schemaCommand } from '../../cli/schema';
import { emptyFolder } from '../empty-folder';
import { runCommandIn } from '../run-command';
import { builtCommand } from './built-command';
import { ROOT, runNode } from './run';

/** `cdktf-cloud-run check ARGS` in a folder. */
const check = (folder: string, args: readonly string[] = [], environment?: Record<string, string>) =>
  runCommandIn(folder, checkCommand(), args, environment);

const ENVIRONMENTS = 'environments:\n  prod: {project: acme-prod, region: europe-west1}\n';

test('a file without errors is fine, warnings or not, and nothing is written', async () => {
  const [folder, temporary] = [emptyFolder(), emptyFolder()];
  const { status, stdout, stderr } = await check(folder, [join(ROOT, 'services.yaml')], { TMPDIR: temporary });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toMatch(/warning .*\[domain-mapping-preview\]\n/);
  expect(stdout).toMatch(/services\.yaml: no errors in 2 environments with 6 services\n$/);
  expect(readdirSync(folder)).toEqual([]);
  expect(readdirSync(temporary)).toEqual([]);
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

test.each(Object.entries(REFUSED))('%s is refused in one line, with exit code 1', async (_, [content, line]) => {
  const folder = emptyFolder();
  writeFileSync(join(folder, 'file.yaml'), content);
  expect(await check(folder, ['file.yaml'])).toEqual({ status: 1, stdout: '', stderr: `${line}\n` });
});

test('a missing file and a directory are refused like any other mistake', async () => {
  const folder = emptyFolder();
  mkdirSync(join(folder, 'sub'));
  expect(await check(folder)).toEqual({
    status: 1,
    stdout: '',
    stderr: "services.yaml: there is no such file: name yours, or let 'cdktf-cloud-run init' write one\n",
  });
  expect((await check(folder, ['sub.yaml'])).stderr).toBe('sub.yaml: there is no such file\n');
  writeFileSync(join(folder, 'sub.yml'), '');
  expect((await check(folder, ['sub.yaml'])).stderr).toBe(
    "sub.yaml: there is no such file (did you mean 'sub.yml'?)\n",
  );
  expect((await check(folder, ['sub'])).stderr).toBe('sub: this is a directory: name the file in it\n');
});

test('several files and standard input are checked in one run', () => {
  const folder = emptyFolder();
  const services = 'services: {api: {image: "europe-docker.pkg.dev/acme/apps/api:1"}}\n';
  writeFileSync(join(folder, 'good.yaml'), `${ENVIRONMENTS}${services}`);
  writeFileSync(join(folder, 'bad.yaml'), `${ENVIRONMENTS}service: {}\n`);
  expect(
    runNode([builtCommand(), 'check', 'good.yaml', 'bad.yaml', '-'], folder, {}, `${ENVIRONMENTS}${services}`),
  ).toEqual({
    status: 1,
    stdout:
      'good.yaml: no errors in 1 environment with 1 service\nstandard input: no errors in 1 environment with 1 service\n',
    stderr: "bad.yaml:3:1: unknown key 'service' (did you mean 'services'?)\n",
  });
});

test('--format json prints the same for programs', async () => {
  const folder = emptyFolder();
  writeFileSync(join(folder, 'bad.yaml'), `${ENVIRONMENTS}services: {api: {image: a, ingress: interal}}\n`);
  const { status, stdout, stderr } = await check(folder, ['bad.yaml', '--format', 'json']);
  expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
  const { files, problems } = JSON.parse(stdout);
  expect(files).toEqual(['bad.yaml']);
  expect(problems).toContainEqual(
    expect.objectContaining({ file: 'bad.yaml', line: 3, column: 37, severity: 'error', path: 'services.api.ingress' }),
  );
  const { status: fine, stdout: warnings } = await check(folder, ['--format', 'json', join(ROOT, 'services.yaml')]);
  expect(fine).toBe(0);
  expect(JSON.parse(warnings).problems.map(({ severity }: { severity: string }) => severity)).toContain('warning');
});

test('without a name it checks what a synth would read', async () => {
  const folder = emptyFolder();
  writeFileSync(join(folder, 'other.yaml'), ENVIRONMENTS);
  expect((await check(folder, [], { SERVICES_FILE: 'other.yaml' })).stdout).toContain('other.yaml: no errors');
});

test('a protected service that was applied and is no longer in the file is reported, with the two steps', async () => {
  const folder = emptyFolder();
  const services = (...keys: string[]) =>
    `${ENVIRONMENTS}services:\n${keys.map((key) => `  ${key}: {image: "acme/app:1"}\n`).join('')}`;
  const write = (path: string, json: unknown) => writeFileSync(join(folder, path), JSON.stringify(json));
  const service = (name: string, deletion_protection: boolean) => ({
    type: 'google_cloud_run_v2_service',
    mode: 'managed',
    instances: [{ attributes: { name, location: 'europe-west1', project: 'acme-prod', deletion_protection } }],
  });
  mkdirSync(join(folder, 'cdktf.out/stacks/prod'), { recursive: true });
  write('cdktf.out/services-file.json', { servicesFile: 'services.yaml' });
  write('cdktf.out/stacks/prod/cdk.tf.json', { terraform: { backend: { local: { path: '../../../prod.tfstate' } } } });
  writeFileSync(join(folder, 'services.yaml'), services('web'));
  // Nothing is applied yet.
  expect((await check(folder)).stdout).not.toContain('protected');
  write('prod.tfstate', { resources: [service('web', true), service('api', true), service('old', false)] });
  const { status, stdout } = await check(folder);
  expect(status).toBe(0);
  expect(
    stdout.match(/prod: '(.*)' is protected from deletion and no longer in services.yaml: an apply would/g),
  ).toEqual(["prod: 'api' is protected from deletion and no longer in services.yaml: an apply would"]);
  writeFileSync(join(folder, 'other.yaml'), services('web'));
  // For another file it is not known what was applied.
  expect((await check(folder, ['other.yaml'])).stdout).not.toContain('protected');
});

test('a byte order mark is no mistake', async () => {
  const folder = emptyFolder();
  writeFileSync(
    join(folder, 'services.yaml'),
    `\ufeff${ENVIRONMENTS}services: {api: {image: "europe-docker.pkg.dev/acme/apps/api:1"}}\n`,
  );
  expect(await check(folder)).toMatchObject({ status: 0, stderr: '' });
});

test('a file with a mistake in each of thousands of lines is checked in seconds', async () => {
  const folder = emptyFolder();
  const services = Array.from({ length: 4000 }, (_, i) => `  service-${i}: {imagee: apps/service, cpu: 1, port: 80}\n`);
  writeFileSync(join(folder, 'services.yaml'), `${ENVIRONMENTS}services:\n${services.join('')}`);
  const started = Date.now();
  const { status, stderr } = await check(folder);
  expect({ status, lines: stderr.split('\n').length }).toEqual({ status: 1, lines: 22 });
  expect(Date.now() - started).toBeLessThan(20_000);
}, 30_000);

test('schema prints the JSON Schema', async () => {
  const { status, stdout } = await runCommandIn(emptyFolder(), schemaCommand(), []);
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ $ref: '#/definitions/Spec' });
});
