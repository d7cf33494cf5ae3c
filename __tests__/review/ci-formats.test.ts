import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import type { Log } from 'sarif';
import { reviewCommand } from '../../cli/review';
import { readPlan } from '../../exposure';
import { reviewGitlab, reviewJunit, reviewPlan } from '../../review';
import { API, created, destroyed, invoker, PUBLIC, planOf, service, updated } from '../../review/fragment';
import { RULES } from '../../review/rules';
import { emptyFolder } from '../empty-folder';
import { runCommandIn } from '../run-command';
import { type Element, faultsOf, parseXml } from './junit-form';
import { planText } from './plan-text';

/** https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format: the parts of a report that GitLab reads. */
const isCodeQuality = new Ajv().compile({
  type: 'array',
  items: {
    type: 'object',
    required: ['description', 'check_name', 'fingerprint', 'severity', 'location'],
    additionalProperties: false,
    properties: {
      description: { type: 'string', minLength: 1 },
      check_name: { type: 'string', minLength: 1 },
      fingerprint: { type: 'string', pattern: '^[0-9a-f]{32,}$' },
      severity: { enum: ['info', 'minor', 'major', 'critical', 'blocker'] },
      location: {
        type: 'object',
        required: ['path', 'lines'],
        properties: {
          path: { type: 'string', pattern: '^[^./]', not: { pattern: '\\\\|//|\\.\\./' } },
          lines: { type: 'object', required: ['begin'], properties: { begin: { type: 'integer', minimum: 1 } } },
        },
      },
    },
  },
});

const EVERY_RULE = RULES.map(({ id, example }) => reviewPlan(id, `${id}.json`, readPlan(example.found)));
const NOTE = { file: 'accepted.yaml', line: 3, column: 5, message: 'matches no finding: remove it' };

test('Code Quality has the form that GitLab reads, and a different fingerprint for each finding', () => {
  const issues = JSON.parse(reviewGitlab(EVERY_RULE, [NOTE]));
  expect([isCodeQuality(issues), isCodeQuality.errors]).toEqual([true, null]);
  expect(issues.length).toBe(EVERY_RULE.flatMap(({ findings }) => findings).length + 1);
  expect(new Set(issues.map(({ fingerprint }: { fingerprint: string }) => fingerprint)).size).toBe(issues.length);
});

test('JUnit has the form of Jenkins, and no two cases with the same name', () => {
  const [root] = parseXml([reviewJunit(EVERY_RULE, [NOTE])]) as [Element];
  expect(faultsOf(root)).toEqual([]);
  for (const { children } of root.children) {
    const names = children.flatMap(({ attributes }) => attributes.name ?? []);
    expect(new Set(names).size).toBe(names.length);
  }
});

test('the form of JUnit refuses what is not JUnit', () => {
  const wrong = [
    '<testsuites><testsuite name="a" tests="2" failures="0" errors="0"><testcase classname="x"/></testsuite></testsuites>',
    '<testsuites><testcase name="x"/></testsuites>',
    '<testsuites name="a & b"/>',
    '<testsuites name="\u0001"/>',
  ];
  for (const element of parseXml(wrong)) expect(faultsOf(element)).not.toEqual([]);
});

test('text that is hostile to XML stays text, and control characters are replaced', () => {
  const hostile = `]]>&amp;</failure><!-- "'\u0000\u0001\u0008\u000b\u001f\u007f\u0085\ufffe\uffff\ud800 \udc00 \u{1f600}`;
  const [review] = EVERY_RULE.slice(0, 1).map((each) => ({
    ...each,
    plan: hostile,
    notes: [hostile],
    findings: each.findings.map((finding) => ({ ...finding, message: hostile, address: hostile, lapsed: hostile })),
  }));
  const xml = reviewJunit([review as (typeof EVERY_RULE)[number]], [{ ...NOTE, file: hostile }]);
  const [root] = parseXml([xml]) as [Element];
  expect(faultsOf(root)).toEqual([]);
  const failure = root.children[0]?.children[0]?.children[0];
  expect(failure?.name).toBe('failure');
  expect(failure?.text).toContain(`]]>&amp;</failure><!-- "'`);
  expect(failure?.text).toContain('\u{1f600}');
});

describe('of a plan whose stack was synthesized', () => {
  let folder: string;

  beforeEach(() => {
    folder = emptyFolder();
    mkdirSync(join(folder, 'cdktf.out/stacks/prod'), { recursive: true });
    mkdirSync(join(folder, '.git'));
    const sources = { file: '../../../app/services.yaml', stack: '2:3', resources: { [API]: '7:3', [PUBLIC]: '9:13' } };
    writeFileSync(join(folder, 'cdktf.out/stacks/prod/sources.json'), JSON.stringify(sources));
    const plan = planOf(
      updated(API, service(), { description: 'x', deletion_protection: false }),
      created(PUBLIC, invoker('allUsers')),
      destroyed('google_pubsub_subscription.orders', { name: 'orders' }),
    );
    writeFileSync(join(folder, 'prod.json'), planText(plan));
    writeFileSync(
      join(folder, 'accepted.yaml'),
      `- {rule: public-service, address: ${API}, reason: a status page, until: 9999-12-31}
- {rule: deletion-protection-off, address: ${API}, reason: r, until: 2020-01-01}
- {rule: caller-removed, address: '*', reason: r, until: 9999-12-31}
`,
    );
  });

  const run = (...args: string[]) => runCommandIn(folder, reviewCommand(), ['prod.json', ...args]);

  test('Code Quality shows the lines of services.yaml, and what is accepted', async () => {
    const issues = JSON.parse((await run('--format', 'gitlab')).stdout);
    expect([isCodeQuality(issues), isCodeQuality.errors]).toEqual([true, null]);
    const lines = issues.map(({ check_name, severity, location }: Record<string, never>) => [
      check_name,
      severity,
      location,
    ]);
    const at = (begin: number, path = 'app/services.yaml') => ({ path, lines: { begin } });
    expect(lines).toEqual([
      ['public-service', 'info', at(9)],
      ['subscription-replaced', 'critical', at(2)],
      ['deletion-protection-off', 'critical', at(7)],
      ['accepted', 'info', at(3, 'accepted.yaml')],
    ]);
    expect(issues[0].description).toContain('accepted until 9999-12-31: a status page');
    expect(issues[2].description).toContain('accepted.yaml:2:3 accepted it until 2020-01-01');
  });

  test('SARIF suppresses accepted findings, and shows the lines', async () => {
    const { runs }: Log = JSON.parse((await run('--format', 'sarif')).stdout);
    const results = runs[0]?.results ?? [];
    expect(results.map(({ suppressions }) => suppressions)).toEqual([
      [{ kind: 'external', status: 'accepted', justification: 'a status page', properties: { until: '9999-12-31' } }],
      undefined,
      undefined,
    ]);
    expect(results.map(({ locations }) => locations?.[0]?.physicalLocation)).toMatchObject([
      { artifactLocation: { uri: 'app/services.yaml' }, region: { startLine: 9, startColumn: 13 } },
      { region: { startLine: 2, startColumn: 3 } },
      { region: { startLine: 7, startColumn: 3 } },
    ]);
    expect(results[2]?.message.text).toContain('accepted it until 2020-01-01');
    expect(runs[0]?.invocations?.[0]?.toolExecutionNotifications?.[0]?.message.text).toBe(
      'accepted.yaml:3:3 matches no finding: remove it, unless a plan that is not reviewed here needs it',
    );
  });

  test('JUnit skips accepted findings and fails others', async () => {
    const [root] = parseXml([(await run('--format', 'junit')).stdout]) as [Element];
    expect(faultsOf(root)).toEqual([]);
    const [prod, unused] = root.children;
    expect(prod?.attributes).toMatchObject({ tests: String(RULES.length), failures: '2', skipped: '1' });
    expect(prod?.children[0]?.children).toMatchObject([
      { name: 'skipped', attributes: { message: 'critical: accepted until 9999-12-31: a status page' } },
    ]);
    expect(prod?.children[2]?.children[0]?.text).toContain('app/services.yaml:7:3');
    expect(unused?.attributes).toMatchObject({ name: 'accepted findings', skipped: '1' });
  });

  test('--write writes other formats to files in the same run', async () => {
    const { stdout, status } = await run('--write', 'gitlab=a.json', '--write', 'junit=b.xml', '--fail-on', 'medium');
    expect(status).toBe(2);
    expect(stdout).toContain('prod: 2 high, 1 accepted');
    expect(stdout).toContain('\n  app/services.yaml:7:3\n');
    expect(JSON.parse(readFileSync(join(folder, 'a.json'), 'utf8'))).toHaveLength(4);
    expect(readFileSync(join(folder, 'b.xml'), 'utf8')).toContain('<testsuites');
    const refused = await run('--write', 'gitlab=none/a.json');
    expect(refused).toMatchObject({ status: 1, stdout: '' });
    expect(refused.stderr).toContain('none/a.json cannot be written (ENOENT)');
  });
});
