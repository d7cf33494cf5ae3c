import fc from 'fast-check';
import { ROWS } from '../constructs/vocabulary';
import { event, queue, schedule, subscription } from './random-connections';
import { amount, list, map, mostly, named, odd, optional, text } from './random-values';

/** Files of one service, often with triggers or a load balancer. */

/** Rows of the vocabulary, each valid by itself. A region or a name would make another service. */
const rows = fc
  .subarray(
    ROWS.map(([row]) => row).filter((row) => !('region' in row) && !('name' in row)),
    { maxLength: 2 },
  )
  .map((chosen): object => Object.assign({}, ...chosen));

const local = fc.stringMatching(/^[A-Za-z][A-Za-z0-9._+'-]{0,15}$/);
const principal = mostly(
  local.map((name) => `user:${name}@example.com`),
  local.map((name) => `group:${name}@example.com`),
  fc.constantFrom(
    'domain:example.com',
    'serviceAccount:x-sa@acme-prod.iam.gserviceaccount.com',
    'allAuthenticatedUsers',
  ),
);

const own = optional<object>({
  invokers: fc.array(principal, { maxLength: 3 }),
  invokerPolicy: fc.constantFrom('additive', 'authoritative'),
  iam: fc.dictionary(
    mostly(fc.constantFrom('roles/run.viewer', 'roles/run.developer')),
    fc.array(principal, { maxLength: 2 }),
    { maxKeys: 2 },
  ),
  args: fc.array(text, { maxLength: 3 }),
  customAudiences: fc.array(mostly(fc.constant('https://example.com')), { maxLength: 2 }),
  name: named(49),
  description: text,
  labels: map(64, (index) => `l${index}`, 'x'),
  annotations: fc.dictionary(mostly(fc.constantFrom('team', 'example.com/team')), text, { maxKeys: 2 }),
  env: fc.oneof(
    { weight: 30, arbitrary: fc.dictionary(mostly(fc.constantFrom('A', 'B_1')), text, { maxKeys: 3 }) },
    { weight: 1, arbitrary: map(1000, (index) => `V${index}`, 'x') },
    { weight: 1, arbitrary: fc.constantFrom({ L: 'x'.repeat(32_768) }, { L: 'x'.repeat(32_769) }) },
  ),
  cpu: amount(0.5, 1, 2, 4, 8, 3, '500m'),
  memory: mostly(fc.constantFrom('128Mi', '256Mi', '512Mi', '2Gi', '16Gi', '32Gi')),
  executionEnvironment: fc.constantFrom('gen1', 'gen2'),
  sidecars: fc.dictionary(
    named(63),
    fc.record({ image: fc.constant('acme/x:1'), cpu: amount(1, 2, 8), memory: fc.constantFrom('512Mi', '16Gi') }),
    { maxKeys: 2 },
  ),
  volumes: fc.dictionary(
    named(63),
    fc.record({
      mountPath: mostly(fc.constantFrom('/data', '/proc', '/dev/x', '/a/../sys', '/devices')),
      emptyDir: fc.constantFrom({}, { medium: 'disk', sizeLimit: '10Gi' }),
    }),
    { maxKeys: 2 },
  ),
  network: mostly(fc.constantFrom('default', 'projects/acme-net/global/networks/shared')),
  subnet: mostly(
    fc.constantFrom(
      'apps',
      'projects/acme-net/regions/europe-west1/subnetworks/apps',
      'projects/acme-net/regions/us-central1/subnetworks/apps',
    ),
  ),
  vpcConnector: mostly(fc.constantFrom('shared', 'projects/acme-net/locations/us-central1/connectors/shared')),
  key: mostly(
    fc.constantFrom(
      'projects/p/locations/europe-west1/keyRings/r/cryptoKeys/k',
      'projects/p/locations/us-central1/keyRings/r/cryptoKeys/k',
    ),
  ),
  maxInstances: amount(0, 1, 100, 2 ** 31 - 1, 2 ** 31),
  minInstances: amount(0, 1, 2),
  scaling: amount(0, 1, 'auto', 2 ** 31),
  concurrency: amount(0, 1, 1000, 1001),
  timeout: amount(0, 1, '1h', '61m'),
  traffic: fc.tuple(named(46), fc.constantFrom(100, 50)).map(([tag, percent]) => [{ latest: true, percent, tag }]),
  serviceAccount: fc.oneof(
    fc.constant('default'),
    fc.record({ name: named(30), displayName: fc.constantFrom('x', 'x'.repeat(100), 'é'.repeat(51)) }),
    odd,
  ),
  calls: fc.constantFrom(
    ['web'],
    [
      {
        external: { project: 'acme-billing', projectNumber: '123456789012', region: 'europe-west1', name: 'invoices' },
      },
    ],
    [{ external: { project: 'P', projectNumber: 'x', region: 'r', name: 'X' } }],
  ),
});

const triggers = optional<object>({
  schedules: fc.dictionary(named(63), schedule, { minKeys: 1, maxKeys: 2 }),
  taskQueues: fc.dictionary(named(63), queue, { minKeys: 1, maxKeys: 2 }),
  subscriptions: fc.dictionary(named(63), subscription, { minKeys: 1, maxKeys: 2 }),
  events: fc.dictionary(named(63), event, { minKeys: 1, maxKeys: 2 }),
});

const service = fc
  .tuple(rows, own, fc.oneof(triggers, fc.constant({})))
  .map((parts): object => Object.assign({}, ...parts));

const ttl = amount('1m', '1h', '1d', '2d', '366d', '400d');
const loadBalancer = optional<object>({
  name: named(63),
  cdn: fc.oneof(
    fc.boolean(),
    optional<object>({
      cacheMode: fc.constantFrom('cache-all-static', 'force-cache-all', 'use-origin-headers'),
      defaultTtl: ttl,
      maxTtl: ttl,
      clientTtl: ttl,
      serveWhileStale: amount(0, '7d', '8d'),
    }),
  ),
  customRequestHeaders: fc.oneof(
    list(16, (index) => `X-H${index}: x`),
    fc.array(mostly(fc.constantFrom('X-A: {client_region}', 'Host: x', 'TE: x', 'X-Goog-A: x')), { maxLength: 2 }),
  ),
  customResponseHeaders: list(16, (index) => `X-R${index}:`),
  securityPolicy: optional<object>({
    deny: list(25, (index) => `10.0.0.${index}`),
    rules: fc.constantFrom(
      [],
      [{ priority: 5, expression: 'true', action: 'deny' }],
      [{ priority: 1000, expression: 'true', action: 'deny' }],
    ),
    preconfiguredWaf: fc.constantFrom([], ['sqli-v33-stable']),
    rateLimit: fc.constant({ count: 5, interval: '1m' }),
  }),
  routes: fc.constantFrom([], [{ path: '/api/*', service: 'web' }], [{ path: 'api', service: 'web' }]),
  sslPolicy: mostly(fc.constant('modern')).map((existing) => ({ existing })),
  ipv6: fc.boolean(),
});

/** A services.yaml as data, with the environment `prod`. */
export const randomFile: fc.Arbitrary<object> = fc
  .record({
    service,
    // Its ten resources take the most time, and its own limits are few.
    loadBalancer: fc.oneof({ weight: 1, arbitrary: loadBalancer }, { weight: 2, arbitrary: fc.constant(undefined) }),
    key: fc.constantFrom('api', 'api', 'My_Api'),
    number: fc.boolean(),
  })
  .map(({ service: props, loadBalancer: edge, key, number }) => {
    const behind = edge ? { ingress: 'internal-and-cloud-load-balancing', access: 'public' } : {};
    const common = { image: 'acme/app:1', deletionProtection: false };
    const namesWeb = JSON.stringify([props, edge]).includes('"web"');
    return {
      environments: {
        prod: { project: 'acme-prod', region: 'europe-west1', ...(number && { projectNumber: '123456789012' }) },
      },
      services: {
        [key]: { ...common, ...(key === 'My_Api' && { name: 'my-api' }), ...behind, ...props },
        ...(namesWeb && { web: { ...common, ...behind } }),
      },
      ...(edge && {
        loadBalancers: {
          edge: { domains: ['www.example.com'], defaultService: key, deletionProtection: false, ...edge },
        },
      }),
    };
  });
