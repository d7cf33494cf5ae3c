import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';
import { readTerraformJson } from '../../exposure';
import { reviewPlan } from '../../review';
import { describeWithTerraform } from '../emulator/harness';
import { SCENARIOS } from './scenarios';

const ROOT = resolve(__dirname, '../..');
const FOLDER = join(ROOT, 'examples/ci');

interface Step {
  readonly run?: string;
  readonly uses?: string;
  readonly with?: object;
}

interface Workflow {
  readonly permissions: object;
  readonly jobs: Readonly<Record<string, { readonly permissions: object; readonly steps: readonly Step[] }>>;
}

const workflows = ['github.yml', 'github-offline.yml'].map((file) => {
  const workflow: Workflow = parse(readFileSync(join(FOLDER, file), 'utf8'));
  return { file, workflow, steps: Object.values(workflow.jobs).flatMap(({ steps }) => steps) };
});

test.each(workflows)('$file puts nothing of a pull request into a shell', ({ steps }) => {
  for (const { run } of steps) expect(run ?? '').not.toContain('${{');
});

test.each(workflows)('$file pins the major version of every action', ({ steps }) => {
  for (const { uses } of steps) expect(uses ?? '@v1').toMatch(/@v\d+$/);
});

test.each(workflows)(
  '$file may nothing by default, and no job both reads the code and writes comments',
  ({ workflow }) => {
    expect(workflow.permissions).toEqual({});
    for (const { permissions } of Object.values(workflow.jobs)) {
      expect(Object.keys(permissions)).not.toEqual(expect.arrayContaining(['contents', 'pull-requests']));
    }
  },
);

test.each(workflows)('$file gives the action inputs that it has', ({ steps }) => {
  const { inputs } = parse(readFileSync(join(ROOT, 'action.yml'), 'utf8'));
  const uses = steps.filter((step) => step.uses?.startsWith('cdktf-cloud-run/'));
  expect(uses).not.toEqual([]);
  for (const { with: given = {} } of uses)
    expect(Object.keys(inputs)).toEqual(expect.arrayContaining(Object.keys(given)));
});

test('the GitLab job writes the reports that it hands on', () => {
  const jobs = parse(readFileSync(join(FOLDER, 'gitlab-ci.yml'), 'utf8'));
  expect(jobs).toMatchObject({ stages: ['review'] });
  const { variables, artifacts } = jobs['.review'];
  for (const [format, file] of [
    ['gitlab', artifacts.reports.codequality],
    ['junit', artifacts.reports.junit],
  ]) {
    expect(variables.REVIEW_OPTIONS).toContain(`--write ${format}=$CI_PROJECT_DIR/${file}`);
  }
});

describeWithTerraform('offline-plan.sh', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'offline-plan-'));
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  function stack(side: 'before' | 'after', name: string, configuration: object | undefined): void {
    const path = join(folder, side, 'stacks', name);
    mkdirSync(path, { recursive: true });
    const provider = { google: [{ project: 'acme-prod', region: 'europe-west1' }] };
    const terraform = { backend: { gcs: { bucket: 'acme-tfstate' } } };
    writeFileSync(join(path, 'cdk.tf.json'), JSON.stringify({ provider, terraform, ...configuration }));
  }

  test('plans from the stacks before to the stacks after, whatever their backend', () => {
    const { from, to } = SCENARIOS.find(({ rule }) => rule === 'ingress-widened') ?? {};
    stack('before', 'prod', from);
    stack('after', 'prod', to);
    stack('after', 'staging', to);
    const tool = `${process.execPath} ${join(ROOT, 'bin/cdktf-cloud-run.js')}`;
    const args = ['before', 'after', 'plans'].map((name) => join(folder, name));
    execFileSync(join(FOLDER, 'offline-plan.sh'), args, {
      env: { ...process.env, CDKTF_CLOUD_RUN: tool },
      stdio: 'pipe',
    });

    expect(readdirSync(join(folder, 'plans')).sort()).toEqual(['prod.json', 'staging.json']);
    const read = readTerraformJson(readFileSync(join(folder, 'plans/prod.json'), 'utf8'));
    const findings = read.kind === 'plan' ? reviewPlan('prod', 'prod.json', read.plan).findings : [];
    expect(findings.map(({ rule }) => rule)).toEqual(['ingress-widened']);
  });
});
