import { OTHER_WORDS } from '../../services-yaml/load/other-tools';
import { WORDS_OF_SERVICES } from '../../services-yaml/load/words-of-services';
import type { JsonSchema } from '../../services-yaml/schema/json-schema';
import { definition, servicesSchema } from '../../services-yaml/schema/schema';
import { fileWith, problemsOf } from './problems';

const AT = 'services.yaml:7';

/** The problems that a synth prints for a key of a service, one in each line. */
const MESSAGES: Record<string, [keys: string, ...lines: string[]]> = {
  'a misspelt value': [
    'ingress: interal',
    `${AT}:14 services.api.ingress: 'interal' is not one of all, internal, internal-and-cloud-load-balancing (did you mean 'internal'?)`,
  ],
  "Compose's name of a container": [
    'container_name: web',
    `${AT}:5 services.api: unknown key 'container_name' (did you mean 'containerName'?)`,
  ],
  'a misspelt key, at the key': ['ingres: all', `${AT}:5 services.api: unknown key 'ingres' (did you mean 'ingress'?)`],
  'a key as gcloud writes flags': [
    'min-instances: 1',
    `${AT}:5 services.api: unknown key 'min-instances' (did you mean 'minInstances'?)`,
  ],
  'a key like no other': ['colour: red', `${AT}:5 services.api: unknown key 'colour'`],
  'a key that only another provider can write': [
    'mesh: true',
    `${AT}:5 services.api: 'mesh' is refused: only the google-beta provider can write it`,
  ],
  'a flag that has another key here': [
    'no-allow-unauthenticated: true',
    `${AT}:5 services.api: 'no-allow-unauthenticated' is refused: write access: private, or leave it out`,
  ],
  'a key of every object in JavaScript': ['constructor: 1', `${AT}:5 services.api: unknown key 'constructor'`],
  'a number in quotes': ['port: "80"', `${AT}:11 services.api.port: "80" is not a number: leave the quotes out`],
  'a boolean in quotes': [
    'useHttp2: "true"',
    `${AT}:15 services.api.useHttp2: "true" is not true or false: leave the quotes out`,
  ],
  'a number that is none': ['port: .inf', `${AT}:11 services.api.port: .inf is not a number`],
  'a string for a list': [
    'args: --verbose',
    `${AT}:11 services.api.args: a string is not a list: write each word as an entry, [npm, start]`,
  ],
  'an empty item of a list': ['args: [a, ~]', `${AT}:15 services.api.args[1]: nothing is written here: write a string`],
  'a word where a word or number may stand': [
    'scaling: atuo',
    `${AT}:14 services.api.scaling: 'atuo' is not auto or a number (did you mean 'auto'?)`,
  ],
  'an unquoted number as env value, as it is written': [
    'env: {VERSION: 1.10}',
    `${AT}:20 services.api.env.VERSION: 1.10 is not a string or {secret: …}: quote it, "1.10"`,
  ],
  'an unquoted boolean as env value': [
    'env: {DEBUG: true}',
    `${AT}:18 services.api.env.DEBUG: true is not a string or {secret: …}: quote it, "true"`,
  ],
  'a secret version without quotes': [
    'env: {KEY: {secret: key, version: 3}}',
    `${AT}:39 services.api.env.KEY.version: 3 is not a string: quote it, "3"`,
  ],
  'a misspelt key of one kind, and nothing of the others': [
    'volumes: {x: {gcs: {buckett: acme}}}',
    `${AT}:25 services.api.volumes.x.gcs: unknown key 'buckett' (did you mean 'bucket'?)`,
  ],
  'a misspelt kind': [
    'volumes: {x: {gsc: {bucket: acme}}}',
    `${AT}:19 services.api.volumes.x: unknown key 'gsc' (did you mean 'gcs'?)`,
  ],
  'two kinds at once': [
    'volumes: {x: {gcs: {bucket: acme}, secret: key}}',
    `${AT}:15 services.api.volumes.x: secret and gcs exclude each other: write one of them`,
  ],
  'no kind at all': [
    'volumes: {x: {mountPath: /x}}',
    `${AT}:15 services.api.volumes.x: write exactly one of the keys secret, gcs, nfs, emptyDir`,
  ],
  'a share of traffic for the latest and another revision': [
    'traffic: [{latest: true, revision: api-1}]',
    `${AT}:15 services.api.traffic[0]: latest and revision exclude each other: write one of them`,
  ],
  'a probe of no kind': [
    'startupProbe: {periodSeconds: 3}',
    `${AT}:5 services.api.startupProbe: write exactly one of the keys httpGet, grpc, tcpSocket`,
  ],
  'a list where a list or a map may stand': [
    'regions: [1]',
    `${AT}:15 services.api.regions[0]: 1 is not a string: quote it, "1"`,
  ],
  'a missing key inside': ['sidecars: {proxy: {}}', `${AT}:16 services.api.sidecars.proxy: the key 'image' is missing`],
};

test.each(Object.entries(MESSAGES))('%s is reported at its place, and nothing else', (_, [keys, ...lines]) => {
  expect(problemsOf(fileWith(keys))).toEqual(lines);
});

/** The keys of every kind of map. */
function mapsOf(schema: unknown): string[][] {
  if (typeof schema !== 'object' || schema === null) return [];
  const { properties } = schema as JsonSchema;
  return [...(properties ? [Object.keys(properties)] : []), ...Object.values(schema).flatMap(mapsOf)];
}

test.each(OTHER_WORDS)(
  'words of other tools in maps with $mapsWith say what to do, and none is a key there',
  (table) => {
    const { mapsWith, words } = table;
    const maps = mapsOf(servicesSchema);
    const known = maps.filter((keys) => keys.includes(mapsWith));
    expect(known).not.toEqual([]);
    for (const [word, advice] of Object.entries(words)) {
      expect(known.some((keys) => !keys.includes(word))).toBe(true);
      expect(advice).toMatch(/^[a-zA-Z].*[^.]$/);
      // The suggested key exists: the same map has it, or services have it.
      const key = /^write (\w+)/.exec(advice)?.[1];
      if (key !== undefined && key !== 'the') expect(maps.flat()).toContain(key);
    }
  },
);

test('no key of a service is refused as a word of another tool', () => {
  const keys = Object.keys(definition('CloudRunServiceProps').properties ?? {});
  expect(keys.filter((key) => key in WORDS_OF_SERVICES)).toEqual([]);
});

test.each([
  ['env: hunter2', 'a string is not a map'],
  ['env: [hunter2]', 'a list is not a map'],
  ['env: {PASSWORD: [hunter2]}', 'a list is not a string or {secret: …}'],
  ['env: {PASSWORD: {secret: [hunter2]}}', 'a list is not a string'],
  ['env: {PASSWORD: "hunter2" "hunter2"}', 'not YAML'],
])('%s does not show what may be a secret', (keys, message) => {
  const lines = problemsOf(fileWith(keys)).join('\n');
  expect(lines).toContain(message);
  expect(lines).not.toContain('hunter2');
});

test('a message cannot command the terminal', () => {
  const lines = problemsOf(fileWith('ingress: "\\e[2J"')).join('\n');
  expect(lines).toContain("'\\u001b[2J' is not one of");
});

test('a service without an image is reported at its key', () => {
  const text = fileWith('').replace(/image:.*/, 'access: public');
  expect(problemsOf(text)).toEqual(["services.yaml:5:3 services.api: the key 'image' is missing"]);
});

test('all problems of a file are reported at once, in its order', () => {
  const text = `environments:
  staging: {project: 1, region: europe-west1}
  prod: {project: acme-prod, region: europe-west1, backend: {gcs: {}}}
defaults: {maxInstances: ten}
services:
  api: {ingres: all}
`;
  expect(problemsOf(text)).toEqual([
    "services.yaml:2:22 environments.staging.project: 1 is not a string: write the project's id; its number is projectNumber",
    "services.yaml:3:62 environments.prod.backend.gcs: the key 'bucket' is missing",
    "services.yaml:4:26 defaults.maxInstances: 'ten' is not a number",
    "services.yaml:6:3 services.api: the key 'image' is missing",
    "services.yaml:6:9 services.api: unknown key 'ingres' (did you mean 'ingress'?)",
  ]);
});

test('findings of checks are reported together with errors of the schema elsewhere', () => {
  const text = `${fileWith('domains: [api.example.com]\ningress: internal')}  web: {imagee: web}\n`;
  const lines = problemsOf(text);
  expect(lines.filter((line) => line.includes('domains[0]')).join('\n')).toContain('services.yaml:7:15');
  expect(lines.at(-1)).toContain("services.yaml:9:9 services.web: unknown key 'imagee'");
});

/** A file with as many services as keys are given, each from line 5 on in a line of its own. */
function services(count: number, keys: (index: number) => string, environment = ''): string {
  const lines = Array.from({ length: count }, (_, index) => `  s${index}: {image: "acme/app:1", ${keys(index)}}`);
  return `environments:\n  prod: {project: acme-prod, region: europe-west1${environment}}\n\nservices:\n${lines.join('\n')}\n`;
}

test('of many equal mistakes the first twenty are printed, and the number of the others', () => {
  const lines = problemsOf(services(100, () => 'ingres: all')).filter((line) => line.includes('ingres'));
  expect(lines).toHaveLength(21);
  expect(lines[19]).toMatch(/^services\.yaml:24:\d+ services\.s19: unknown key 'ingres'/);
  expect(lines[20]).toMatch(
    /^services\.yaml:25:\d+ services\.s20: from here on 80 more: unknown key 'ingres' \(did you mean 'ingress'\?\)$/,
  );
});

test('mistakes that one check finds are of one kind, whatever their values', () => {
  const lines = problemsOf(services(30, (index) => `port: ${70_000 + index}`));
  expect(lines).toHaveLength(21);
  expect(lines[20]).toMatch(/s20\.port: from here on 10 more of this kind \[port-range\]$/);
});

test('a single further mistake is printed instead of counted', () => {
  const lines = problemsOf(services(21, () => 'ingres: all'));
  expect(lines).toHaveLength(21);
  expect(lines[20]).not.toContain('more');
});

test('a circle of a hundred calls is one message that names a few of them', () => {
  const lines = problemsOf(services(100, (index) => `calls: [s${(index + 1) % 100}]`));
  const [line, ...others] = lines.filter((each) => each.includes('[call-cycle]'));
  expect(others).toEqual([]);
  expect(line).toContain("'s0' calls 's1' calls 's2' calls 's3' calls 's4' calls 's5' calls (93 more) calls 's99'");
  expect(line?.length).toBeLessThan(400);
});

test('services that all call each other are one circle', () => {
  const all = (index: number) => [0, 1, 2, 3, 4].filter((other) => other !== index).map((other) => `s${other}`);
  const lines = problemsOf(services(5, (index) => `calls: [${all(index).join(', ')}]`));
  expect(lines.filter((line) => line.includes('[call-cycle]'))).toHaveLength(1);
});

test('a long value, key or name is cut', () => {
  const long = 'x'.repeat(900);
  for (const keys of [
    `region: ${long}`,
    `region: "it's ${long}"`,
    `description: ${long}\n${long}: 1`,
    `env: {${long}: 1}`,
    `calls: [${long}]`,
  ]) {
    const lines = problemsOf(fileWith(keys));
    expect(lines.join('\n')).toMatch(/services\.yaml:[78]:/);
    for (const line of lines) {
      expect(line).not.toContain('x'.repeat(201));
      expect(line.length).toBeLessThan(1000);
    }
  }
});

test('a value that would turn the direction of the text, or is invisible, is shown as escapes', () => {
  const [line] = problemsOf(fileWith('region: "\u202eabc\u2066\u200b\u{e0041}\\e[2J"'));
  expect(line).toContain("'\\u202eabc\\u2066\\u200b\\udb40\\udc41\\u001b[2J' is not a region");
});
