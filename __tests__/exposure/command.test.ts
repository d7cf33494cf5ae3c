import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exposureCommand } from '../../cli/exposure';
import { API, created, INTERNAL, invoker, PUBLIC, planOf, service, unchanged, updated } from '../../review/fragment';
import { emptyFolder } from '../empty-folder';
import { planText } from '../review/plan-text';
import { runCommand } from '../run-command';

const shop = readFileSync(join(__dirname, 'inputs', 'shop.tf.json'), 'utf8');

let folder: string;

beforeEach(() => {
  folder = emptyFolder();
});

function file(name: string, content: string | Buffer | object): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' || Buffer.isBuffer(content) ? content : JSON.stringify(content));
  return path;
}

const run = (...args: readonly string[]) => runCommand(exposureCommand(), ...args);

test('without a file every stack in cdktf.out is reported', async () => {
  for (const name of ['prod', 'staging']) {
    mkdirSync(join(folder, 'cdktf.out/stacks', name), { recursive: true });
    const renamed = shop.replace('"stackName": "shop"', `"stackName": "${name}"`);
    writeFileSync(join(folder, 'cdktf.out/stacks', name, 'cdk.tf.json'), renamed);
  }
  const before = process.cwd();
  try {
    process.chdir(folder);
    writeFileSync(join(folder, 'cdktf.out/services-file.json'), '{"servicesFile": "other.yaml"}');
    const { output, errors } = await run('--format', 'json');
    expect(errors).toBe(
      'read cdktf.out/stacks/prod/cdk.tf.json, cdktf.out/stacks/staging/cdk.tf.json, made from other.yaml\n',
    );
    expect(JSON.parse(output).stacks.map(({ name }: { name: string }) => name)).toEqual(['prod', 'staging']);
  } finally {
    process.chdir(before);
  }
});

test('--lock writes one line for each URL, --check accepts it until the exposure changes', async () => {
  const lock = join(folder, 'exposure.lock');
  const stack = file('cdk.tf.json', shop);
  expect(await run(stack, '--lock', lock)).toMatchObject({ exitCode: 0, output: '' });
  expect(await run(stack, '--check', lock)).toMatchObject({ exitCode: 0, output: '' });

  writeFileSync(stack, shop.replace('INGRESS_TRAFFIC_INTERNAL_ONLY', 'INGRESS_TRAFFIC_ALL'));
  const { exitCode, output, errors } = await run(stack, '--check', lock);
  expect(exitCode).toBe(2);
  expect(output).toMatch(/^-.* {2}internal {2}/m);
  expect(output).toMatch(/^\+.* {2}internet {2}/m);
  expect(errors).toContain('does not match who can reach what now');
});

test('the lock file has its own form: --format is refused beside it', async () => {
  const both = run(file('cdk.tf.json', shop), '--lock', 'x', '--format', 'json');
  await expect(both).rejects.toThrow(/'--lock <file>' cannot be used with option '--format/);
});

test('of a plan --before and --after pick the side', async () => {
  const path = file(
    'prod.json',
    planText(planOf(updated(API, service(INTERNAL), service()), created(PUBLIC, invoker('allUsers')))),
  );
  const authentication = async (...side: readonly string[]) =>
    JSON.parse((await run(path, '--format', 'json', ...side)).output).stacks[0].services[0].authentication;
  expect(await authentication('--before')).toBe('iam');
  expect(await authentication('--after')).toBe('none');
  expect(await authentication()).toBe('none');
});

test('a file in UTF-16, as PowerShell writes it, is read', async () => {
  const text = `\ufeff${planText(planOf(unchanged(API, service())))}`;
  const { exitCode, output } = await run(file('plan.json', Buffer.from(text, 'utf16le')), '--format', 'table');
  expect(exitCode).toBe(0);
  expect(output).toContain('api');
});

const state = { version: 4, terraform_version: '1.11.4', lineage: 'x', resources: [] };

test.each([
  ['a missing file', undefined, 'no such file'],
  ['an empty file', '', 'the file is empty'],
  ['a truncated file', planText({}).slice(0, -10), 'not valid JSON'],
  ['a binary plan', 'PK\u0003\u0004', 'binary plan file'],
  ['the log of a plan', '{"@level":"info"}\n{"@level":"info"}\n', 'log of `terraform plan -json`'],
  ['a raw state', JSON.stringify(state), 'raw state file'],
  ['another format version', planText({}).replace('"1.2"', '"2.0"'), 'format_version 2.0 is not understood'],
  ['a plan that errored', planText({ errored: true }), 'the plan ended in an error'],
  ['some other JSON', '{"name": "x"}', 'not a plan, a state or a synthesized stack'],
  ['a JSON list', '[]', 'not a plan, a state or a synthesized stack'],
])('%s is refused in one line that says what to do', async (_, content, message) => {
  const path = content === undefined ? join(folder, 'missing.json') : file('x.json', content);
  const { exitCode, output, errors } = await run(path);
  expect({ exitCode, output }).toEqual({ exitCode: 1, output: '' });
  expect(errors).toContain(message);
  expect(errors).toContain(path);
  expect(errors.trim()).not.toContain('\n');
});

test('a services.yaml is refused with what to do', async () => {
  const { errors } = await run(file('services.yaml', 'environments: {}'));
  expect(errors).toMatch(
    /this reads Terraform's JSON, not services.yaml: synthesize it with 'cdktf-cloud-run synth [^\n]+\n$/,
  );
});

test('the content of a truncated file is not quoted', async () => {
  const { errors } = await run(file('x.json', '{"value": "canary-value" canary-value'));
  expect(errors).not.toContain('canary');
});

test('without a synthesized stack it asks to synthesize', async () => {
  const before = process.cwd();
  try {
    process.chdir(folder);
    expect(await run()).toMatchObject({ exitCode: 1, errors: expect.stringContaining('cdktf-cloud-run synth') });
  } finally {
    process.chdir(before);
  }
});

test('an empty state has no service', async () => {
  const { output } = await run(file('state.json', { format_version: '1.0' }));
  expect(output).toContain('No Cloud Run service.');
});
