import { type Document, isMap, parseDocument, Document as YamlDocument } from 'yaml';
import { definition } from '../services-yaml/schema/schema';
import type { Target } from './environment';
import { isJson, type Json } from './found';
import type { AdoptedService } from './services';

/** The text to write, and the services that the file had already. */
export interface AdoptedFile {
  readonly text: string;
  /** Keys of services that the file had already: they are not changed. */
  readonly kept: readonly string[];
}

/** Settings that services share on purpose, such as a rule of the company. Other settings are equal by chance. */
const SHARED = [
  'executionEnvironment',
  'network',
  'subnet',
  'networkTags',
  'vpcConnector',
  'vpcEgress',
  'labels',
  'imageUpdates',
  'maxInstances',
  'minInstances',
  'timeout',
  'deletionProtection',
  'key',
  'binaryAuthorization',
];

const SCHEMA_LINE =
  ' yaml-language-server: $schema=./node_modules/cdktf-cloud-run/dist/services-yaml/services.schema.json';

/** Writes services.yaml, or adds services to an existing one: its content stays, with comments and order. */
export function adoptedFile(
  services: readonly AdoptedService[],
  environment: Json,
  target: Target,
  existing: string | undefined,
): AdoptedFile {
  const props = services.map(({ key, props }) => [key, inOrder(props)] as const);
  if (existing === undefined || existing.trim() === '') return { text: newFile(props, environment, target), kept: [] };
  const document = parseDocument(existing);
  const kept: string[] = [];
  const hadEnvironment = document.hasIn(['environments', target.environment]);
  if (!hadEnvironment) document.setIn(['environments', target.environment], document.createNode(environment));
  for (const [key, each] of props) {
    if (document.hasIn(['services', key]) && hadEnvironment) kept.push(key);
    else if (document.hasIn(['services', key])) addDifference(document, key, each, target);
    else document.setIn(['services', key], document.createNode(each));
  }
  return { text: String(document), kept };
}

function newFile(props: readonly (readonly [string, Json])[], environment: Json, target: Target): string {
  const shared = sharedProps(props.map(([, each]) => each));
  const services = props.map(([key, each]) => [key, withoutShared(each, shared)]);
  const document = new YamlDocument({
    environments: { [target.environment]: environment },
    ...(Object.keys(shared).length > 0 ? { defaults: shared } : {}),
    services: Object.fromEntries(services),
  });
  document.commentBefore = SCHEMA_LINE;
  return document.toString({ lineWidth: 120 });
}

/** Adds the settings that differ in this environment, for a service that the file has for other environments. */
function addDifference(document: Document, key: string, props: Json, { environment }: Target): void {
  const known: unknown = document.getIn(['services', key], true);
  const base = isMap(known) ? (known.toJSON() as Json) : {};
  const shared = document.toJSON().defaults;
  const difference = layer({ ...(isJson(shared) ? shared : {}), ...base }, props);
  if (Object.keys(difference).length > 0)
    document.setIn(['environments', environment, 'services', key], document.createNode(difference));
}

/** The layer that turns one map into another: `null` removes a key. */
function layer(from: Json, to: Json): Json {
  const keys = [...new Set([...Object.keys(to), ...Object.keys(from)])];
  const entries = keys.flatMap((key): [string, unknown][] => {
    const [old, wanted] = [from[key], to[key]];
    if (JSON.stringify(old) === JSON.stringify(wanted)) return [];
    if (wanted === undefined) return [[key, null]];
    if (key === 'env' && isJson(old) && isJson(wanted)) return [[key, layer(old, wanted)]];
    return [[key, wanted]];
  });
  return Object.fromEntries(entries);
}

function sharedProps(all: readonly Json[]): Json {
  const [first = {}, ...others] = all;
  if (others.length === 0) return {};
  const same = (key: string) => others.every((each) => JSON.stringify(each[key]) === JSON.stringify(first[key]));
  return inOrder(
    Object.fromEntries(SHARED.filter((key) => first[key] !== undefined && same(key)).map((key) => [key, first[key]])),
  );
}

function withoutShared(props: Json, shared: Json): Json {
  return Object.fromEntries(Object.entries(props).filter(([key]) => !Object.hasOwn(shared, key)));
}

/** The keys that a reader looks for first: what the service is, who reaches it, and as what it runs. */
const FIRST = [
  ...['name', 'region', 'regions', 'image', 'imageUpdates', 'description'],
  ...['access', 'invokerIamCheck', 'iap', 'invokers', 'invokerPolicy', 'iam', 'ingress', 'domains', 'calls'],
  ...['serviceAccount', 'roles', 'network', 'subnet', 'networkTags', 'vpcConnector', 'vpcEgress'],
  ...['command', 'args', 'workingDir', 'port', 'useHttp2', 'env', 'volumes', 'cloudSqlInstances', 'sidecars'],
];

/** The keys in the order of the vocabulary page, after those of `FIRST`. */
function inOrder(props: Json): Json {
  const order = Object.keys(definition('CloudRunServiceProps').properties ?? {});
  const rank = (key: string) => (FIRST.includes(key) ? FIRST.indexOf(key) : FIRST.length + order.indexOf(key));
  return Object.fromEntries(
    Object.entries(props)
      .filter(([, value]) => value !== undefined)
      .sort(([a], [b]) => rank(a) - rank(b)),
  );
}
