import { buildStacks } from '../../services-yaml';
import { testingApp } from '../testing-app';
import { problemsOf } from './problems';

/** A file with one environment for each text that is given, and the load balancer `edge`. */
function fileWith(edge: string, { staging = '', services = '', others = '' } = {}): string {
  return `environments:
  staging: {project: acme-staging, region: europe-west1${staging}}
defaults: {access: public, ingress: internal-and-cloud-load-balancing, image: acme/app:1}
services: {web: {}, api: {}${services}}
loadBalancers: {edge: {domains: [www.example.com], defaultService: web${edge}}${others}}
`;
}

function loadBalancersOf(text: string) {
  const { stacks } = buildStacks(testingApp(), text);
  return Object.fromEntries((stacks[0]?.loadBalancers ?? []).map(({ node, props }) => [node.id, props]));
}

test("an environment's load balancer overrides the file's: maps key by key, lists as a whole", () => {
  const text = fileWith(', logging: {sampleRate: 0.5}, backends: {web: {cdn: true}}', {
    staging: `, loadBalancers: {edge: {domains: [staging.example.com], backends: {web: {logging: {sampleRate: 1}}}}}`,
  });
  expect(problemsOf(text)).toEqual([]);
  expect(loadBalancersOf(text).edge).toMatchObject({
    domains: ['staging.example.com'],
    logging: { sampleRate: 0.5 },
    backends: { web: { cdn: true, logging: { sampleRate: 1 } } },
  });
});

test('null removes a load balancer, or a key of it', () => {
  const away = fileWith('', { staging: ', loadBalancers: {edge: null}' });
  expect([problemsOf(away), loadBalancersOf(away)]).toEqual([[], {}]);
  const key = fileWith(', cdn: true', { staging: ', loadBalancers: {edge: {cdn: null}}' });
  expect(loadBalancersOf(key).edge).not.toHaveProperty('cdn');
});

test('a load balancer of one environment alone', () => {
  const preview = '{domains: [preview.example.com], defaultService: api}';
  const text = fileWith('', { staging: `, loadBalancers: {preview: ${preview}}` });
  expect(Object.keys(loadBalancersOf(text))).toEqual(['edge', 'preview']);
});

test.each([
  ['defaultService', ', defaultService: webb', 'services.yaml:5:'],
  ['a route', ', routes: [{path: /x, service: appi}]', 'loadBalancers.edge.routes[0].service'],
  [
    'the services of a route',
    ', routes: [{path: /x, services: {appi: 1}}]',
    'loadBalancers.edge.routes[0].services.appi',
  ],
  ['backends', ', backends: {appi: {cdn: true}}', 'loadBalancers.edge.backends.appi'],
])('a service that is not there, in %s, is located and told once', (_, edge, where) => {
  const text = fileWith(edge).replace(/defaultService: web, defaultService/, 'defaultService');
  const errors = problemsOf(text).filter((line) => !line.includes(' warning '));
  expect(errors).toEqual([expect.stringMatching(/has no service '\w+' \(did you mean '(web|api)'\?\)/)]);
  expect(errors[0]).toContain(where);
});

test.each([
  ['the default service', ', broken: {imagee: x, image: null}', ', defaultService: broken'],
  ['a service of a route', ', broken: {port: "x"}', ', routes: [{path: /x, service: broken}]'],
  ['a share of a route', ', broken: {port: "x"}', ', routes: [{path: /x, services: {broken: 1, api: 1}}]'],
  ['a backend', ', broken: {port: "x"}', ', backends: {broken: {cdn: true}}'],
])('a service that was refused causes no other error as %s', (_, services, edge) => {
  const text = fileWith(edge, { services }).replace(/defaultService: web, defaultService/, 'defaultService');
  const errors = problemsOf(text).filter((line) => !line.includes(' warning '));
  expect(errors.length).toBeGreaterThan(0);
  for (const error of errors) expect(error).toContain('services.broken');
});

test.each([
  [', securityPolicy: {existing: p, deny: []}', "unknown key 'deny'"],
  [', securityPolicy: {denyy: []}', "unknown key 'denyy' (did you mean 'deny'?)"],
  [', securityPolicy: true', 'true is not a map or {existing: …} or false'],
  [', routes: [{path: /x}]', 'write exactly one of the keys service, services'],
  [', routes: [{service: web, services: {web: 1}}]', 'service and services exclude each other'],
  [', certificate: manged', "(did you mean 'managed'?)"],
  [', certificate: {maps: x}', "unknown key 'maps' (did you mean 'map'?)"],
  [', minTlsVersion: 1.3', '1.3 is not one of 1.0, 1.1, 1.2'],
  [', iap: {}', "the key 'members' is missing"],
  [', timeout: 30', "unknown key 'timeout'"],
])('%s is explained', (edge, message) => {
  expect(problemsOf(fileWith(edge)).join('\n')).toContain(message);
});

test('a load balancer without its keys, and one that is no map, are reported once', () => {
  expect(problemsOf(fileWith('', { others: ', shop: {}' }))).toEqual([
    expect.stringContaining("loadBalancers.shop: the key 'defaultService' is missing"),
    expect.stringContaining("loadBalancers.shop: the key 'domains' is missing"),
  ]);
  expect(problemsOf(fileWith('', { others: ', shop: x' }))).toHaveLength(1);
});

test('a key that a service has as well is refused', () => {
  const others = ', api: {domains: [api.example.com], defaultService: api}';
  expect(problemsOf(fileWith('', { others }))).toEqual([
    expect.stringMatching(/loadBalancers\.api: 'api' is taken, .*\[service-key-taken\]$/),
  ]);
});

test('leaving out a missing load balancer is a mistake', () => {
  const text = fileWith('', { staging: ', loadBalancers: {egde: null}' });
  expect(problemsOf(text)).toEqual([
    expect.stringContaining("there is no load balancer 'egde' to leave out (did you mean 'edge'?)"),
  ]);
});

test('a host in Unicode and in punycode is one host', () => {
  const text = fileWith('').replace('[www.example.com]', '[Bücher.example, xn--bcher-kva.example]');
  expect(problemsOf(text)).toEqual([expect.stringContaining("'xn--bcher-kva.example' is listed already")]);
});
