import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { fileWith, problemsOf } from './problems';

/** What people write, by a title: keys of a service and the message for them, or a whole file and the lines for it. */
function written<T>(name: string): [title: string, mistake: T][] {
  return Object.entries(parse(readFileSync(join(__dirname, 'mistakes', `${name}.yaml`), 'utf8')));
}

type InAService = { readonly write: string; readonly message: string };
type InAFile = { readonly file: string; readonly lines: readonly string[] };

test.each([...written<InAService>('keys'), ...written<InAService>('values')])(
  '%s is reported with what to write',
  (_, { write, message }) => {
    const messages = problemsOf(fileWith(write)).map((line) =>
      line.replace(/^services\.yaml:\d+:\d+ (?:warning )?/, ''),
    );
    expect(messages).toContain(message);
  },
);

test.each(written<InAFile>('files'))('%s is reported with what to write', (_, { file, lines }) => {
  expect(problemsOf(file)).toEqual(expect.arrayContaining([...lines]));
});

test('for a service among the invokers, the message names calls', () => {
  const text = `${fileWith('invokers: [web]')}  web: {image: "acme/web:1"}\n`;
  expect(problemsOf(text)).toEqual([
    "services.yaml:7:16 services.api.invokers[0]: 'web' is not a principal; write 'calls: [api]' in 'web' [principal-syntax]",
  ]);
});

test('a value that is wrong in its layer and after merging is reported once', () => {
  expect(problemsOf(fileWith('schedules: {nightly: true}'))).toHaveLength(1);
});

test('a contradiction to Identity-Aware Proxy is reported once', () => {
  const keys =
    'iap: {members: ["group:team@example.com"]}\ninvokers: ["user:a@example.com", "user:b@example.com", allUsers]';
  const numbered = (keys: string) => fileWith(keys).replace('west1}', 'west1, projectNumber: "123456789012"}');
  expect(problemsOf(numbered(`access: public\n${keys}`))).toEqual([
    "services.yaml:7:13 services.api.access: access is public, but Identity-Aware Proxy lets only members through; remove 'access: public' and 'invokers', and name everybody who may use it in 'iap.members' [service-iap-public]",
  ]);
  expect(problemsOf(numbered(keys))).toEqual([
    "services.yaml:8:5 services.api.invokers: the 3 invokers do not get through Identity-Aware Proxy; write them in 'iap.members' [service-iap-invokers]",
  ]);
});

test.each([
  'image: "europe-docker.pkg.dev/acme/apps/api@sha256:%d"'.replace('%d', 'a'.repeat(64)),
  'image: docker.io/library/nginx:1.27',
  'image: gcr.io/acme/api:1',
  'image: acme/api:1',
  'imageUpdates: external\nimage: europe-docker.pkg.dev/acme/apps/api',
  'timeout: 3m\nschedules: {nightly: {schedule: 0 3 * * *}}',
  'timeout: 15m\nschedules: {nightly: {schedule: 0 3 * * *, attemptDeadline: 20m}}\ntaskQueues: {mail: {}}',
  'schedules: {nightly: {schedule: 0 3 * * *}}',
  'env: {HOST: "redis:6379", IMAGE: acme/nginx:latest}',
  'region: us-east5',
])('%s is no mistake', (keys) => {
  const text = fileWith(keys);
  expect(problemsOf(keys.includes('image:') ? text.replace(/ {4}image: .*api:1.0.0\n/, '') : text)).toEqual([]);
});

/** A staging and a production, with these keys of the service `api` in staging. */
function inStaging(keys: string): string {
  return `environments:
  staging: {project: acme-staging, projectNumber: "123456789012", region: europe-west1, services: {api: {${keys}}}}
  prod: {project: acme-prod, region: europe-west1}
services: {api: {image: "europe-docker.pkg.dev/acme-prod/apps/api:1"}}
`;
}

test.each([
  ['cloudSqlInstances: ["acme-prod:europe-west1:main"]', 'acme-prod:europe-west1:main'],
  ['env: {KEY: {secret: projects/acme-prod/secrets/key, version: "1"}}', 'projects/acme-prod/secrets/key'],
  ['serviceAccount: api@acme-prod.iam.gserviceaccount.com', 'api@acme-prod.iam.gserviceaccount.com'],
  [
    'subscriptions: {orders: {topic: {existing: projects/acme-prod/topics/orders}}}',
    'projects/acme-prod/topics/orders',
  ],
])('staging with %s of production is a warning', (keys, name) => {
  const lines = problemsOf(inStaging(keys)).filter((line) => line.includes('[resource-of-another-environment]'));
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(/^services\.yaml:2:\d+ warning environments\.staging\.services\.api/);
  expect(lines[0]).toContain(`environment 'staging' uses '${name}', which is of environment 'prod'`);
});

test.each([
  'cloudSqlInstances: ["acme-staging:europe-west1:main"]',
  'cloudSqlInstances: ["acme-shared:europe-west1:main"]',
  'invokers: ["serviceAccount:web@acme-prod.iam.gserviceaccount.com"]',
  'env: {OTHER: projects/acme-prod/topics/orders}',
  'annotations: {example.com/topic: projects/acme-prod/topics/orders}',
  'startupProbe: {grpc: {service: projects/acme-prod/topics/orders}}',
  'startupProbe: {httpGet: {httpHeaders: [{name: Topic, value: projects/acme-prod/topics/orders}]}}',
  'schedules: {nightly: {schedule: 0 3 * * *, messageBody: projects/acme-prod/topics/orders}}',
  'sidecars: {proxy: {image: proxy, args: [projects/acme-prod/topics/orders]}}',
])('staging with %s uses nothing of production', (keys) => {
  expect(problemsOf(inStaging(keys)).join()).not.toContain('resource-of-another-environment');
});

test('a list of variables does not show their values', () => {
  expect(problemsOf(fileWith('env: [PASSWORD=hunter2, aHVudGVyMg==]')).join()).not.toMatch(/hunter2|aHVudGVyMg/);
});
