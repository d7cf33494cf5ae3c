import { parse } from 'yaml';
import {
  CloudRunService,
  type CloudRunServiceProps,
  CloudRunStack,
  type CloudRunStackProps,
  ExternalLoadBalancer,
  type ExternalLoadBalancerProps,
} from '../../constructs';
import { type Check, loadBalancerChecks, serviceChecks, stackChecks } from '../../constructs/checks';
import type { Finding } from '../../constructs/core/finding';
import { withServices } from '../../services-yaml/load/service-names';
import { testingApp } from '../testing-app';
import { addServices, type Services } from './synth';

interface ExampleFile {
  environments: Record<string, CloudRunStackProps & { services?: Services }>;
  defaults?: Partial<CloudRunServiceProps<string>>;
  services?: Services;
  loadBalancers?: Record<string, ExternalLoadBalancerProps<string>>;
}

/** The findings of the checks in an example, through the constructs as in TypeScript. */
function findingsOf(example: string): Finding[] {
  const { environments, defaults, services, loadBalancers = {} } = parse(example) as ExampleFile;
  const app = testingApp();
  const stacks = Object.entries(environments).map(([name, { services: here, ...props }]) => {
    const stack = new CloudRunStack(app, name, props);
    const merged = Object.entries({ ...services, ...here }).map(([key, own]) => [key, { ...defaults, ...own }]);
    addServices(stack, Object.fromEntries(merged));
    const byKey = new Map(stack.services.map((service) => [service.node.id, service]));
    for (const [key, props] of Object.entries(loadBalancers)) {
      const resolved = withServices(props, byKey);
      if (resolved) new ExternalLoadBalancer(stack, key, resolved);
    }
    return stack;
  });
  return stacks.flatMap((stack) => stack.findings());
}

const checks: Pick<Check<never>, 'code' | 'severity' | 'example'>[] = [
  ...serviceChecks,
  ...loadBalancerChecks,
  ...stackChecks,
];

test.each(checks.map((check) => [check.code, check] as const))('%s is found in its example', (code, check) => {
  const findings = findingsOf(check.example);
  expect(findings.map((finding) => finding.code)).toContain(code);
  const errors = findings.filter(({ severity }) => severity === 'error').map((finding) => finding.code);
  expect([...new Set(errors)]).toEqual(check.severity === 'error' ? [code] : []);
  for (const { message, remedy } of findings) {
    expect(message).toMatch(/^[^A-Z].*[^.]$|^Cloud Run /);
    expect(remedy).not.toBe('');
  }
});

test('codes are unique', () => {
  const codes = checks.map(({ code }) => code);
  expect(new Set(codes).size).toBe(codes.length);
});

test('the accounts of a project are counted over all of its stacks, and reported once', () => {
  const app = testingApp();
  const stacks = ['staging', 'prod'].map((name) => {
    const stack = new CloudRunStack(app, name, { project: 'acme-apps', region: 'europe-west1' });
    for (let i = 0; i < 50; i++) new CloudRunService(stack, `${name}-${i}`, { image: 'acme/app:1' });
    return stack;
  });
  expect(stacks.map((stack) => stack.findings().map(({ code }) => code))).toEqual([['many-accounts'], []]);
});

test('a principal without a domain is refused if domains are restricted', () => {
  const findings = findingsOf(`
environments: {prod: {project: acme-prod, region: europe-west1, organizationPolicies: {allowedPolicyMemberDomains: [example.com]}}}
defaults: {image: 'acme/api:1'}
services: {api: {invokers: [allAuthenticatedUsers, 'user:a@example.com', 'serviceAccount:b@acme-prod.iam.gserviceaccount.com']}}`);
  const errors = findings.filter(({ severity }) => severity === 'error');
  expect(errors.map(({ code, path }) => [code, path])).toEqual([['policy-member-domain', ['invokers', 0]]]);
});

test('one role written in two ways is a finding, not a crash', () => {
  const findings = findingsOf(`
environments: {prod: {project: acme-prod, region: europe-west1}}
defaults: {image: 'acme/api:1'}
services: {api: {iam: {run.admin: ['user:a@example.com'], roles/run.admin: ['user:a@example.com']}}}`);
  expect(findings.map(({ code }) => code)).toEqual(['role-syntax', 'address-taken']);
});

test.each([
  'user:a@acme.iam.gserviceaccount.com',
  'serviceAccount:bob@example.com',
  'user:bob@example.com.',
  'user:bob@example..com',
  'group:@example.com',
  'domain:user@example.com',
])('%s is not a principal', (principal) => {
  const findings = findingsOf(`
environments: {prod: {project: acme-prod, region: europe-west1}}
services: {api: {image: 'acme/api:1', invokers: ['${principal}']}}`);
  expect(findings.map(({ code }) => code)).toEqual(['principal-syntax']);
});

test.each(['acme/api:', 'Acme/App:1', 'a b:1', 'acme/api@sha256:abc', 'https://acme/api:1'])(
  '%s is not an image, and the remedy is one',
  (image) => {
    const [finding] = findingsOf(`
environments: {prod: {project: acme-prod, region: europe-west1}}
services: {api: {image: '${image}'}}`);
    expect(finding).toMatchObject({
      code: 'image-reference',
      remedy: expect.stringMatching(/'(acme\/api:1|europe-docker.*)'$/),
    });
  },
);
