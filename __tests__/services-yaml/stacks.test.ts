import { Testing } from 'cdktf';
import { buildStacks } from '../../services-yaml';
import { fileWith, problemsOf } from './problems';

function synthesized(text: string): string[] {
  const { stacks, problems } = buildStacks(Testing.app(), text);
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  return stacks.map((stack) => Testing.synth(stack));
}

test('each environment is a stack with its own services', () => {
  const text = `environments:
  staging: {project: acme-staging, region: europe-west4, services: {web: null}}
  prod: {project: acme-prod, region: europe-west1}
services:
  api: {image: "europe-docker.pkg.dev/acme/apps/api:1.0.0"}
  web: {image: "europe-docker.pkg.dev/acme/apps/web:1.0.0"}
`;
  const [staging, prod] = synthesized(text).map((json) => JSON.parse(json).resource.google_cloud_run_v2_service);
  expect(Object.keys(staging)).toEqual(['api']);
  expect(staging.api).toMatchObject({ project: 'acme-staging', location: 'europe-west4' });
  expect(Object.keys(prod)).toEqual(['api', 'web']);
});

test('the order of services, keys and environments does not matter', () => {
  const [first] = synthesized(`environments:
  prod: {project: acme-prod, region: europe-west1}
services:
  api: {image: "europe-docker.pkg.dev/a/b/api:1", env: {A: a, B: b}, invokers: ["user:a@example.com", "user:b@example.com"]}
  web: {image: "europe-docker.pkg.dev/a/b/web:1", labels: {a: a, b: b}}
`);
  const [second] = synthesized(`services:
  web: {labels: {b: b, a: a}, image: "europe-docker.pkg.dev/a/b/web:1"}
  api: {invokers: ["user:b@example.com", "user:a@example.com"], env: {B: b, A: a}, image: "europe-docker.pkg.dev/a/b/api:1"}
environments:
  prod: {region: europe-west1, project: acme-prod}
`);
  expect(second).toBe(first);
});

test('what looks like a template reaches Cloud Run as it is written', () => {
  const [json] = synthesized(fileWith('env: {GREETING: "${HOME} %{if true}"}'));
  expect(json).toContain('"$${HOME} %%{if true}"');
});

test('a check that many services fail for one setting is told once, where the setting is', () => {
  const text = `environments:
  prod: {project: acme-prod, region: europe-west1}
defaults: {memory: lots}
services:
  api: {image: "europe-docker.pkg.dev/acme/apps/api:1.0.0"}
  web: {image: "europe-docker.pkg.dev/acme/apps/web:1.0.0"}
`;
  const lines = problemsOf(text);
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(/^services\.yaml:3:20 defaults\.memory: 'lots' .*\]$/);
});

test('a warning is told as one, with code and remedy', () => {
  const lines = problemsOf(fileWith('env: {KEY: {secret: key}}'));
  expect(lines).toEqual([
    expect.stringMatching(/^services\.yaml:7:\d+ warning services\.api\.env\.KEY.*: .+; .+ \[.+\]$/),
  ]);
});

test.each(['google', 'backend', 'accounts', 'apis', 'edge'])('a service may be called %s', (key) => {
  const text = fileWith('name: api\nserviceAccount: {name: front-end}')
    .replace('  api:', `  ${key}:`)
    .replace('europe-west1}', 'europe-west1, enableApis: true}');
  expect(problemsOf(text)).toEqual([]);
});

test.each(['domains: [""]', 'serviceAccount: ""'])('an empty name is a finding: %s', (keys) => {
  expect(problemsOf(fileWith(keys))[0]).toContain('services.yaml:7:');
});
