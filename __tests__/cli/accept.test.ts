import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { acceptCommand } from '../../cli/accept';
import { reviewCommand } from '../../cli/review';
import {
  API,
  type ChangeJson,
  created,
  invoker,
  PUBLIC,
  planOf,
  service,
  unchanged,
  updated,
} from '../../review/fragment';
import { emptyFolder } from '../empty-folder';
import { planText } from '../review/plan-text';
import { runCommandIn } from '../run-command';

let folder: string;

beforeEach(() => {
  folder = emptyFolder();
  plan('prod.json', unchanged(API, service()), created(PUBLIC, invoker('allUsers')));
});

function plan(name: string, ...changes: ChangeJson[]): void {
  writeFileSync(join(folder, name), planText(planOf(...changes)));
}

const options = ['--reason', 'a status page', '--until', '9999-12-31'];
const run = (...args: string[]) => runCommandIn(folder, acceptCommand(), args);
const accept = (rule: string, address: string) => run('prod.json', rule, address, ...options);
const read = () => readFileSync(join(folder, 'accepted.yaml'), 'utf8');

const ENTRY = `- rule: public-service
  address: ${API}
  plan: prod
  reason: a status page
  until: 9999-12-31
  what:
    - api from internet at its run.app URL
`;

test('writes a file with what the finding opens, and the review accepts the finding', async () => {
  expect(await accept('public-service', API)).toEqual({
    status: 0,
    stdout: `accepted.yaml: added the entry of public-service at ${API} in prod, which holds until 9999-12-31\n`,
    stderr: '',
  });
  expect(read()).toBe(ENTRY);
  const { status } = await runCommandIn(folder, reviewCommand(), ['prod.json', '--fail-on', 'critical']);
  expect(status).toBe(0);
});

test('adds to a file and keeps its comments and other entries; replaces its own entry', async () => {
  const before = `# Reviewed on Mondays.
- {rule: caller-added, address: "google_x.y[\\"a\\"]", reason: 'support', until: 2026-01-01} # Anna

# The second.
- rule: caller-removed
  address: "*"
  reason: a very long reason ${'that goes on and on '.repeat(10)}end
  until: 2026-01-01
`;
  writeFileSync(join(folder, 'accepted.yaml'), before);
  await accept('public-service', API);
  expect(read()).toBe(before + ENTRY);
  const { stdout } = await run('prod.json', 'public-service', API, '--reason', 'still', '--until', '9998-01-01');
  expect(stdout).toContain('changed the entry');
  expect(read()).toBe(before + ENTRY.replace('a status page', 'still').replace('9999-12-31', '9998-01-01'));
});

test.each(['', '# nothing yet\n', '[]\n'])('adds to a file with no entry: %j', async (text) => {
  writeFileSync(join(folder, 'accepted.yaml'), text);
  await accept('public-service', API);
  expect(read().replace(/^# nothing yet\n+/, '')).toBe(ENTRY);
  expect(read().startsWith('# nothing yet')).toBe(text.startsWith('#'));
});

test('an asterisk of the address stands for itself', async () => {
  const address = 'google_cloud_run_v2_service.api["*"]';
  plan('prod.json', updated(address, service(), { deletion_protection: false }));
  await accept('deletion-protection-off', address);
  expect(read()).toContain(`address: google_cloud_run_v2_service.api["\\*"]\n`);
});

test.each([
  [['publik-service', API], "there is no rule 'publik-service' (did you mean 'public-service'?)"],
  [['incomplete-plan', API], "'incomplete-plan' cannot be accepted"],
  [
    ['public-service', `${API}x`],
    `public-service is not found at '${API}x' (did you mean '${API}'?): it is found at ${API}`,
  ],
  [['caller-removed', API], 'there is no finding of caller-removed'],
])('%j is refused, and nothing is written', async ([rule = '', address = ''], message) => {
  const { status, stdout, stderr } = await accept(rule, address);
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  expect(stderr).toContain(message);
  expect(existsSync(join(folder, 'accepted.yaml'))).toBe(false);
});

test.each([
  ['2020-01-01', '2020-01-01 is over'],
  ['tomorrow', "'tomorrow' is not a date"],
  ['9999-02-30', "'9999-02-30' is not a date"],
])('--until %s is refused', async (until, message) => {
  const { status, stderr } = await run('prod.json', 'public-service', API, '--reason', 'r', '--until', until);
  expect(status).toBe(1);
  expect(stderr).toContain(message);
});

test('several findings of a rule at one address must be written by hand', async () => {
  const env = (value: object) => ['A', 'B'].map((name) => ({ name, ...value }));
  const secret = env({ value_source: [{ secret_key_ref: [{ secret: 'token', version: '1' }] }] });
  const containers = (variables: object[]) => ({ template: [{ containers: [{ image: 'i', env: variables }] }] });
  plan('prod.json', updated(API, service(containers(secret)), containers(env({ value: 'x' }))));
  const { status, stderr } = await accept('secret-in-plain-text', API);
  expect(status).toBe(1);
  expect(stderr).toContain(`2 findings of secret-in-plain-text are at '${API}'`);
  expect(stderr).toContain('\n  - the environment variable B of api becomes a plain value');
});

test('a broken file is refused, and stays as it is', async () => {
  writeFileSync(join(folder, 'accepted.yaml'), '- {rule: public-service}\n');
  const { status, stderr } = await accept('public-service', API);
  expect(status).toBe(1);
  expect(stderr).toContain('accepted.yaml:1:3');
  expect(read()).toBe('- {rule: public-service}\n');
});

test('takes the JSON of a review; the plan must be named if there are several', async () => {
  plan('staging.json', unchanged(API, service()), created(PUBLIC, invoker('allUsers')));
  const review = await runCommandIn(folder, reviewCommand(), ['prod.json', 'staging.json', '--format', 'json']);
  writeFileSync(join(folder, 'review.json'), review.stdout);
  const refused = await run('review.json', 'public-service', API, ...options);
  expect(refused.stderr).toBe(`public-service at '${API}' is in prod, staging: add --plan NAME\n`);
  expect((await run('review.json', 'public-service', API, ...options, '--plan', 'prod')).status).toBe(0);
  expect(read()).toBe(ENTRY);
});

test.each(['{"findings": 5}', '{"findings": [{"rule": 1}]}', '{"findings": ['])('%s is no review', async (text) => {
  writeFileSync(join(folder, 'review.json'), text);
  const { status, stderr } = await run('review.json', 'public-service', API, ...options);
  expect({ status, stderr: stderr.split(':')[0] }).toEqual({
    status: 1,
    stderr: 'review.json is not the JSON of a review',
  });
});
