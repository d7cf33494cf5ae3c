import { Testing } from 'cdktf';
import { buildStacks, dnsSheet, summary } from '../../services-yaml';
import { testingApp } from '../testing-app';
import { fileWith, problemsOf } from './problems';

function synthesized(text: string): string[] {
  const { stacks, problems } = buildStacks(testingApp(), text);
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

test('the order of services does not change moved blocks and the page of DNS records', () => {
  const services = ['web', 'api'].map(
    (key) => `  ${key}:
    image: europe-docker.pkg.dev/acme/apps/app:1
    access: public
    ingress: internal-and-cloud-load-balancing
    regions: [europe-west1, us-central1]
`,
  );
  const mapped = ['shop', 'blog'].map(
    (key) =>
      `  ${key}: {image: "europe-docker.pkg.dev/acme/apps/app:1", access: public, domains: [${key}.example.com]}\n`,
  );
  const file = (parts: readonly string[]) =>
    `environments:\n  prod: {project: acme-prod, region: europe-west1}\nservices:\n${parts.join('')}`;
  const [one, other] = [file([...services, ...mapped]), file([...mapped.reverse(), ...services.reverse()])];
  expect(synthesized(other)).toEqual(synthesized(one));
  expect(synthesized(one)[0]).toContain('"moved"');
  const sheets = [one, other].map((text) => dnsSheet(buildStacks(testingApp(), text).stacks));
  expect(sheets[1]).toBe(sheets[0]);
  expect(sheets[0]).toMatch(/blog\.example\.com(?:.|\n)*shop\.example\.com/);
});

test('text that looks like a template reaches Cloud Run as it is written', () => {
  const [json] = synthesized(fileWith('env: {GREETING: "${HOME} %{if true} $${x} %%%%{y}"}'));
  // Terraform reads `$$${x}` as `$` and an escaped `${x}`.
  expect(json).toContain('"$${HOME} %%{if true} $$${x} %%%%%{y}"');
});

test('a problem of many services with one setting is reported once, at the setting', () => {
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

test('a warning is printed as one, with code and remedy', () => {
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

describe('what a synth writes beside the Terraform', () => {
  const FILE = `environments:
  staging: {project: acme-staging, region: europe-west1, services: {hello: {domains: [hello.staging.example.com]}}}
  prod: {project: acme-prod, region: europe-west1}
services:
  hello:
    image: europe-docker.pkg.dev/acme/apps/hello:1.0.0
    access: public
    domains: [example.com, {name: www.example.com, dnsZone: example-com}]
  worker: {image: "europe-docker.pkg.dev/acme/apps/worker:1.0.0", ingress: internal}
`;

  const stacksOf = (text: string) => buildStacks(testingApp(), text).stacks;

  test('the DNS page has the conditions, and the records to create', () => {
    const sheet = dnsSheet(stacksOf(FILE)) ?? '';
    expect(sheet).toMatchSnapshot();
    expect(sheet.indexOf('Search Console')).toBeLessThan(sheet.indexOf('| type | name | value |'));
    expect(sheet).toContain('| A | example.com | 216.239.32.21 |');
    expect(sheet).toContain('| CNAME | hello.staging.example.com | ghs.googlehosted.com. |');
    expect(sheet).toContain('Terraform writes these in the Cloud DNS zone `example-com`');
  });

  test('there is no DNS page if no domain is mapped', () => {
    expect(dnsSheet(stacksOf(FILE.replaceAll(/domains: \[.*\]/g, 'minInstances: 0')))).toBeUndefined();
  });

  test('the summary is a table of who can reach what', () => {
    expect(summary(stacksOf(FILE), 'cdktf.out')).toBe(`staging: 2 services in cdktf.out/stacks/staging
  service  access   ingress   domains
  hello    public   all       hello.staging.example.com
  worker   private  internal

prod: 2 services in cdktf.out/stacks/prod
  service  access   ingress   domains
  hello    public   all       example.com www.example.com
  worker   private  internal`);
  });
});
