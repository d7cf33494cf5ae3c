import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { reviewCommand } from '../../cli/review';
import {
  API,
  type ChangeJson,
  created,
  invoker,
  PUBLIC,
  planOf,
  SUPPORT,
  service,
  unchanged,
} from '../../review/fragment';
import { emptyFolder } from '../empty-folder';
import { runCommandIn } from '../run-command';
import { planText } from './plan-text';

let folder: string;

beforeEach(() => {
  folder = emptyFolder();
  plan('prod.json', created(PUBLIC, invoker('allUsers')));
});

function plan(name: string, ...changes: ChangeJson[]): void {
  write(planText(planOf(unchanged(API, service()), ...changes)), name);
}

const run = (...args: string[]) => runCommandIn(folder, reviewCommand(), args);
const write = (text: string, name = 'accepted.yaml') => writeFileSync(join(folder, name), text);

const entry = (more = '', until = '9999-12-31') =>
  `# reviewed\n- {rule: public-service, address: ${API}, reason: a status page, until: ${until}${more}}\n`;
const URL = 'api from internet at its run.app URL';

test('an accepted finding stays, with its reason, and does not count for --fail-on', async () => {
  write(entry(`, what: ['${URL}']`));
  const { status, stdout, stderr } = await run('prod.json', '--fail-on', 'critical');
  expect({ status, stderr }).toEqual({ status: 0, stderr: 'accepted findings: accepted.yaml\n' });
  expect(stdout).toContain('prod: 1 accepted\n');
  expect(stdout).toContain('ACCEPTED critical api becomes callable by anyone on the internet');
  expect(stdout).toContain('\n  accepted until 9999-12-31: a status page\n');
});

test('JSON contains what an entry must accept, and what is accepted', async () => {
  write(entry());
  const { findings, accepted } = JSON.parse((await run('prod.json', '--format', 'json')).stdout);
  expect(findings).toMatchObject([
    { rule: 'public-service', what: [URL], accepted: { reason: 'a status page', until: '9999-12-31' } },
  ]);
  expect(accepted).toEqual([]);
});

test.each([
  ['is over', entry('', '2020-01-01'), 'accepted.yaml:2:3 accepted it until 2020-01-01'],
  ['is for less', entry(", what: ['api from internal']"), `accepted.yaml:2:3 does not accept '${URL}'`],
])('a finding is active again when the entry %s', async (_, text, words) => {
  write(text);
  const { status, stdout } = await run('prod.json', '--fail-on', 'critical');
  expect(status).toBe(2);
  expect(stdout).toContain(`prod: 1 critical\n`);
  expect(stdout).toContain(`\n  ${words}\n`);
  expect(JSON.parse((await run('prod.json', '--format', 'json')).stdout).findings[0].lapsed).toBe(words);
});

test('an entry that matches nothing is reported, unless another plan uses it or it is for a plan that is not reviewed', async () => {
  write(`${entry()}- {rule: caller-added, address: '*', reason: r, until: 9999-12-31}
- {rule: caller-removed, address: '*', plan: elsewhere, reason: r, until: 9999-12-31}
`);
  const message = 'matches no finding: remove it, unless a plan that is not reviewed here needs it';
  const unused = `accepted.yaml:3:3 ${message}`;
  expect((await run('prod.json')).stdout).toContain(`\n${unused}\n`);
  const json = JSON.parse((await run('prod.json', '--format', 'json')).stdout);
  expect(json.accepted).toEqual([{ file: 'accepted.yaml', line: 3, column: 3, message }]);
  plan('staging.json', created(SUPPORT, invoker('group:support@example.com')));
  const { stdout } = await run('prod.json', 'staging.json');
  expect(stdout).not.toContain('matches no finding');
  expect(stdout).toContain('staging: 1 accepted');
});

test('a broken file stops the review, with every mistake and its place', async () => {
  write('- {rule: publik-service, address: a, reason: r, until: 9999-12-31}\n- {rule: public-service}\n');
  const { status, stdout, stderr } = await run('prod.json', '--fail-on', 'critical');
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  expect(stderr).toContain("accepted.yaml:2:3 [1]: the key 'address' is missing");
  expect(stderr).toContain(
    "accepted.yaml:1:10 [0].rule: there is no rule 'publik-service' (did you mean 'public-service'?)",
  );
  expect(stderr).toContain('accepted.yaml is refused');
});

test('--accepted names another file, which must exist', async () => {
  write(entry(), 'other.yaml');
  expect((await run('prod.json', '--accepted', 'other.yaml')).stdout).toContain('prod: 1 accepted');
  const { status, stderr } = await run('prod.json', '--accepted', 'none.yaml');
  expect(status).toBe(1);
  expect(stderr).toContain('none.yaml: there is no such file');
});

test('a plan that leaves changes out cannot be accepted', async () => {
  write("- {rule: incomplete-plan, address: '*', reason: r, until: 9999-12-31}\n");
  expect((await run('prod.json')).stderr).toContain("'incomplete-plan' cannot be accepted");
});
