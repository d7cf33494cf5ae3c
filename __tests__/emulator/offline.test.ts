import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { copyWithLocalBackend, planOffline } from '../../emulator';
import { foldersOf, typesIn } from '../../emulator/configuration';
import { builtCommand } from '../cli/built-command';
import { describeWithTerraform } from './harness';
import { oneService, SERVICE_ID } from './stacks';

const COMMAND = [builtCommand(), 'offline'];

let folder: string;
let temporary: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cdktf-cloud-run-test-'));
  temporary = join(folder, 'tmp');
  mkdirSync(temporary);
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function environment(): NodeJS.ProcessEnv {
  return { ...process.env, TMPDIR: temporary };
}

function offline(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, [...COMMAND, ...args], { env: environment(), encoding: 'utf8' });
}

function start(...args: string[]): ChildProcess {
  return spawn(process.execPath, [...COMMAND, ...args], {
    env: environment(),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

/** Resolves with the first line the command prints. */
async function firstLine(child: ChildProcess): Promise<string> {
  const [chunk] = await once(child.stdout as NodeJS.ReadableStream, 'data');
  return String(chunk).trim();
}

async function isGone(path: string): Promise<boolean> {
  for (let attempt = 0; attempt < 50 && existsSync(path); attempt++) await pause(40);
  return !existsSync(path);
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // A zombie that nobody has waited for yet is not running.
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

async function hasEnded(pid: number): Promise<boolean> {
  for (let attempt = 0; attempt < 50 && isRunning(pid); attempt++) await pause(40);
  return !isRunning(pid);
}

/** Prints the process id and the socket's folder, and then waits for a signal. */
const WAITING = `
const [provider] = Object.values(JSON.parse(process.env.TF_REATTACH_PROVIDERS));
console.log(process.pid + ' ' + require('node:path').dirname(provider.Addr.String));
setTimeout(() => {}, 60000);
`;

describe('offline', () => {
  test('ends with the status of the command', () => {
    expect(offline('--', process.execPath, '-e', 'process.exit(7)').status).toBe(7);
    expect(offline('--', process.execPath, '-e', 'process.kill(process.pid, "SIGKILL")').status).toBe(128 + 9);
    expect(readdirSync(temporary)).toEqual([]);
  });

  test('says which command cannot be run', () => {
    const { status, stderr } = offline('--', 'no-such-command');
    expect(status).toBe(1);
    expect(stderr).toMatch(/^there is no 'no-such-command' on the PATH: install it, or write its path\n$/);
    expect(readdirSync(temporary)).toEqual([]);
  });

  test('attaches the provider for Terraform and OpenTofu, and drops a configuration file that is not there', () => {
    const print =
      'console.log(JSON.stringify([Object.keys(JSON.parse(process.env.TF_REATTACH_PROVIDERS)), process.env.TF_CLI_CONFIG_FILE ?? null, process.env.CHECKPOINT_DISABLE]))';
    const run = spawnSync(process.execPath, [...COMMAND, '--', process.execPath, '-e', print], {
      env: { ...environment(), TF_CLI_CONFIG_FILE: join(folder, 'missing') },
      encoding: 'utf8',
    });
    const registries = ['registry.terraform.io/hashicorp/google', 'registry.opentofu.org/hashicorp/google'];
    expect(JSON.parse(run.stdout)).toEqual([registries, null, '1']);
  });

  test.each([
    ['SIGTERM', 128 + 15],
    ['SIGINT', 128 + 2],
    ['SIGHUP', 128 + 1],
  ] as const)('hands %s on to the command and leaves nothing behind', async (signal, expected) => {
    const child = start('--', process.execPath, '-e', WAITING);
    const [pid] = (await firstLine(child)).split(' ');
    child.kill(signal);
    const [status] = await once(child, 'exit');
    expect(status).toBe(expected);
    expect(await hasEnded(Number(pid))).toBe(true);
    expect(readdirSync(temporary)).toEqual([]);
  });

  test('ends the command and removes the socket even if it is killed', async () => {
    const child = start('--', process.execPath, '-e', WAITING);
    const [pid, sockets = ''] = (await firstLine(child)).split(' ');
    expect(existsSync(sockets)).toBe(true);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(await isGone(sockets)).toBe(true);
    expect(await hasEnded(Number(pid))).toBe(true);
  });
});

describeWithTerraform('offline with Terraform', () => {
  const terraform = (stack: string, ...args: string[]) => ['--', 'terraform', `-chdir=${stack}`, ...args];

  function stackOf(configuration: object): string {
    const stack = join(folder, 'stack');
    mkdirSync(stack);
    writeFileSync(
      join(stack, 'cdk.tf.json'),
      JSON.stringify({ provider: { google: { project: 'acme-prod' } }, ...configuration }),
    );
    return stack;
  }

  test('keeps the cloud in its file from one command to the next', () => {
    const stack = stackOf(oneService());
    const cloud = join(folder, 'cloud.json');
    expect(offline('--cloud', cloud, ...terraform(stack, 'apply', '-auto-approve')).status).toBe(0);
    expect(Object.keys(JSON.parse(readFileSync(cloud, 'utf8')).resources.google_cloud_run_v2_service)).toEqual([
      SERVICE_ID,
    ]);
    expect(offline('--cloud', cloud, ...terraform(stack, 'plan', '-detailed-exitcode')).status).toBe(0);
    // Without it the cloud is empty again: everything would have to be made anew.
    expect(offline(...terraform(stack, 'plan', '-detailed-exitcode')).status).toBe(2);
    expect(readdirSync(temporary)).toEqual([]);
  });

  test('names the resource that has no behaviour', () => {
    const stack = stackOf({ resource: { google_pubsub_schema: { x: { name: 'x' } } } });
    const { status, stderr } = offline(...terraform(stack, 'plan', '-no-color'));
    expect(status).toBe(1);
    expect(stderr).toMatch(/google_pubsub_schema has no behaviour in the emulator/);
  });

  test.each([
    ['gcs', { backend: { gcs: { bucket: 'acme-tfstate', prefix: 'cloud-run' } } }],
    ['cloud', { cloud: { organization: 'acme', workspaces: { name: 'prod' } } }],
    ['local', { backend: { local: { path: 'elsewhere.tfstate' } } }],
  ])('a stack with the backend %s is planned in a copy, and stays as it was', async (_, terraformBlock) => {
    const stack = stackOf({ terraform: terraformBlock, ...oneService() });
    const before = readdirSync(stack);
    const options = { environment: environment(), inTerminal: false, output: 'ignore' as const };
    expect(await planOffline(stack, ['-detailed-exitcode', '-out=/dev/null'], options)).toBe(2);
    expect(readdirSync(stack)).toEqual(before);
  });
});

test('a copy of a stack has its files, a local backend, and no state', () => {
  mkdirSync(join(folder, 'stack', 'assets'), { recursive: true });
  mkdirSync(join(folder, 'stack', '.terraform'));
  for (const file of ['cdk.tf.json', 'terraform.tfstate', 'terraform.tfstate.backup', 'assets/a.txt']) {
    writeFileSync(join(folder, 'stack', file), '{}');
  }
  const copy = copyWithLocalBackend(join(folder, 'stack'));
  expect(readdirSync(copy.folder).sort()).toEqual(['assets', 'cdk.tf.json', 'local_backend_override.tf.json']);
  copy.remove();
  expect(existsSync(copy.folder)).toBe(false);
});

test('the configuration is looked for where the command will', () => {
  mkdirSync(join(folder, 'cdktf.out', 'stacks', 'prod'), { recursive: true });
  mkdirSync(join(folder, 'other'));
  writeFileSync(
    join(folder, 'cdktf.out', 'stacks', 'prod', 'cdk.tf.json'),
    '{"resource": {"google_pubsub_topic": {}}}',
  );
  writeFileSync(join(folder, 'other', 'main.tf'), 'resource "google_pubsub_schema" "x" {}');
  expect([...typesIn(foldersOf(['cdktf', 'deploy'], folder))]).toEqual(['google_pubsub_topic']);
  expect([...typesIn(foldersOf(['terraform', '-chdir=other', 'plan'], folder))]).toEqual(['google_pubsub_schema']);
});
