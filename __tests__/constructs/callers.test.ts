import { Testing } from 'cdktf';
import { CloudRunService, SchedulerJob } from '../../constructs';
import { triggerAccountIdOf } from '../../constructs/core/account-id';
import { emptyStack, IMAGE, type Resources, resourcesOf, stackOf, synth } from './synth';

const NUMBER = { projectNumber: '123456789012' };
const OWN = '${google_service_account.worker_KIND_x.member}';
const PUBSUB = 'serviceAccount:service-123456789012@gcp-sa-pubsub.iam.gserviceaccount.com';
const STORAGE = 'serviceAccount:service-123456789012@gs-project-accounts.iam.gserviceaccount.com';

/** Every grant as the type of its target, role and member, without those of the service's own account. */
function grantsIn(resources: Resources): string[] {
  return Object.entries(resources).flatMap(([type, byName]) =>
    Object.values(byName).flatMap(({ role, member, members, ...target }) => {
      if (role === undefined) return [];
      const { name, topic, subscription, service_account_id: account, project } = target;
      const on = name ?? topic ?? subscription ?? account ?? project;
      return [`${type.replace(/^google_|_iam_\w+$/g, '')} ${on}: ${role} to ${member ?? members}`];
    }),
  );
}

const INVOKER = (kind: string) =>
  `cloud_run_v2_service \${google_cloud_run_v2_service.worker.name}: roles/run.invoker to ${OWN.replace('KIND', kind)}`;
const TOKENS = (kind: string) =>
  `service_account \${google_service_account.worker_${kind}_x.name}: roles/iam.serviceAccountTokenCreator to ${PUBSUB}`;
const RECEIVER = `project acme-prod: roles/eventarc.eventReceiver to ${OWN.replace('KIND', 'event')}`;

test.each([
  ['a Cloud Scheduler job', { schedules: { x: { schedule: '0 3 * * *' } } }, [INVOKER('schedule')]],
  ['a Cloud Tasks queue', { taskQueues: { x: {} } }, [INVOKER('queue')]],
  [
    'a queue that others add tasks to',
    { taskQueues: { x: { enqueuers: ['worker', 'user:a@example.com'] } } },
    [
      'cloud_tasks_queue ${google_cloud_tasks_queue.worker_x.name}: roles/cloudtasks.enqueuer to ${google_service_account.worker.member}',
      'cloud_tasks_queue ${google_cloud_tasks_queue.worker_x.name}: roles/cloudtasks.enqueuer to user:a@example.com',
      INVOKER('queue'),
    ],
  ],
  [
    'a Pub/Sub subscription',
    { subscriptions: { x: { topic: 'orders' } } },
    [INVOKER('subscription'), TOKENS('subscription')],
  ],
  [
    'a subscription with a dead-letter topic and publishers',
    { subscriptions: { x: { topic: 'orders', deadLetterTopic: 'dead', publishers: ['worker'] } } },
    [
      INVOKER('subscription'),
      `pubsub_subscription \${google_pubsub_subscription.worker_x.name}: roles/pubsub.subscriber to ${PUBSUB}`,
      `pubsub_topic \${google_pubsub_topic.dead.name}: roles/pubsub.publisher to ${PUBSUB}`,
      'pubsub_topic ${google_pubsub_topic.orders.name}: roles/pubsub.publisher to ${google_service_account.worker.member}',
      TOKENS('subscription'),
    ],
  ],
  [
    "events of a topic's messages",
    { events: { x: { eventFilters: { type: 'google.cloud.pubsub.topic.v1.messagePublished' } } } },
    [INVOKER('event'), TOKENS('event')],
  ],
  [
    'events of a bucket',
    { events: { x: { eventFilters: { type: 'google.cloud.storage.object.v1.finalized', bucket: 'acme-uploads' } } } },
    [INVOKER('event'), RECEIVER, `project acme-prod: roles/pubsub.publisher to ${STORAGE}`, TOKENS('event')],
  ],
  [
    'events of an audit log',
    {
      events: { x: { eventFilters: { type: 'google.cloud.audit.log.v1.written', serviceName: 's', methodName: 'm' } } },
    },
    [INVOKER('event'), RECEIVER, TOKENS('event')],
  ],
])('%s comes with the grants it needs and no other', (_, worker, grants) => {
  expect(grantsIn(resourcesOf({ worker }, NUMBER)).sort()).toEqual([...grants].sort());
});

test('a call is one grant and one variable', () => {
  const resources = resourcesOf({ web: { calls: ['my-api'] }, 'my-api': {} });
  expect(grantsIn(resources)).toEqual([
    'cloud_run_v2_service ${google_cloud_run_v2_service.my-api.name}: roles/run.invoker to ${google_service_account.web.member}',
  ]);
  expect(resources.google_cloud_run_v2_service?.web?.template.containers[0].env).toEqual([
    { name: 'MY_API_URL', value: '${google_cloud_run_v2_service.my-api.uri}' },
  ]);
});

test('with the number of the project, a URL does not wait for its service', () => {
  const { google_cloud_run_v2_service: services } = resourcesOf(
    { web: { calls: ['api'] }, api: { name: 'api-v2' } },
    NUMBER,
  );
  expect(services?.web?.template.containers[0].env).toEqual([
    { name: 'API_URL', value: 'https://api-v2-123456789012.europe-west1.run.app' },
  ]);
});

test('a region calls the same region, or else the first', () => {
  const { google_cloud_run_v2_service: services, google_cloud_run_v2_service_iam_member: members } = resourcesOf({
    web: { calls: ['api'], regions: ['europe-west1', 'asia-east1'] },
    api: { regions: ['us-central1', 'europe-west1'] },
  });
  const url = (web: string) => services?.[web]?.template.containers[0].env[0].value;
  expect(url('web_europe-west1')).toBe('${google_cloud_run_v2_service.api_europe-west1.uri}');
  expect(url('web_asia-east1')).toBe('${google_cloud_run_v2_service.api_us-central1.uri}');
  expect(
    Object.values(members ?? {})
      .map(({ location }) => location)
      .sort(),
  ).toEqual(['europe-west1', 'us-central1']);
});

test('callers are members of an authoritative policy', () => {
  const { google_cloud_run_v2_service_iam_binding: bindings, google_cloud_run_v2_service_iam_member: members } =
    resourcesOf({
      web: { calls: ['api'] },
      api: {
        invokerPolicy: 'authoritative',
        invokers: ['user:a@example.com'],
        schedules: { x: { schedule: '0 3 * * *' } },
      },
    });
  expect(members).toBeUndefined();
  expect(bindings?.api_invokers?.members).toEqual([
    '${google_service_account.api_schedule_x.member}',
    '${google_service_account.web.member}',
    'user:a@example.com',
  ]);
});

test('a topic is created once, however many use it, and existing ones not at all', () => {
  const { google_pubsub_topic: topics, google_pubsub_topic_iam_member: grants } = resourcesOf(
    {
      web: {},
      a: { subscriptions: { orders: { name: 'a-orders', topic: 'orders', publishers: ['web'] } } },
      b: {
        subscriptions: {
          orders: { name: 'b-orders', topic: 'orders', publishers: [{ service: 'web', env: 'ALSO' }] },
          other: { topic: { existing: 'projects/acme-data/topics/other' }, publishers: ['web'] },
        },
      },
    },
    NUMBER,
  );
  expect(Object.keys(topics ?? {})).toEqual(['orders']);
  expect(Object.values(grants ?? {}).map(({ project, topic }) => [project, topic])).toEqual([
    ['acme-prod', '${google_pubsub_topic.orders.name}'],
    ['acme-data', 'other'],
  ]);
});

test('a service may add tasks to a queue that calls it: neither waits for the other', () => {
  const { google_cloud_run_v2_service: services } = resourcesOf({
    worker: { taskQueues: { mail: { enqueuers: ['worker'] } } },
  });
  expect(services?.worker?.template.containers[0].env).toEqual([
    { name: 'MAIL_QUEUE', value: 'projects/acme-prod/locations/europe-west1/queues/mail' },
  ]);
});

test('a stack with queues or topics has outputs for them', () => {
  expect(Object.keys(synth(stackOf({ worker: {} })).output)).toEqual(['dns_records', 'services']);
  const { output } = synth(
    stackOf({ worker: { taskQueues: { mail: {} }, subscriptions: { x: { topic: 'orders' } } } }, NUMBER),
  );
  expect(output.queues.value).toEqual({ worker_mail: '${google_cloud_tasks_queue.worker_mail.id}' });
  expect(output.topics.value).toEqual({ orders: '${google_pubsub_topic.orders.id}' });
});

test('the order of services and callers does not change the output', () => {
  const web = { calls: ['api'] };
  const api = {};
  const worker = {
    schedules: { a: { schedule: '0 3 * * *' }, b: { schedule: '0 4 * * *' } },
    subscriptions: { x: { topic: 'orders', publishers: ['web', 'api'] }, y: { topic: 'orders' } },
  };
  const turned = {
    subscriptions: { y: { topic: 'orders' }, x: { topic: 'orders', publishers: ['api', 'web'] } },
    schedules: { b: { schedule: '0 4 * * *' }, a: { schedule: '0 3 * * *' } },
  };
  const one = Testing.synth(stackOf({ web, api, worker }, NUMBER));
  expect(Testing.synth(stackOf({ worker: turned, api, web }, NUMBER))).toBe(one);
});

test('the APIs of what is used are enabled, and waited for', () => {
  const { google_project_service: apis } = resourcesOf(
    {
      worker: {
        schedules: { x: { schedule: '0 3 * * *' } },
        taskQueues: { x: {} },
        subscriptions: { x: { topic: 'orders' } },
        events: { x: { eventFilters: { type: 'google.cloud.pubsub.topic.v1.messagePublished' } } },
      },
    },
    { ...NUMBER, enableApis: true },
  );
  expect(Object.keys(apis ?? {})).toEqual(['cloudscheduler', 'cloudtasks', 'eventarc', 'iam', 'pubsub', 'run']);
});

test('a job can be made as a separate construct', () => {
  const stack = emptyStack();
  const api = new CloudRunService(stack, 'api', { image: IMAGE });
  const job = new SchedulerJob(stack, 'nightly', { service: api, schedule: '0 3 * * *' });
  job.resource.addOverride('description', 'every night');
  expect(synth(stack).resource.google_cloud_scheduler_job.api_nightly).toMatchObject({
    name: 'nightly',
    description: 'every night',
    http_target: { oidc_token: { service_account_email: '${google_service_account.api_schedule_nightly.email}' } },
  });
});

test('accounts of triggers never share an id', () => {
  const ids = [
    ['a-b', 'schedule', 'c'],
    ['a', 'schedule', 'b-c'],
    ['a', 'queue', 'b-c'],
    ['a', 'schedule', 'b_c'],
    ['a'.repeat(49), 'schedule', 'Some.Very~Long+Name'.repeat(9)],
  ].map(([service = '', kind = '', name = '']) => triggerAccountIdOf(service, kind, name));
  expect(new Set(ids).size).toBe(ids.length);
  for (const id of ids) expect(id).toMatch(/^[a-z][-a-z0-9]{4,28}[a-z0-9]$/);
});

test.each([
  ['every 12 hours', true],
  ['every mon,wed of jan 09:00', true],
  ['1st,third monday of month 04:00', true],
  ['*/5 9-17 * * MON-FRI', true],
  ['0 0 29 2 *', true],
  ['0 0 30 2 *', false],
  ['@daily', false],
  ['0 3 * * 1#2', false],
  ['0 0 L * *', false],
  ['0 0 3 * * *', false],
  ['*/70 * * * *', false],
])('the schedule %s is taken: %s', (schedule, isTaken) => {
  const findings = stackOf({ worker: { schedules: { x: { schedule } } } }).findings();
  expect(findings.map(({ code }) => code)).toEqual(isTaken ? [] : ['cron-syntax']);
});
