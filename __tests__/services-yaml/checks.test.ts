import { buildStacks } from '../../services-yaml';
import { environmentsChecks } from '../../services-yaml/build/environments-checks';
import { fileChecks } from '../../services-yaml/build/file-checks';
import { testingApp } from '../testing-app';
import { problemsOf } from './problems';

const checks = [...fileChecks, ...environmentsChecks].map(({ code, severity, example }) => ({
  code,
  severity,
  example,
}));

test.each(checks)('$code is found in its example', ({ code, severity, example }) => {
  const found = buildStacks(testingApp(), example).problems.filter((problem) => problem.code === code);
  expect(found).toHaveLength(1);
  expect(found[0]).toMatchObject({ severity, message: expect.stringMatching(/^[^A-Z].*[^.]$/) });
  expect(found[0]?.place).toBeDefined();
});

function environments(...settings: string[]): string {
  const lines = settings.map((setting, index) => `  env${index}: {${setting}}`);
  return `environments:\n${lines.join('\n')}\nservices: {api: {image: "europe-docker.pkg.dev/acme/apps/api:1.0.0"}}\n`;
}

const GCS = 'project: acme-a, region: europe-west1, backend: {gcs: {bucket: acme-tfstate';

test.each([
  ['buckets of one name with the environments as folders', `${GCS}}}`, `${GCS.replace('acme-a', 'acme-b')}}}`, 0],
  ['one folder of a bucket', `${GCS}, prefix: run}}`, `${GCS}, prefix: run/}}`, 1],
  [
    "one path in two stacks' own folders",
    'project: acme-a, region: europe-west1, backend: {local: {path: state.tfstate}}',
    'project: acme-b, region: europe-west1, backend: {local: {path: state.tfstate}}',
    0,
  ],
  [
    'one path beside both stacks',
    'project: acme-a, region: europe-west1, backend: {local: {path: ../../../run.tfstate}}',
    'project: acme-b, region: europe-west1, backend: {local: {path: ../../../run.tfstate}}',
    1,
  ],
  [
    'the path that another environment has by default',
    'project: acme-a, region: europe-west1',
    'project: acme-b, region: europe-west1, backend: {local: {path: ../../../terraform.env0.tfstate}}',
    1,
  ],
])('%s: states are distinguished', (_, first, second, shared) => {
  const found = problemsOf(environments(first, second)).filter((line) => line.includes('[shared-state]'));
  expect(found).toHaveLength(shared);
});

test('services of one name in two projects or regions are fine', () => {
  const text = environments('project: acme-a, region: europe-west1', 'project: acme-b, region: europe-west1');
  expect(problemsOf(text)).toEqual([]);
});

test('a service that two environments create is located in the second, with the first named', () => {
  const project = 'project: acme-a, region: europe-west1';
  const [line] = problemsOf(environments(project, project)).filter((each) => each.includes('service-in-two'));
  expect(line).toContain(
    "services.yaml:4:12 services.api: environment 'env0' has the service 'api' of project 'acme-a' in 'europe-west1' as well;",
  );
});

test('an environment whose services are refused is not reported as empty', () => {
  const text = environments('project: acme-a, region: europe-west1').replace('image', 'imagee');
  expect(problemsOf(text).join()).not.toContain('has no services');
});
