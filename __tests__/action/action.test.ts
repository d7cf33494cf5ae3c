import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';
import { API, created, invoker, PUBLIC, planOf, service, unchanged } from '../../review/fragment';
import { FakeGithub } from './fake-github';
import { inProcess, inThread } from './run-action';

const ROOT = resolve(__dirname, '../..');
const MARK = '<!-- cdktf-cloud-run review -->';
const SILENT = '## Cloud Run review of prod: no findings\n\n<!-- cdktf-cloud-run: nothing to say -->\n';
const LOUD = '## Cloud Run review of prod: 1 critical\n\n| 🟥 |\n';

let folder: string;
let github: FakeGithub;
let api: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'action-'));
  github = new FakeGithub();
  api = await github.start();
  write('event.json', JSON.stringify({ pull_request: { number: 7 } }));
});

afterEach(async () => {
  await github.stop();
  rmSync(folder, { recursive: true });
});

function write(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

/** Runs the action as GitHub does: with the inputs in environment variables, as action.yml sets them. */
async function act(inputs: Readonly<Record<string, string>>, more: Readonly<Record<string, string>> = {}) {
  const { inputs: known, runs } = parse(readFileSync(join(ROOT, 'action.yml'), 'utf8'));
  const [{ env }] = runs.steps;
  const given = Object.entries<string>(env).map(([name, value]) => {
    const key = /^\$\{\{ inputs\.([\w-]+) \}\}$/.exec(value)?.[1] ?? '';
    const fallback = key === 'token' ? 'token-of-a-test' : known[key].default;
    return [name, inputs[key] ?? fallback];
  });
  const summary = write('summary.md', '');
  const run = inputs.reviews === undefined ? inProcess : inThread;
  const { status, log } = await run(folder, {
    PATH: `${join(folder, 'bin')}:${process.env.PATH}`,
    RUNNER_TEMP: folder,
    GITHUB_API_URL: api,
    GITHUB_REPOSITORY: 'acme/app',
    GITHUB_EVENT_PATH: join(folder, 'event.json'),
    GITHUB_STEP_SUMMARY: summary,
    ...Object.fromEntries(given),
    ...more,
  });
  return { status, log, summary: readFileSync(summary, 'utf8') };
}

/** Writes the comment for the review of another job. */
const commenting = (text: string, more = {}) => {
  write('review.md', text);
  return act({ reviews: 'review.md' }, more);
};

test('the first comment is written if there are findings', async () => {
  github.say('LGTM', { login: 'anna', type: 'User' });
  expect(await commenting(LOUD)).toEqual({ status: 0, log: '::notice::commented\n', summary: `${LOUD}\n` });
  expect(github.comments.map(({ body }) => body)).toEqual(['LGTM', `${MARK}\n${LOUD.trim()}`]);
});

test('the comment is updated, and not touched if nothing changed', async () => {
  await commenting(LOUD);
  expect((await commenting(LOUD.replace('1', '2'))).log).toContain('brought up to date');
  expect(github.comments.map(({ body }) => body)).toEqual([`${MARK}\n${LOUD.trim().replace('1', '2')}`]);
  const writes = () => github.requests.filter((request) => !request.startsWith('GET')).length;
  const before = writes();
  expect((await commenting(LOUD.replace('1', '2'))).log).toContain('says so already');
  expect(writes()).toBe(before);
});

test('without findings there is no comment, unless one exists', async () => {
  expect((await commenting(SILENT)).log).toContain('no findings: no comment');
  expect(github.comments).toEqual([]);
  await commenting(LOUD);
  await commenting(SILENT);
  expect(github.comments.map(({ body }) => body)).toEqual([`${MARK}\n${SILENT.trim()}`]);
});

test('its comment is found on a later page', async () => {
  for (let i = 0; i < 250; i++) github.say(`${i}`, { login: 'anna', type: 'User' });
  await commenting(LOUD);
  await commenting(SILENT);
  expect(github.comments).toHaveLength(251);
  expect(github.comments.at(-1)?.body).toContain('no findings');
});

test('a comment of somebody else is never changed, whatever it contains', async () => {
  github.say(`${MARK}\nno findings`, { login: 'mallory', type: 'User' });
  await commenting(LOUD);
  expect(github.comments.map(({ body }) => body)).toEqual([`${MARK}\nno findings`, `${MARK}\n${LOUD.trim()}`]);
  github.login = 'reviewer';
  await commenting(LOUD);
  expect(github.comments).toHaveLength(3);
});

test.each([403, 404, 500])('a %i of GitHub is reported and does not fail the job', async (status) => {
  github.refuse.POST = status;
  const { status: exit, log, summary } = await commenting(LOUD);
  expect(exit).toBe(0);
  expect(log).toContain(`no comment, since GitHub returned ${status} (Resource not accessible by integration)`);
  expect(log.includes('pull-requests: write')).toBe(status !== 500);
  expect(summary).toContain(LOUD);
});

test('without a token, a pull request or GitHub the review is in the summary', async () => {
  write('review.md', LOUD);
  const without = await act({ reviews: 'review.md', token: '' });
  expect(without).toMatchObject({ status: 0, summary: `${LOUD}\n` });
  expect(without.log).toContain('no token to comment with');
  expect((await commenting(LOUD, { GITHUB_API_URL: 'http://127.0.0.1:9' })).log).toContain('GitHub cannot be reached');
  write('event.json', JSON.stringify({ ref: 'refs/heads/main' }));
  expect((await commenting(LOUD)).log).toContain('no pull request to comment on');
  expect((await act({ reviews: 'review.md', comment: 'false' })).log).toBe('');
  expect(github.comments).toEqual([]);
});

test('several reviews are one comment, cut to the limit of GitHub, with a count of what is left out', async () => {
  mkdirSync(join(folder, 'reviews'));
  const long = `## a\n\n<details>\n<summary>low</summary>\n\n${'| a row of a table |\n'.repeat(5_000)}\n</details>\n`;
  for (const name of ['a.md', 'b.md', 'c.txt']) write(`reviews/${name}`, name === 'a.md' ? long : LOUD);
  const { summary } = await act({ reviews: 'reviews' });
  const { body = '' } = github.comments[0] ?? {};
  expect(body.length).toBeLessThanOrEqual(65_536);
  expect(body.length).toBeGreaterThan(60_000);
  expect(body).toMatch(/<\/details>\n\n… and [\d,]+ more lines: see the summary of the job\.$/);
  expect(summary).toContain(long);
  expect(summary).toContain(LOUD);
  write('reviews/a.md', long.repeat(20));
  const { summary: cut } = await act({ reviews: 'reviews' });
  expect(Buffer.byteLength(cut)).toBeLessThan(1_000_000);
  expect(cut).toMatch(/… and [\d,]+ more lines: see the review in another format\.$/);
});

describe('a review', () => {
  beforeEach(() => {
    mkdirSync(join(folder, 'bin'));
    const whole = { format_version: '1.2', terraform_version: '1.11.4', planned_values: {} };
    const plan = planOf(unchanged(API, service()), created(PUBLIC, invoker('allUsers')));
    write('prod.json', JSON.stringify({ ...whole, ...plan }));
  });

  /** A command in the place of npx. */
  const npx = (script: string) => chmodSync(write('bin/npx', `#!/bin/sh\n${script}\n`), 0o755);

  test('of a plan is run, written and commented, and fails the job', async () => {
    npx(`shift 2; exec "${process.execPath}" "${ROOT}/bin/cdktf-cloud-run.js" "$@"`);
    const { status, log, summary } = await act({ plans: 'prod.json', format: 'gitlab=quality.json\njunit=review.xml' });
    expect(status).toBe(2);
    expect(log).toMatch(/^::stop-commands::(\S+)\nprod: 1 critical\n[\s\S]*\n::\1::\n::notice::commented\n$/);
    expect(summary).toContain('## Cloud Run review of prod: 1 critical');
    expect(github.comments[0]?.body).toContain('🟥&nbsp;critical');
    expect(JSON.parse(readFileSync(join(folder, 'quality.json'), 'utf8'))).toHaveLength(1);
    expect(readFileSync(join(folder, 'review.xml'), 'utf8')).toContain('<testsuites');
  });

  test('gets its inputs as arguments that no shell reads, and neither the token nor the files of GitHub', async () => {
    npx('for each in "$@"; do echo "arg:$each"; done; env; exit 1');
    const hostile = '$(touch hacked); `touch hacked` "';
    const { status, log } = await act({ preview: hostile, 'fail-on': hostile, accepted: hostile, version: '1.2.3' });
    expect(status).toBe(1);
    const args = [...log.matchAll(/^arg:(.*)$/gm)].map(([, arg]) => arg);
    expect(args.slice(0, 3)).toEqual(['--yes', 'cdktf-cloud-run@1.2.3', 'preview']);
    expect(args.slice(-6)).toEqual(['--fail-on', hostile, '--accepted', hostile, '--', hostile]);
    expect(log).not.toMatch(/token-of-a-test|^GITHUB_(ENV|OUTPUT|STEP_SUMMARY)=/m);
    expect(() => readFileSync(join(folder, 'hacked'))).toThrow();
    expect(github.requests).toEqual([]);
  });

  test('is run by the tool that is installed in another folder', async () => {
    mkdirSync(join(folder, 'before/node_modules/.bin'), { recursive: true });
    npx('echo not this one; exit 1');
    chmodSync(write('before/node_modules/.bin/cdktf-cloud-run', '#!/bin/sh\npwd; echo "arg:$1"\n'), 0o755);
    mkdirSync(join(folder, 'after'));
    const { log } = await act({ preview: 'main', tool: 'before', 'working-directory': 'after' });
    expect(log).toContain('/after\narg:preview\n');
  });

  test.each([
    [{ plans: 'prod.json', tool: 'none' }, 'cdktf-cloud-run is not installed in none'],
    [{}, 'nothing to review'],
    [{ plans: 'prod.json', preview: 'true' }, 'exclude each other'],
    [{ plans: 'none.json' }, 'none.json is not there'],
    [{ plans: 'prod.json', version: '1 2; rm' }, 'is not a version'],
    [{ reviews: 'bin' }, 'there is no review to comment'],
  ])('with inputs %j is refused', async (inputs, message) => {
    npx('exit 0');
    const { status, log } = await act(inputs as Readonly<Record<string, string>>);
    expect(status).toBe(1);
    expect(log).toMatch(new RegExp(`::error::.*${message}`));
  });
});

describe('action.yml', () => {
  const action = parse(readFileSync(join(ROOT, 'action.yml'), 'utf8'));

  test('has the keys that GitHub requires of a composite action', () => {
    expect(Object.keys(action).sort()).toEqual(['author', 'branding', 'description', 'inputs', 'name', 'runs']);
    expect(action.runs.using).toBe('composite');
    for (const { shell, run, uses } of action.runs.steps)
      expect([shell, typeof run, uses]).toEqual(['bash', 'string', undefined]);
    for (const input of Object.values<object>(action.inputs))
      expect(Object.keys(input).sort()).toEqual(['default', 'description']);
  });

  test('puts every input into the environment, and none into a script', () => {
    const [{ env }] = action.runs.steps;
    expect(Object.values(env)).toEqual(Object.keys(action.inputs).map((name) => `\${{ inputs.${name} }}`));
    for (const { run } of action.runs.steps) expect(run).not.toContain('${{');
  });
});
