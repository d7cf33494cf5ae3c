import { errorsOf, fileWith } from './problems';

const NUMBERED = { project: 'projectNumber: "123456789012", project' };

/** Settings of triggers and calls that Google would refuse at apply, one file each: the keys of the service, and the printed line. */
const REFUSED: readonly [keys: string, line: string][] = [
  [
    'schedules: {nightly: {schedule: "0 3 * * *", headers: {content-length: "1"}}}',
    '7:76 services.api.schedules.nightly.headers.content-length: the header content-length is set by Cloud Scheduler itself; remove it [schedule-header]',
  ],
  [
    'schedules: {nightly: {schedule: "0 3 * * *", headers: {X-Google-Trace: "1"}}}',
    '7:76 services.api.schedules.nightly.headers.X-Google-Trace: the header X-Google-Trace is set by Cloud Scheduler itself; remove it [schedule-header]',
  ],
  [
    'schedules: {nightly: {schedule: "0 3 * * *", headers: {"X Kind": "1"}}}',
    "7:70 services.api.schedules.nightly.headers[\"X Kind\"]: 'X Kind' is not the name of a header; write it like 'X-Kind' [schedule-header]",
  ],
  [
    'schedules: {nightly: {schedule: "0 3 * * *", headers: {X-Kind: "a\\nHost: b"}}}',
    '7:68 services.api.schedules.nightly.headers.X-Kind: the value of X-Kind has control characters; remove them [schedule-header]',
  ],
  [
    'schedules: {nightly: {schedule: "0 3 * * *", httpMethod: GET, messageBody: x}}',
    "7:80 services.api.schedules.nightly.messageBody: a request by GET has no body; remove it, or write 'httpMethod: POST' [schedule-body]",
  ],
  [
    'schedules: {nightly: {schedule: "0 3 * * *", minBackoff: 2h}}',
    '7:62 services.api.schedules.nightly.minBackoff: minBackoff 2h is longer than maxBackoff 1h; lower minBackoff or raise maxBackoff [schedule-backoff]',
  ],
  [
    'schedules: {nightly: {schedule: "0 3 * * *", maxBackoff: 4}}',
    '7:62 services.api.schedules.nightly.maxBackoff: minBackoff 5s is longer than maxBackoff 4; lower minBackoff or raise maxBackoff [schedule-backoff]',
  ],
  [
    'schedules: {nightly: {schedule: 31 of feb 09:00}}',
    "7:37 services.api.schedules.nightly.schedule: '31 of feb 09:00' is not a schedule: there is no such day; write minute, hour, day, month and day of week, such as '0 3 * * *' [cron-syntax]",
  ],
  [
    'taskQueues: {mail: {minBackoff: 10s, maxBackoff: 5s}}',
    '7:37 services.api.taskQueues.mail.minBackoff: minBackoff 10s is longer than maxBackoff 5s; lower minBackoff or raise maxBackoff [queue-backoff]',
  ],
  [
    'subscriptions: {orders: {topic: orders, minRetryDelay: 1m, maxRetryDelay: 30s}}',
    '7:60 services.api.subscriptions.orders.minRetryDelay: minRetryDelay 1m is longer than maxRetryDelay 30s; lower minRetryDelay or raise maxRetryDelay [subscription-settings]',
  ],
  [
    'subscriptions: {orders: {topic: orders, maxRetryDelay: 5s}}',
    '7:60 services.api.subscriptions.orders.maxRetryDelay: minRetryDelay 10s is longer than maxRetryDelay 5s; lower minRetryDelay or raise maxRetryDelay [subscription-settings]',
  ],
  [
    'taskQueues: {mail: {maxDoublings: 3000000000}}',
    "7:39 services.api.taskQueues.mail.maxDoublings: maxDoublings can't be 3000000000; write a whole number, from 1 to 2147483647 [queue-limits]",
  ],
  [
    'subscriptions: {orders: {topic: "orders%2"}}',
    "7:37 services.api.subscriptions.orders.topic: 'orders%2' is not the name of a topic: the google provider does not escape a percent sign; use 3 to 255 letters, digits and ._~+-, beginning with a letter and not with goog [topic-name]",
  ],
  [
    'subscriptions: {orders: {topic: orders, name: "sub%2"}}',
    "7:51 services.api.subscriptions.orders.name: 'sub%2' is not a name for a Pub/Sub subscription: the google provider does not escape a percent sign; use 3 to 255 letters, digits and ._~+-, beginning with a letter and not with goog [trigger-name]",
  ],
  [
    'subscriptions: {orders: {topic: {existing: "projects/acme-billing/topics/orders%2"}}}',
    "7:30 services.api.subscriptions.orders.topic: 'projects/acme-billing/topics/orders%2' is not the name of a topic: the google provider does not escape a percent sign; use a topic without one [topic-name]",
  ],
  [
    'subscriptions: {orders: {topic: orders, deadLetterTopic: orders}}',
    "7:62 services.api.subscriptions.orders.deadLetterTopic: 'orders' is the topic itself; name another, such as 'orders-dead' [dead-letter-topic]",
  ],
  [
    'events: {paid: {eventFilters: {type: acme.paid}, channel: paid}}',
    "7:63 services.api.events.paid.channel: 'paid' is not a channel; write projects/P/locations/europe-west1/channels/C [event-channel]",
  ],
  [
    'events: {paid: {eventFilters: {type: acme.paid}, channel: projects/acme-prod/locations/us-central1/channels/paid}}',
    "7:63 services.api.events.paid.channel: the channel is in 'us-central1', the trigger in 'europe-west1'; write projects/P/locations/europe-west1/channels/C [event-channel]",
  ],
  [
    'events: {up: {eventFilters: {type: google.cloud.storage.object.v1.finalized, bucket: acme}, eventFiltersPathPattern: {bucket: "a*"}}}',
    "7:131 services.api.events.up.eventFiltersPathPattern.bucket: 'bucket' is in eventFilters already; write it in one of them [event-attribute]",
  ],
];

test.each(REFUSED)('%s is refused at its place', (keys, line) => {
  expect(errorsOf(fileWith(keys).replace('project', NUMBERED.project))).toEqual([`services.yaml:${line}`]);
});

test('each field of a call to a service elsewhere is checked', () => {
  const errors = errorsOf(fileWith('calls: [{external: {project: P, projectNumber: x, region: r, name: X}}]'));
  expect(errors).toEqual(
    [
      "7:34 services.api.calls[0].external.project: 'P' is not a project id; write its id, such as 'acme-billing'",
      "7:52 services.api.calls[0].external.projectNumber: 'x' is not a project number; write its digits in quotes",
      "7:63 services.api.calls[0].external.region: 'r' is not a region; write a region such as 'europe-west1'",
      "7:72 services.api.calls[0].external.name: 'X' is not a service name; use at most 49 lower-case letters, digits and dashes, beginning with a letter",
    ].map((line) => `services.yaml:${line} [external-service]`),
  );
});

test.each([
  'every 5 minutes',
  'every 2 hours synchronized',
  'every 10 mins from 10:00 to 14:00',
  'every day 00:00',
  'Every Monday 9:00',
  '2nd,third mon, wed,thu of march 17:00',
  '1,8,15,22 of month 09:00',
  '29 of feb 09:00',
  '31 of feb,mar 09:00',
  'fifth friday of february 09:00',
  '0 3 29 2 *',
])("'%s' comes true", (schedule) => {
  expect(errorsOf(fileWith(`schedules: {x: {schedule: "${schedule}"}}`))).toEqual([]);
});

test.each([
  'every 0 minutes',
  'every blue moon',
  '30,31 of feb 09:00',
  '0 of month 09:00',
  'every monday',
  '0 3 30 2 *',
])("'%s' never does", (schedule) => {
  expect(errorsOf(fileWith(`schedules: {x: {schedule: "${schedule}"}}`))).toEqual([
    expect.stringContaining('[cron-syntax]'),
  ]);
});
