import { Testing } from 'cdktf';
import { buildStacks } from '../../services-yaml';
import { testingApp } from '../testing-app';
import { problemsOf } from './problems';

function file(services: string, prod = ''): string {
  return `environments:
  prod: {project: acme-prod, projectNumber: "123456789012", region: europe-west1${prod}}
defaults: {image: 'acme/app:1'}
services:
${services.trim().replace(/^/gm, '  ')}
`;
}

test('every name of a missing service is reported, with the one that was probably meant', () => {
  const problems = problemsOf(
    file(`
web: {calls: [apj, {service: wep, env: WEB}]}
api:
  taskQueues: {mail: {enqueuers: [wbe, 'user:a@example.com']}}
  subscriptions: {orders: {topic: orders, publishers: [{service: apii}]}}`),
  );
  expect(problems).toEqual(
    [
      "5:17 services.web.calls[0]: environment 'prod' has no service 'apj' (did you mean 'api'?)",
      "5:32 services.web.calls[1].service: environment 'prod' has no service 'wep' (did you mean 'web'?)",
      "7:37 services.api.taskQueues.mail.enqueuers[0]: environment 'prod' has no service 'wbe' (did you mean 'web'?)",
      "8:68 services.api.subscriptions.orders.publishers[0].service: environment 'prod' has no service 'apii' (did you mean 'api'?)",
    ].map((problem) => `services.yaml:${problem}; write the key of one of its services [unknown-service]`),
  );
});

test('a refused service is not reported as missing', () => {
  expect(problemsOf(file('web: {calls: [api]}\napi: {imagee: x}'))).toEqual([
    "services.yaml:6:9 services.api: unknown key 'imagee' (did you mean 'image'?)",
  ]);
});

test('a service that an environment leaves out is missing there', () => {
  const [problem] = problemsOf(file('web: {calls: [api]}\napi: {}', ', services: {api: null}'));
  expect(problem).toContain("environment 'prod' has no service 'api'");
});

test('an environment changes one setting of a caller, and removes another caller', () => {
  const changes = `, services: {worker: {schedules: {nightly: {paused: true}, hourly: null}}}`;
  const { stacks } = buildStacks(
    testingApp(),
    file(`worker: {schedules: {nightly: {schedule: '0 3 * * *', path: /n}, hourly: {schedule: '0 * * * *'}}}`, changes),
  );
  const [stack] = stacks;
  if (stack === undefined) throw new Error('there is no stack');
  const { google_cloud_scheduler_job: jobs } = JSON.parse(Testing.synth(stack)).resource;
  expect(Object.keys(jobs)).toEqual(['worker_nightly']);
  expect(jobs.worker_nightly).toMatchObject({ paused: true, schedule: '0 3 * * *' });
});

test.each([
  ['{}', "services.worker.subscriptions.orders: the key 'topic' is missing"],
  [
    '{topic: {existng: projects/p/topics/t}}',
    "services.worker.subscriptions.orders.topic: unknown key 'existng' (did you mean 'existing'?)",
  ],
])('the subscription %s is refused where it is', (subscription, problem) => {
  const [line, ...others] = problemsOf(file(`worker: {subscriptions: {orders: ${subscription}}}`));
  expect(line).toMatch(/^services\.yaml:5:\d+ /);
  expect(line?.replace(/^\S+ /, '')).toBe(problem);
  expect(others).toEqual([]);
});
