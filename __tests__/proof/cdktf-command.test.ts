import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { builtCommand } from '../cli/built-command';
import { describeWithTerraform } from '../emulator/harness';

const ROOT = resolve(__dirname, '../..');
const COPIED = [
  'accepted',
  'bin',
  'cdktf.json',
  'cli',
  'constructs',
  'emulator',
  'exposure',
  'main.ts',
  'package.json',
  'review',
  'services.yaml',
  'services-yaml',
  'terraform-json',
  'tsconfig.json',
];
const STATE = 'terraform.staging.tfstate';

describeWithTerraform('the cdktf command, offline', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cdktf-cloud-run-'));
  beforeAll(() => {
    for (const name of COPIED) cpSync(join(ROOT, name), join(folder, name), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  /** Runs cdktf as a user would, with the emulated cloud kept in a file from one command to the next. */
  function cdktf(subcommand: string, ...args: string[]): string {
    // There is no provider to lock: the emulated one is attached, not installed.
    const offline = subcommand === 'synth' ? [] : ['--skip-provider-lock'];
    const cdktfCommand = [join(ROOT, 'node_modules/.bin/cdktf'), subcommand, ...args, ...offline];
    const command = [builtCommand(), 'offline', '--cloud', 'cloud.json', '--', ...cdktfCommand];
    const output = execFileSync(process.execPath, command, {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return stripVTControlCharacters(output);
  }

  function run(program: string, ...args: string[]): void {
    execFileSync(program, args, { cwd: folder, stdio: 'ignore' });
  }

  function cloud(): { iam: Record<string, unknown>; resources: Record<string, object> } {
    return JSON.parse(readFileSync(join(folder, 'cloud.json'), 'utf8'));
  }

  // A start of cdktf takes seconds, so each is looked at by several tests, in this order.
  const synthesized = { bySynth: '', byCdktf: '' };

  test('deploy makes what services.yaml asks for, and keeps the state beside it', () => {
    const file = join(folder, 'cdktf.out/stacks/prod/cdk.tf.json');
    run('npm', 'run', 'synth', '--', '--quiet');
    synthesized.bySynth = readFileSync(file, 'utf8');
    rmSync(join(folder, 'cdktf.out'), { recursive: true });
    cdktf('deploy', 'staging', '--auto-approve', '--outputs-file', 'outputs.json');
    synthesized.byCdktf = readFileSync(file, 'utf8');
    const { iam } = cloud();
    expect(iam['projects/acme-staging/locations/europe-west1/services/hello']).toEqual({
      'roles/run.invoker': ['allUsers'],
    });
    expect(existsSync(join(folder, STATE))).toBe(true);
  });

  test('it synthesizes what npm run synth writes', () => {
    expect(synthesized.byCdktf).toContain('google_cloud_run_v2_service');
    expect(synthesized.byCdktf).toBe(synthesized.bySynth);
  });

  test('its outputs say where the services are', () => {
    const outputs = JSON.parse(readFileSync(join(folder, 'outputs.json'), 'utf8'));
    expect(outputs.staging.services.hello).toMatchObject({ ingress: 'INGRESS_TRAFFIC_ALL', region: 'europe-west1' });
  });

  test('diff reads the file of the last synth, says so, and shows what deploy would make beyond what is there', () => {
    const services = readFileSync(join(folder, 'services.yaml'), 'utf8');
    const more = '\nservices:\n  more: { image: "europe-docker.pkg.dev/acme/apps/more:1.0.0" }\n';
    writeFileSync(join(folder, 'other.yaml'), services.replace('\nservices:\n', more));
    run(process.execPath, builtCommand(), 'synth', '--quiet', 'other.yaml');
    const output = cdktf('diff', 'staging');
    expect(output).toContain('read other.yaml, as the last synth did');
    expect(output).toMatch(/google_cloud_run_v2_service\.more.* will be created/);
    expect(output).toMatch(/Plan: 2 to add, 0 to change, 0 to destroy/);
  });

  test('destroy takes it away', () => {
    cdktf('destroy', 'staging', '--auto-approve', '--skip-synth');
    expect(cloud().iam).toEqual({});
    expect(Object.values(cloud().resources).flatMap(Object.keys)).toEqual([]);
  });

  test('a services.yaml that is refused stops cdktf with the place of the error', () => {
    const file = join(folder, 'other.yaml');
    writeFileSync(file, readFileSync(file, 'utf8').replace('ingress: internal\n', 'ingress: interal\n'));
    expect(() => cdktf('synth')).toThrow(/other\.yaml:\d+:\d+ services\.api\.ingress: 'interal' is not one of/);
  });
});
