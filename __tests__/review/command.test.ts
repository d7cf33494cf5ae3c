import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Log } from 'sarif';
import { reviewCommand } from '../../cli/review';
import type { PlanJson } from '../../exposure';
import {
  API,
  created,
  INTERNAL,
  invoker,
  PUBLIC,
  planOf,
  SUPPORT,
  service,
  unchanged,
  updated,
} from '../../review/fragment';
import { RULES } from '../../review/rules';
import { emptyFolder } from '../empty-folder';
import { runCommand } from '../run-command';
import { planText } from './plan-text';

const FORMATS = ['markdown', 'text', 'json', 'sarif'] as const;

let folder: string;

beforeEach(() => {
  folder = emptyFolder();
});

function file(name: string, plan: PlanJson | string): string {
  const path = join(folder, name);
  writeFileSync(path, typeof plan === 'string' ? plan : planText(plan));
  return path;
}

const run = (...args: readonly string[]) => runCommand(reviewCommand(), ...args);

/** Without the folder, whose name changes with each run. */
const placed = (output: string) => output.replaceAll(encodeURI(folder), 'FOLDER').replaceAll(folder, 'FOLDER');

const opens = planOf(
  updated(API, service({ ...INTERNAL, traffic: [] }), { ingress: 'INGRESS_TRAFFIC_ALL', deletion_protection: false }),
  created(PUBLIC, invoker('allUsers')),
  created(SUPPORT, invoker('group:support@example.com')),
);

const quiet = planOf(updated(API, service(), { description: 'Orders' }));

/** SARIF describes every rule: without those that nothing was found of. */
function withRulesOfFindings(sarif: string): string {
  const log: Log = JSON.parse(sarif);
  for (const { tool, results = [] } of log.runs) {
    const { rules = [] } = tool.driver;
    const found = new Set(results.map(({ ruleIndex = -1 }) => rules[ruleIndex]));
    tool.driver.rules = rules.filter((rule) => found.has(rule));
  }
  return JSON.stringify(log, null, 2);
}

test.each(FORMATS)('%s of two environments', async (format) => {
  const { output, exitCode } = await run(file('prod.json', opens), file('staging.json', quiet), '--format', format);
  expect(exitCode).toBe(0);
  const shown = format === 'sarif' ? withRulesOfFindings(output) : output;
  expect(placed(shown).replace(/"finding\/v1": "\w+"/g, '"finding/v1": "…"')).toMatchSnapshot();
});

test('sarif describes every rule', async () => {
  const { output } = await run(file('prod.json', quiet), '--format', 'sarif');
  const [{ tool }] = JSON.parse(output).runs;
  const levels = {
    critical: ['error', '9.5'],
    high: ['error', '8.0'],
    medium: ['warning', '5.0'],
    low: ['note', '2.0'],
  };
  expect(tool.driver.rules).toEqual(
    RULES.map(({ id, finds, remedy, severity }) => {
      const [level, security] = levels[severity];
      return {
        id,
        shortDescription: { text: finds },
        help: { text: remedy },
        defaultConfiguration: { level },
        properties: { tags: ['security'], 'security-severity': security },
      };
    }),
  );
});

test('nothing is reported as changed if nothing changed', async () => {
  const { output } = await run(file('staging.json', quiet), '--format', 'markdown');
  expect(output).toContain('**no change in who can reach what**');
});

test.each([
  ['critical', 0],
  ['high', 0],
  ['medium', 2],
  ['low', 2],
] as const)('--fail-on %s exits with %i on a plan whose worst finding is medium', async (severity, exitCode) => {
  const plan = planOf(unchanged(API, service()), created(SUPPORT, invoker('group:support@example.com')));
  expect(await run(file('prod.json', plan), '--fail-on', severity)).toMatchObject({ exitCode });
});

test.each([
  ['a state', JSON.stringify({ format_version: '1.0', values: { root_module: {} } }), 'this is a state'],
  ['a synthesized stack', JSON.stringify({ terraform: {}, resource: {} }), 'this is a synthesized stack'],
  ['a truncated plan', JSON.stringify(quiet).slice(0, -2), 'not valid JSON'],
])('%s is refused, and --fail-on does not make it pass', async (_, content, message) => {
  const { exitCode, output, errors } = await run(file('x.json', content), '--fail-on', 'low');
  expect({ exitCode, output }).toEqual({ exitCode: 1, output: '' });
  expect(errors).toContain(message);
});

test('one bad file of several refuses all: a partial review would look complete', async () => {
  const { exitCode, output } = await run(file('prod.json', quiet), file('x.json', '{'));
  expect({ exitCode, output }).toEqual({ exitCode: 1, output: '' });
});

const partial = { ...quiet, complete: false };
const deferring = {
  ...partial,
  deferred_changes: [
    { reason: 'provider_config_unknown', resource_change: { address: 'google_cloud_run_v2_service.x' } },
  ],
};

test.each([
  ['a plan with -target', partial, [], 2],
  ['a plan that defers a change', deferring, [], 2],
  ['a plan with -target, said to be meant', partial, ['--allow-incomplete'], 0],
] as const)('--fail-on critical of %s, which has nothing critical', async (_, plan, more, exitCode) => {
  const run1 = await run(file('prod.json', plan), '--fail-on', 'critical', ...more);
  expect(run1.exitCode).toBe(exitCode);
  expect(run1.errors).toContain(exitCode === 0 ? '' : 'prod: changes are left out');
});

test('a deferred change is named', async () => {
  const { output } = await run(file('prod.json', deferring));
  expect(output).toContain('google_cloud_run_v2_service.x is left to a later plan (provider_config_unknown)');
});

/** A secret in every place where a plan may contain one. */
const CANARY = 'canary-value';

function withSecrets(): PlanJson {
  const env = (suffix: string) => [{ name: 'PASSWORD', value: CANARY + suffix }];
  const container = (suffix: string) => ({ template: [{ containers: [{ image: 'i', env: env(suffix) }] }] });
  const secret = {
    [CANARY]: 'x',
    description: CANARY,
    name: CANARY,
    location: CANARY,
    ingress: CANARY,
    traffic: [{ tag: CANARY, revision: CANARY, percent: 100 }],
  };
  const marks = { description: true, name: true, location: true, ingress: true, traffic: true };
  const changes = [
    updated(API, service(container('-1')), container('-2')),
    updated('google_cloud_run_v2_service.sensitive', secret, {
      ...secret,
      ingress: `${CANARY}-2`,
      traffic: [{ revision: `${CANARY}-2`, percent: 100 }],
    }),
    created(SUPPORT, { ...invoker(CANARY), role: CANARY }),
    updated(
      'google_compute_backend_service.edge',
      { name: 'edge', iap: [{ enabled: true, oauth2_client_secret: CANARY }], security_policy: CANARY },
      { iap: [{ enabled: true, oauth2_client_secret: `${CANARY}-2` }], security_policy: null },
    ),
    updated(
      'google_compute_security_policy.edge',
      { name: 'edge', rule: [{ priority: 1, action: CANARY }] },
      { rule: [] },
    ),
    created('google_cloud_run_domain_mapping.x', {
      name: CANARY,
      location: 'europe-west1',
      spec: [{ route_name: 'api' }],
    }),
  ];
  const sensitive: Readonly<Record<string, unknown>> = {
    'google_cloud_run_v2_service.sensitive': marks,
    [SUPPORT]: { member: true, role: true },
    'google_compute_backend_service.edge': { iap: [{ oauth2_client_secret: true }], security_policy: true },
    'google_compute_security_policy.edge': { rule: true },
    'google_cloud_run_domain_mapping.x': { name: true },
  };
  const marked = changes.map((change) => ({
    ...change,
    change: {
      ...change.change,
      before_sensitive: sensitive[change.address],
      after_sensitive: sensitive[change.address],
    },
  }));
  return { resource_changes: marked, resource_drift: marked, variables: { password: { value: CANARY } } };
}

test.each(FORMATS)('no secret is in the %s', async (format) => {
  const plan = withSecrets();
  const { output, errors } = await run(file('prod.json', plan), '--format', format);
  expect(output.replaceAll(`"${CANARY}":`, '')).not.toContain(CANARY);
  expect(errors).toBe('');
  expect(output).toContain('sensitive value');
});
