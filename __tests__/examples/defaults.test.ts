import type { App } from 'cdktf';
import { parse, stringify } from 'yaml';
import { buildStacks } from '../../services-yaml';
import type { JsonSchema } from '../../services-yaml/schema/json-schema';
import { alternatives, servicesSchema, valueSchema } from '../../services-yaml/schema/schema';
import { examples, terraformOf } from './examples';

type Map = Readonly<Record<string, unknown>>;

/** Where the default of a key applies, and may be written. */
const ONLY_IF: Readonly<Record<string, (siblings: Map) => boolean>> = {
  // Without the key, the argument is not written, and the product has the same default.
  adaptiveProtection: () => false,
  hostname: () => false,
  gpuType: ({ gpu }) => gpu !== undefined,
  gpuZonalRedundancy: ({ gpu }) => gpu !== undefined,
  maxDeliveryAttempts: ({ deadLetterTopic }) => deadLetterTopic !== undefined,
  min: ({ scaling }) => scaling === undefined,
  minInstances: ({ scaling }) => scaling === undefined,
  minTlsVersion: ({ sslPolicy }) => sslPolicy === undefined,
  pushNoWrapperWriteMetadata: ({ pushNoWrapper }) => pushNoWrapper !== undefined,
  version: ({ items }) => items === undefined,
  sslProfile: ({ sslPolicy }) => sslPolicy === undefined,
  vpcEgress: ({ network, subnet, vpcConnector }) => (network ?? subnet ?? vpcConnector) !== undefined,
};

/** The value of a file with every default written out. `tell` gets the schema of each. */
function filled(value: unknown, schema: JsonSchema, tell: (key: string, schema: JsonSchema) => void): unknown {
  if (Array.isArray(value)) {
    const { items } = alternatives(schema).find(({ type }) => type === 'array') ?? {};
    return items ? value.map((each) => filled(each, items, tell)) : value;
  }
  const shape = isMap(value) ? alternatives(schema).find((each) => fits(value, each)) : undefined;
  if (!isMap(value) || shape === undefined) return value;
  const written = Object.entries(value).map(([key, item]) => {
    const inner = valueSchema(shape, key);
    return [key, inner ? filled(item, inner, tell) : item];
  });
  const missing = Object.entries(shape.properties ?? {}).filter(([key, { default: standard }]) => {
    return standard !== undefined && !(key in value) && (ONLY_IF[key]?.(value) ?? true);
  });
  for (const [key, each] of missing) tell(key, each);
  return Object.fromEntries([...written, ...missing.map(([key, { default: standard }]) => [key, standard])]);
}

function isMap(value: unknown): value is Map {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function fits(value: Map, { type, properties, required = [], additionalProperties }: JsonSchema): boolean {
  if (type !== 'object') return false;
  const isKnown = (key: string) => additionalProperties || Object.hasOwn(properties ?? {}, key);
  return required.every((key) => key in value) && Object.keys(value).every(isKnown);
}

/** The keys with defaults that no example leaves out. */
const OTHERS = `
environments:
  prod:
    project: acme-prod
    projectNumber: "123456789012"
    region: europe-west1
    backend: {cloud: {organization: acme, workspace: prod}}
    organizationPolicies: {}
services:
  web:
    image: acme/web:1
    access: public
    ingress: internal-and-cloud-load-balancing
    traffic: [{revision: web-1, percent: 100}, {revision: web-2, tag: old}, {latest: true, tag: next}]
    env: {KEY: {secret: key}}
    volumes:
      key: {mountPath: /key, secret: key}
      keys: {mountPath: /keys, secret: key, items: [{path: current}]}
      files: {mountPath: /files, gcs: {bucket: acme-files}}
      share: {mountPath: /share, nfs: {server: 10.0.0.2, path: /}}
    livenessProbe: {httpGet: {}}
    readinessProbe: {httpGet: {}}
    taskQueues: {mail: {}}
    subscriptions: {orders: {topic: orders, pushNoWrapper: true}}
  llm: {image: acme/llm:1, gpu: 1, maxInstances: 2}
loadBalancers:
  edge:
    domains: [www.example.com]
    defaultService: web
    cdn: {}
    logging: {}
    outlierDetection: {}
    redirects: [{path: /old, to: /new}]
    securityPolicy:
      preconfiguredWaf: [{name: sqli-v33-stable}]
      rateLimit: {count: 100, interval: 1m}
      rules: [{priority: 100, expression: "origin.region_code == 'AQ'", action: deny}]
`;

const build = (text: string) => (app: App) => {
  const { problems } = buildStacks(app, text);
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
};

const seen = new Set<string>();
const tell = (key: string, { description }: JsonSchema) => seen.add(`${key}: ${description}`);
const files = [{ name: 'OTHERS', services: OTHERS }, ...examples()]
  // In a file with layers, a default that is written in a service would go before the file's own `defaults`.
  .filter(({ services }) => !/^ *defaults:/m.test(services))
  .map(({ name, services }) => ({
    name,
    services,
    text: stringify(filled(parse(services), { $ref: '#/definitions/Spec' }, tell)),
  }));

test.each(files)('defaults that are written into $name change nothing', ({ services, text }) => {
  expect(terraformOf(build(text))).toEqual(terraformOf(build(services)));
});

test('these files leave out every key that has a default', () => {
  const all = new Set<string>();
  JSON.stringify(servicesSchema, (key, value) => {
    if (typeof value?.description === 'string' && value.default !== undefined) all.add(`${key}: ${value.description}`);
    return value;
  });
  expect([...all].filter((key) => !seen.has(key)).map((key) => key.split(':')[0])).toEqual([
    'hostname',
    'path', // of a local backend: the default is a pattern
    'adaptiveProtection',
  ]);
});
