import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { previewCommand } from '../../cli/preview';
import { emptyFolder } from '../empty-folder';
import { describeWithTerraform } from '../emulator/harness';
import { recordedStacks } from '../recordings/recordings';
import { runCommandIn } from '../run-command';
import { builtCommand } from './built-command';
import { Repository } from './git-repository';

const IMAGE = 'europe-docker.pkg.dev/acme/apps/web:1.0.0';

function services(access: 'public' | 'private', ...environments: readonly string[]): string {
  const written = environments.map(
    (name) => `  ${name}: {project: acme-${name}, region: europe-west1, backend: {gcs: {bucket: acme-tfstate}}}\n`,
  );
  return `environments:\n${written.join('')}services:\n  web: {image: "${IMAGE}", access: ${access}}\n`;
}

/** The folders of previews in a folder for temporary files. */
const temporary = (folder = tmpdir()) =>
  readdirSync(folder).filter((name) => name.startsWith('cdktf-cloud-run-preview-'));

interface Json {
  readonly findings: readonly { readonly plan: string; readonly rule: string }[];
  readonly notes: readonly { readonly plan: string; readonly note: string }[];
}

const outputOf = (stdout: string) => {
  const { findings, notes }: Json = JSON.parse(stdout);
  return {
    findings: findings.map(({ plan, rule }) => `${plan} ${rule}`),
    notes: notes.map(({ plan, note }) => `${plan}: ${note}`),
  };
};

describeWithTerraform('preview', () => {
  const repository = new Repository();
  let base: string;
  const preview = (args: readonly string[], environment: Record<string, string> = {}) =>
    runCommandIn(repository.folder, previewCommand(), args, environment);

  beforeAll(() => {
    repository.write('services.yaml', services('private', 'prod', 'staging'));
    repository.write('apps/shop.yaml', services('private', 'shop'));
    base = repository.commit('base');
  });

  beforeEach(() => {
    repository.git('reset', '--quiet', '--hard', base);
    repository.git('clean', '--quiet', '--force', '-d', '-x');
  });

  test('reviews changes that are not committed in every environment, and names new and removed environments', async () => {
    repository.write('services.yaml', services('public', 'prod', 'asia'));
    const { status, stdout, stderr } = await preview(['--format', 'json', '--fail-on', 'critical']);
    expect({ status, stderr }).toEqual({ status: 2, stderr: '' });
    const { findings, notes } = outputOf(stdout);
    expect(findings).toEqual(['prod public-service', 'asia public-service']);
    expect(JSON.parse(stdout).findings.map(({ source }: { source: unknown }) => source)).toEqual([
      { file: 'services.yaml', line: 5, column: 69 },
      { file: 'services.yaml', line: 5, column: 3 },
    ]);
    expect(notes).toEqual(
      expect.arrayContaining([
        'asia: The environment asia is new.',
        expect.stringContaining('staging: The environment staging is gone.'),
        `prod: Compares services.yaml with ${base.slice(0, 12)}, the newest commit of this checkout; changes that were made in Google Cloud by other means are not seen.`,
      ]),
    );
    expect(repository.git('status', '--short')).toBe(' M services.yaml\n');
    expect(temporary()).toEqual([]);
  });

  test('reads several files from a folder below the top, one of which is deleted', async () => {
    repository.write('apps/shop.yaml', services('public', 'shop'));
    rmSync(join(repository.folder, 'services.yaml'));
    const args = ['shop.yaml', '../services.yaml', '--format', 'json'];
    const { stdout } = await runCommandIn(join(repository.folder, 'apps'), previewCommand(), args);
    const { findings, notes } = outputOf(stdout);
    expect(findings).toEqual(['shop public-service']);
    expect(notes.filter((note) => note.includes('is gone'))).toHaveLength(2);
    expect(notes.filter((note) => note.includes('If it was renamed'))).toHaveLength(2);
    expect(notes.filter((note) => note.includes('run.app URLs'))).toEqual([
      expect.stringContaining('are invented here'),
    ]);
  });

  test.each([
    [['nowhere'], "'nowhere' is not a commit of this repository: name another BASE, or fetch it first"],
    [['main', 'other.yaml'], 'other.yaml is neither here nor in main'],
    [['--environment', 'live'], "there is no environment 'live': name one of prod, staging"],
    [['--state', 'x.json'], 'x.json is the state of one environment, and there are several'],
    [['--state', 'prod=x.json'], 'x.json: no such file'],
  ])('refuses %j', async (args, message) => {
    const { status, stdout, stderr } = await preview(args);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toContain(message);
  });

  test('names the side that must be corrected', async () => {
    repository.write('services.yaml', 'services: {}\n');
    expect((await preview([])).stderr).toMatch(/\nservices.yaml cannot be synthesized: correct it\n$/);
    const broken = repository.commit('broken');
    repository.write('services.yaml', services('private', 'prod'));
    expect((await preview([broken])).stderr).toContain(':services.yaml cannot be synthesized: name another BASE\n');
  });

  test('refuses a folder outside git, and a shallow clone without the base', async () => {
    expect((await runCommandIn(emptyFolder(), previewCommand(), [])).stderr).toContain('not a git repository');
    const clone = emptyFolder();
    repository.git('commit', '--quiet', '--allow-empty', '--message=more');
    repository.git('clone', '--quiet', '--depth=1', `file://${repository.folder}`, clone);
    const { stderr } = await runCommandIn(clone, previewCommand(), [base]);
    expect(stderr).toContain('which is a shallow clone: fetch its history first');
  });

  test('compares with a state, and lists the resources in it that it does not know', async () => {
    const stack = recordedStacks('7.45.0').find(({ example }) => example === 'public-web-app');
    const recording = stack?.load();
    if (!stack || !recording) throw new Error('public-web-app is not recorded');
    const { resources } = recording.state.values.root_module;
    const bucket = {
      address: 'google_storage_bucket.x',
      type: 'google_storage_bucket',
      name: 'x',
      values: { name: 'x' },
    };
    const more = [...resources, { ...resources[0], ...bucket, sensitive_values: {} }];
    const state = { ...recording.state, values: { root_module: { resources: more } } };
    repository.write('state.json', JSON.stringify(state));
    repository.write('recorded.yaml', recording.services);
    const args = ['main', 'recorded.yaml', '--state', 'state.json', '--format', 'json'];
    const same = outputOf((await preview(args)).stdout);
    expect(same.findings).toEqual([]);
    expect(same.notes[0]).toContain('not reviewed: google_storage_bucket.x.');
    repository.write('recorded.yaml', recording.services.replaceAll('access: public', 'access: private'));
    expect(outputOf((await preview(args)).stdout).findings).toContain('prod caller-removed');
    repository.write('services.yaml', services('private', 'prod'));
    const gone = await preview(['--state', 'staging=state.json', '--environment', 'staging']);
    expect(gone.stdout).toContain('The environment staging is gone.');
    expect(gone.stdout).not.toContain('Compares state.json');
  });

  /** A folder of the change with programs, first on the PATH as under `npx`. */
  function withPrograms(...names: readonly string[]): Record<string, string> {
    const bin = join(repository.folder, 'node_modules/.bin');
    mkdirSync(bin, { recursive: true });
    for (const name of names) {
      writeFileSync(join(bin, name), `#!/bin/sh\ntouch ${join(repository.folder, 'taken')}\n`);
      chmodSync(join(bin, name), 0o755);
    }
    return { PATH: `${bin}${delimiter}${process.env.PATH}`, GITHUB_TOKEN: 'canary-token' };
  }

  test('a hostile change of services.yaml runs no code: no app, no program, no hook', async () => {
    const taken = `touch ${join(repository.folder, 'taken')}`;
    repository.write('cdktf.json', JSON.stringify({ app: `env; ${taken}`, output: '/etc' }));
    repository.write('hooks/post-checkout', `#!/bin/sh\n${taken}\n`);
    chmodSync(join(repository.folder, 'hooks/post-checkout'), 0o755);
    repository.git('config', 'core.hooksPath', 'hooks');
    repository.write('services.yaml', services('public', 'prod', 'staging'));
    const environment = withPrograms('terraform', 'git', 'cdktf-cloud-run', 'node');
    const { status, stdout, stderr } = await preview(['--fail-on', 'critical'], environment);
    expect({ status, stderr }).toEqual({ status: 2, stderr: '' });
    expect(stdout).not.toContain('canary');
    expect(existsSync(join(repository.folder, 'taken'))).toBe(false);
  });

  const bomb = [
    'a: &a0 [x, x, x, x, x, x, x, x, x]',
    ...Array.from({ length: 30 }, (_, i) => `b${i}: &a${i + 1} [${Array(9).fill(`*a${i}`).join(', ')}]`),
  ];

  test.each([
    ['aliases without end', bomb.join('\n'), /alias/i],
    ['a huge file', `# ${'x'.repeat(6_000_000)}`, /at most 5000000 are read/],
  ])('a hostile services.yaml with %s is refused at once', async (_, text, message) => {
    repository.write('services.yaml', text);
    const start = performance.now();
    const { status, stderr } = await preview([]);
    expect(status).toBe(1);
    expect(stderr).toMatch(message);
    expect(stderr.length).toBeLessThan(10_000);
    expect(performance.now() - start).toBeLessThan(10_000);
  });

  test.each(['secret.txt', '.git/config', 'folder/secret.txt'])(
    'a services.yaml that is a link to %s shows nothing of it',
    async (target) => {
      const outside = emptyFolder();
      writeFileSync(join(outside, 'secret.txt'), 'canary: [');
      symlinkSync(outside, join(repository.folder, 'folder'));
      rmSync(join(repository.folder, 'services.yaml'));
      symlinkSync(target === 'secret.txt' ? join(outside, target) : target, join(repository.folder, 'services.yaml'));
      const { status, stdout, stderr } = await preview([]);
      expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
      expect(stderr).toContain('services.yaml is a link to a file outside the checkout');
      expect(stderr).not.toMatch(/canary|\[core\]/);
    },
  );

  /** An app without a services.yaml that writes a stack, and what its environment is. */
  const APP = `const { mkdirSync, writeFileSync } = require('node:fs');
const stack = \`\${process.env.CDKTF_OUTDIR}/stacks/prod\`;
mkdirSync(stack, { recursive: true });
const member = require('./member.json');
const resource = { google_project_iam_member: { x: { project: 'acme-prod', role: 'roles/run.invoker', member } } };
const { PATH: _, TMPDIR, HOME, CDKTF_OUTDIR: __, ...env } = process.env;
const output = { env: { value: JSON.stringify(env) } };
writeFileSync(\`\${stack}/cdk.tf.json\`, JSON.stringify({ provider: { google: { project: 'acme-prod' } }, resource, output }));
`;

  test('runs the app of cdktf.json where there is no services.yaml, without tokens, and ends what it leaves running', async () => {
    rmSync(join(repository.folder, 'services.yaml'));
    repository.write('cdktf.json', JSON.stringify({ app: 'node app.js' })).write('app.js', APP);
    repository.write('member.json', '"group:ops@example.com"');
    const start = repository.commit('an app');
    repository.write('member.json', '"allUsers"');
    repository.write('cdktf.json', JSON.stringify({ app: `sh -c 'sleep 60; touch late' & env; node app.js` }));
    const begun = performance.now();
    const { stdout, stderr } = await preview([start, '--format', 'json'], withPrograms('terraform'));
    expect(stderr).toBe('');
    expect(outputOf(stdout).findings).toEqual(['prod public-service']);
    expect(stdout).not.toContain('canary-token');
    expect(performance.now() - begun).toBeLessThan(60_000);
    repository.write('cdktf.json', JSON.stringify({ app: 'env; echo "::set-env name=X::1"; false' }));
    const failed = await preview([start], { GITHUB_TOKEN: 'canary-token' });
    expect(failed.stderr).toContain('the app of cdktf.json of this checkout failed (exit status 1)');
    expect(failed.stderr).not.toMatch(/canary-token|^::/m);
    repository.write('cdktf.json', JSON.stringify({ app: `node -e 'console.log("x".repeat(9000)); process.exit(1)'` }));
    expect((await preview([start])).stderr).toMatch(/^\| x{500}…$/m);
  });

  test.each(['SIGINT', 'SIGTERM'] as const)('leaves nothing behind after %s', async (signal) => {
    repository.write('services.yaml', services('public', 'prod', 'staging'));
    const folder = emptyFolder();
    const child: ChildProcess = spawn(process.execPath, [builtCommand(), 'preview'], {
      cwd: repository.folder,
      env: { ...process.env, TMPDIR: folder },
      stdio: 'ignore',
    });
    // The folder is there, and both sides are being synthesized or planned.
    while (temporary(folder).length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    child.kill(signal);
    const [status] = await once(child, 'exit');
    expect(status).toBe(signal === 'SIGINT' ? 130 : 143);
    expect(readdirSync(folder).filter((name) => name.startsWith('cdktf-cloud-run-'))).toEqual([]);
    expect(repository.git('worktree', 'list').trim().split('\n')).toHaveLength(1);
  });
});
