import Ajv from 'ajv';
import { Testing } from 'cdktf';
import fc from 'fast-check';
import { parse, stringify } from 'yaml';
import { buildStacks, hasErrors, type Problem, servicesSchema } from '../../services-yaml';
import { explain } from '../../services-yaml/load/explain';
import { definition } from '../../services-yaml/schema/schema';
import { testingApp } from '../testing-app';

/** Enough for every kind of mistake. For more: RUNS=5000 npx jest mutations. */
const RUNS = Number(process.env.RUNS ?? 200);

/** A valid file with every kind of setting. */
const FILE = `environments:
  staging:
    project: acme-staging
    region: europe-west1
    defaults: {deletionProtection: false, labels: {tier: test}}
    services: {api: {env: {LOG: debug, OLD: null}}, hello: {domains: [hello.staging.example.com]}, web: null}
  prod:
    project: acme-prod
    projectNumber: "123456789012"
    region: europe-west1
    labels: {team: shop}
    enableApis: true
    backend: {gcs: {bucket: acme-tfstate, prefix: run}}
    organizationPolicies: {allowedIngress: [all, internal, internal-and-cloud-load-balancing]}
defaults: {maxInstances: 10, cpuBoost: true}
services:
  hello:
    image: europe-docker.pkg.dev/acme/apps/hello:1.0.0
    access: public
    domains: [hello.example.com, {name: www.example.com, certificate: none, dnsZone: example-com}]
  web:
    image: europe-docker.pkg.dev/acme/apps/web:1.0.0
    ingress: internal-and-cloud-load-balancing
    network: default
    subnet: default
    vpcEgress: all-traffic
    timeout: 5m
    scaling: 2
    maxInstances: null
  api:
    image: europe-docker.pkg.dev/acme/apps/api:1.0.0
    ingress: internal
    invokers: ["user:developer@example.com", "domain:example.com"]
    env: {LOG: info, OLD: "1", KEY: {secret: key, version: "3"}}
    executionEnvironment: gen2
    port: 8081
    cpu: 2
    memory: 1Gi
    volumes:
      data: {mountPath: /data, gcs: {bucket: acme-data, readOnly: true}}
      keys: {mountPath: /keys, secret: key, version: "1", mode: "0400"}
    startupProbe: {httpGet: {path: /, httpHeaders: [{name: a, value: b}]}, periodSeconds: 3}
    sidecars: {proxy: {image: "europe-docker.pkg.dev/acme/apps/proxy:1", env: {A: b}, volumeMounts: {data: /data}}}
    traffic: [{latest: true, percent: 90}, {revision: api-00001-abc, percent: 10, tag: old}]
    serviceAccount: {name: front-end}
    roles: [roles/datastore.user]
    cloudSqlInstances: [main]
  gpu:
    image: europe-docker.pkg.dev/acme/apps/gpu:1.0.0
    gpu: 1
    region: europe-west4
`;

const VALID: unknown = parse(FILE);

type Container = Record<string, unknown> | unknown[];
type Place = { readonly holder: Container; readonly key: string | number };

function placesIn(value: unknown): Place[] {
  if (typeof value !== 'object' || value === null) return [];
  const holder = value as Container;
  const keys: (string | number)[] = Array.isArray(holder) ? [...holder.keys()] : Object.keys(holder);
  return keys.flatMap((key) => [{ holder, key }, ...placesIn((holder as Record<string, unknown>)[key])]);
}

const anyValue = fc.oneof(
  fc.constantFrom(
    null,
    '',
    true,
    false,
    0,
    -1,
    1.5,
    65_536,
    1e21,
    'all',
    '${x}',
    'ten',
    '0',
    [],
    {},
    [{}],
    { a: 'b' },
    [null],
  ),
  fc.string({ minLength: 1 }),
);
const anyKey = fc.oneof(
  fc.constantFrom('', 'image', 'ingres', 'min-instances', 'iap', 'constructor', 'secret', 'gcs'),
  fc.string(),
);

const mutation = fc.record({
  at: fc.nat(),
  kind: fc.constantFrom('drop', 'rename', 'replace', 'copy'),
  from: fc.nat(),
  key: anyKey,
  value: anyValue,
});

/** A valid file with one to three random mistakes. */
const mutated = fc.array(mutation, { minLength: 1, maxLength: 3 }).map((mutations) => {
  const file = structuredClone(VALID);
  for (const { at, kind, from, key: newKey, value } of mutations) {
    const places = placesIn(file);
    const place = places[at % Math.max(1, places.length)];
    if (place === undefined) continue;
    const { key } = place;
    const holder = place.holder as Record<string, unknown>;
    const other = places[from % places.length] as Place;
    if (kind === 'replace') holder[key] = value;
    else if (kind === 'copy') holder[key] = structuredClone((other.holder as Record<string, unknown>)[other.key]);
    else if (Array.isArray(holder)) holder.splice(Number(key), 1);
    else {
      const { [key]: removed } = holder;
      delete holder[key];
      if (kind === 'rename')
        Object.defineProperty(holder, newKey, { value: removed, enumerable: true, configurable: true, writable: true });
    }
  }
  return file as unknown;
});

/** Every error has a place and a message; without errors there is Terraform JSON. */
function expectErrorsOrTerraform(text: string): void {
  const { stacks, problems } = buildStacks(testingApp(), text);
  const isGood = ({ place, message }: Problem) =>
    place !== undefined && place.line > 0 && /\S/.test(message) && !/undefined|\[object/.test(message);
  expect(problems.filter((problem) => !isGood(problem))).toEqual([]);
  if (!hasErrors(problems)) for (const stack of stacks) JSON.parse(Testing.synth(stack));
}

test('the file itself is valid', () => {
  expect(buildStacks(testingApp(), FILE).problems.filter(({ severity }) => severity === 'error')).toEqual([]);
});

test('a file with random mistakes gives located errors or Terraform, and never a crash', () => {
  fc.assert(
    fc.property(mutated, (file) => expectErrorsOrTerraform(stringify(file))),
    { numRuns: RUNS },
  );
});

test('so does a file with characters lost, doubled and changed', () => {
  const edit = fc.record({
    at: fc.nat(FILE.length),
    drop: fc.nat(4),
    add: fc.oneof(
      fc.constantFrom('\t', '*a', '&a ', '<<: ', '{', ']', '"', '\n', '---\n'),
      fc.string({ maxLength: 3 }),
    ),
  });
  fc.assert(
    fc.property(fc.array(edit, { minLength: 1, maxLength: 3 }), (edits) => {
      const text = edits.reduce((file, { at, drop, add }) => file.slice(0, at) + add + file.slice(at + drop), FILE);
      expectErrorsOrTerraform(text);
    }),
    { numRuns: RUNS },
  );
});

test('there is an explanation exactly if ajv refuses the file', () => {
  const ajv = new Ajv({ allErrors: true, strict: true, strictTypes: false, allowUnionTypes: true });
  ajv.addVocabulary(['gcloud', 'terraform', 'defaultText']);
  const accepts = ajv.compile(servicesSchema);
  fc.assert(
    fc.property(mutated, (file) => {
      expect(explain(definition('Spec'), file, [], () => undefined).length === 0).toBe(accepts(file));
    }),
    { numRuns: 5 * RUNS },
  );
});
