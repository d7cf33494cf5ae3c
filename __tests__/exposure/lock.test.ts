import { exposureLock, type StackExposure } from '../../exposure';
import { examples, fromServices, terraformOf } from '../examples/examples';
import { stackExposure } from './stack-exposure';

/** The lines of the lock file of a services.yaml, without the comment in front. */
function lockOf(services: string): string[] {
  return linesOf(terraformOf(fromServices(services)));
}

function exposures(terraform: Record<string, string>): StackExposure[] {
  return Object.entries(terraform).map(([name, text]) => stackExposure(text, name));
}

function linesOf(terraform: Record<string, string>): string[] {
  return exposureLock({ stacks: exposures(terraform) })
    .trimEnd()
    .split('\n')
    .filter((line) => !line.startsWith('#'));
}

/** How many lines a diff of the two has. */
function changed(before: readonly string[], after: readonly string[]): number {
  return before.filter((line) => !after.includes(line)).length + after.filter((line) => !before.includes(line)).length;
}

const PRIVATE = `environments:
  prod: {project: acme-prod, region: europe-west1}
services:
  api:
    image: europe-docker.pkg.dev/acme/apps/api:1.0.0
    ingress: internal
    invokers: [group:a@example.com, group:b@example.com, user:c@example.com, user:d@example.com]
  web: {image: "europe-docker.pkg.dev/acme/apps/web:1.0.0", calls: [api], network: default, vpcEgress: all-traffic}
  worker: {image: "europe-docker.pkg.dev/acme/apps/worker:1.0.0", ingress: internal}
`;

test('a line has the stack, the service, the URL, from where, and who', () => {
  expect(lockOf(PRIVATE)).toEqual([
    'prod  acme-prod/europe-west1/api  run.app (known after apply)  internal  group:a@example.com, group:b@example.com, Cloud Run service web (serviceAccount:web-4b5e57@acme-prod.iam.gserviceaccount.com), user:c@example.com, user:d@example.com',
    'prod  acme-prod/europe-west1/web  run.app (known after apply)  internet  nobody',
    'prod  acme-prod/europe-west1/worker  run.app (known after apply)  internal  nobody',
  ]);
});

test.each([
  ['an API made public', /ingress: internal\n {4}invokers: .*/, 'access: public'],
  ['an internal API that answers from the internet', '    ingress: internal\n', ''],
  ['an invoker more', 'user:d@example.com]', 'user:d@example.com, user:e@example.com]'],
  ['a service renamed', '  worker:', '  jobs:'],
])('%s is at most three lines of diff', (_, from, to) => {
  const after = PRIVATE.replace(from, to);
  const lines = changed(lockOf(PRIVATE), lockOf(after));
  expect(lines).toBeGreaterThan(0);
  expect(lines).toBeLessThanOrEqual(3);
});

test('losing Cloud Armor changes a line, although the URL and its callers stay', () => {
  const behind = (edge: string) =>
    `${PRIVATE.replace('  worker:', '  site: {image: "europe-docker.pkg.dev/acme/apps/site:1.0.0", access: public, ingress: internal-and-cloud-load-balancing}\n  worker:')}loadBalancers: {edge: {domains: [www.example.com], defaultService: site${edge}}}\n`;
  const guarded = lockOf(behind(', securityPolicy: {existing: edge}'));
  expect(guarded).toContain(
    'prod  acme-prod/europe-west1/site  https://www.example.com/  internet, Cloud Armor edge  anyone',
  );
  expect(changed(guarded, lockOf(behind('')))).toBe(2);
});

test('what cannot be determined is a line of its own', () => {
  const resource = { google_cloud_run_v2_service_iam_policy: { api: { name: 'api', policy_data: '${local.policy}' } } };
  expect(linesOf({ prod: JSON.stringify({ resource }) }).join('\n')).toMatch(/^prod {2}cannot be determined: google_/m);
});

test('an entry whose protection is not known is not reported as closed', () => {
  const entry = { url: 'https://www.example.com/', via: 'load-balancer', from: 'internet', through: [] } as const;
  const service = { address: 'a', name: 'api', project: 'acme-prod', location: 'europe-west1', ingress: 'all' };
  const unknown = { authentication: '(known after apply)', callers: [] } as const;
  const stack = {
    name: 'prod',
    identities: {},
    notes: [],
    services: [{ ...service, ...unknown, doubts: [], entries: [{ ...entry, ...unknown }] }],
  };
  expect(exposureLock({ stacks: [stack] })).toMatch(/internet {2}\(known after apply\)\n$/);
});

test.each(examples().map(({ name, fromYaml }) => [name, fromYaml] as const))(
  '%s: every URL of every service has its line, and the lines are sorted',
  (_, fromYaml) => {
    const terraform = terraformOf(fromYaml);
    const lines = linesOf(terraform);
    const entries = exposures(terraform).flatMap(({ services }) => services.flatMap((service) => service.entries));
    expect(lines.filter((line) => !line.includes('  cannot be determined: '))).toHaveLength(entries.length);
    expect(lines).toEqual([...lines].sort());
  },
);
