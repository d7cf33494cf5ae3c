import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';

const ROOT = resolve(__dirname, '../..');
const FOLDER = join(ROOT, 'examples/ci');

interface Step {
  readonly run?: string;
  readonly uses?: string;
  readonly with?: object;
  readonly 'working-directory'?: string;
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

test('the GitLab job writes the reports that it uploads', () => {
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

test.each(workflows)('$file runs the tool of the base branch', ({ steps }) => {
  const reviewing = steps.filter(({ with: given }) => given && ('plans' in given || 'preview' in given));
  expect(reviewing).toHaveLength(1);
  for (const { with: given } of reviewing)
    expect(given).toMatchObject({ tool: 'before', 'working-directory': 'after' });
});

test.each(workflows)('$file gets the tool after what a pull request runs without a review', ({ steps }) => {
  const last = steps.findLastIndex((step) => step['working-directory'] === 'after' && /npm/.test(step.run ?? ''));
  const tool = steps.findIndex(({ with: given }) => given && 'path' in given && given.path === 'before');
  expect(last).toBeGreaterThan(-1);
  expect(tool).toBeGreaterThan(last);
});
