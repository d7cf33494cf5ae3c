import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type App, Testing } from 'cdktf';
import { buildStacks } from '../../services-yaml';
import { examples, terraformOf } from '../examples/examples';

/** The place of each address, by stack. */
function sourcesIn(text: string, app: App = Testing.app()) {
  const { stacks, sourcesOf } = buildStacks(app, text);
  return Object.fromEntries(stacks.map((stack) => [stack.node.id, sourcesOf(stack)]));
}

test.each(examples().map((example) => [example.name, example] as const))(
  '%s: every resource has a place in the file',
  (_, { services, fromYaml }) => {
    const lines = services.split('\n');
    const sources = sourcesIn(services);
    for (const [stack, json] of Object.entries(terraformOf(fromYaml))) {
      const { resource = {} } = JSON.parse(json);
      const addresses = Object.entries(resource).flatMap(([type, named]) =>
        Object.keys(named as object).map((name) => `${type}.${name}`),
      );
      expect(addresses.filter((address) => !sources[stack]?.resources.has(address))).toEqual([]);
      for (const { line, column } of sources[stack]?.resources.values() ?? []) {
        expect(lines[line - 1]?.slice(column - 1).trim()).not.toBe('');
      }
    }
  },
);

test('the place of a resource is the key that makes it, in any layer', () => {
  const text = `environments:
  prod:
    project: acme-prod
    region: europe-west1
    services:
      web:
        access: public
defaults:
  invokers: [group:support@example.com]
services:
  web:
    image: europe-docker.pkg.dev/acme/apps/web:1.0.0
    domains:
      - www.example.com
    env:
      TOKEN: {secret: token, version: "1"}
`;
  const { stack, resources } = sourcesIn(text).prod ?? {};
  expect(stack?.line).toBe(2);
  const lines = Object.fromEntries([...(resources ?? [])].map(([address, { line }]) => [address, line]));
  expect(lines).toEqual({
    'google_service_account.web': 11,
    'google_secret_manager_secret_iam_member.web_secret_token': 16,
    'google_cloud_run_v2_service.web': 11,
    'google_cloud_run_v2_service_iam_member.web_public': 7,
    'google_cloud_run_v2_service_iam_member.web_invoker_group_support_at_example_com': 9,
    'google_cloud_run_domain_mapping.www_example_com': 14,
  });
});

test('what an app adds in TypeScript has the place of its environment', () => {
  const text = readFileSync(join(__dirname, '../../services.yaml'), 'utf8');
  const { stacks, sourcesOf } = buildStacks(Testing.app(), text);
  const [stack] = stacks;
  if (!stack) throw new Error('no stack');
  const { CloudRunService } = require('../../constructs') as typeof import('../../constructs');
  new CloudRunService(stack, 'added', { image: 'europe-docker.pkg.dev/acme/apps/added:1.0.0' });
  const sources = sourcesOf(stack);
  expect(sources.resources.get('google_cloud_run_v2_service.added')).toEqual(sources.stack);
});
