import { isIPv4, isIPv6 } from 'node:net';
import type { ObjectValue } from '../protocol/values';
import { blocksIn, bytes, entriesAt, form, numbersAt, ordered, type Rule, stringsAt, within } from './rules';

const INT32_MAX = 2 ** 31 - 1;
const FOREVER = 315_576_000_000;
const PUBSUB_NAME = /^(?!goog)[A-Za-z][A-Za-z0-9._~+%-]{2,254}$/;

/** cloud.google.com/scheduler/docs/reference/rest/v1/projects.locations.jobs */
export const schedulerRules: readonly Rule[] = [
  form('name', /^[A-Za-z0-9_-]{1,500}$/, 'must be letters, digits, hyphens or underscores'),
  bytes('description', 500 * 4),
  bytes('http_target.uri', 2083),
  within('attempt_deadline', 15, 1800),
  within('retry_config.retry_count', 0, 5),
  within('retry_config.max_doublings', 0, INT32_MAX),
  within('retry_config.max_retry_duration', 0, FOREVER),
  ordered('retry_config.min_backoff_duration', 'retry_config.max_backoff_duration'),
  // resource_cloud_scheduler_job.go, validateHttpHeaders, and HttpTarget.headers of the API
  (job) => {
    const wrong = entriesAt(job, 'http_target.headers').find(([name]) =>
      /^(?:content-length|host|user-agent|x-google-.*|x-appengine-.*|x-cloudscheduler.*)$/i.test(name),
    );
    return wrong && `Cannot set the ${wrong[0]} header on http_target.headers`;
  },
  (job) => {
    const wrong = entriesAt(job, 'http_target.headers').find(
      ([name, value]) => !/^[!#$%&'*+.^_`|~\w-]+$/.test(name) || /\p{Cc}/u.test(value),
    );
    return wrong && `Job.http_target.headers: '${wrong[0]}' is not a header`;
  },
  (job) =>
    blocksIn(job, 'http_target').some(
      ({ body, http_method: method }) => body && !['PATCH', 'POST', 'PUT'].includes(String(method)),
    )
      ? 'Job.http_target.body: not allowed with this HTTP method'
      : undefined,
];

/** cloud.google.com/tasks/docs/reference/rest/v2/projects.locations.queues */
export const queueRules: readonly Rule[] = [
  form('name', /^[A-Za-z0-9-]{1,100}$/, 'must be letters, digits or hyphens'),
  within('rate_limits.max_dispatches_per_second', 0, 500),
  within('rate_limits.max_concurrent_dispatches', 0, 5000),
  within('retry_config.max_attempts', -1, INT32_MAX),
  within('retry_config.max_doublings', 0, INT32_MAX),
  within('retry_config.max_retry_duration', 0, FOREVER),
  ordered('retry_config.min_backoff', 'retry_config.max_backoff'),
];

/** The provider does not escape names in a URL; cloud.google.com/pubsub/docs/reference/rest */
const pubsubName: readonly Rule[] = [
  ({ name }) =>
    /%(?![0-9a-f]{2})/i.test(String(name))
      ? `parse "https://pubsub.googleapis.com/v1/…/${name}": invalid URL escape`
      : undefined,
  form('name', PUBSUB_NAME, 'Invalid resource name given'),
];

export const topicRules: readonly Rule[] = pubsubName;

export const subscriptionRules: readonly Rule[] = [
  ...pubsubName,
  within('ack_deadline_seconds', 0, 600),
  within('message_retention_duration', 600, 31 * 86_400),
  within('retry_policy.minimum_backoff', 0, 600),
  within('retry_policy.maximum_backoff', 0, 600),
  ordered('retry_policy.minimum_backoff', 'retry_policy.maximum_backoff'),
  bytes('filter', 256),
  (subscription) => {
    const [attempts] = numbersAt(subscription, 'dead_letter_policy.max_delivery_attempts');
    return attempts !== undefined && attempts !== 0 && (attempts < 5 || attempts > 100)
      ? 'max_delivery_attempts must be from 5 to 100'
      : undefined;
  },
  (subscription) => {
    const [topic] = stringsAt(subscription, 'dead_letter_policy.dead_letter_topic');
    return topic !== undefined && topic === subscription.topic
      ? 'the dead letter topic must not be the topic itself'
      : undefined;
  },
];

/** cloud.google.com/eventarc/docs/reference/rest/v1/projects.locations.triggers */
export const triggerRules: readonly Rule[] = [
  // A read returns the full name.
  form(
    'name',
    /^(?:projects\/[^/]+\/locations\/[^/]+\/triggers\/)?[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/,
    'The request was invalid: trigger id',
  ),
  (trigger) => {
    const filters = blocksIn(trigger, 'matching_criteria');
    const attributes = filters.map(({ attribute }) => attribute);
    if (!attributes.includes('type')) return 'The request was invalid: event_filters must contain an attribute `type`';
    if (new Set(attributes).size < attributes.length) return 'The request was invalid: an attribute is there twice';
    return filters.some(({ value }) => !value) ? 'The request was invalid: a filter has no value' : undefined;
  },
  (trigger) => {
    const { channel, location } = trigger;
    const region = /^projects\/[^/]+\/locations\/([^/]+)\/channels\/[^/]+$/.exec(String(channel ?? ''))?.[1];
    return channel && region !== location ? `The request was invalid: channel '${channel}'` : undefined;
  },
];

/** cloud.google.com/iam/docs/reference/rest/v1/projects.serviceAccounts */
export const accountRules: readonly Rule[] = [bytes('display_name', 100)];

/** An address or a CIDR range. */
export function isRange(text: string): boolean {
  const [address = '', length] = text.split('/');
  const bits = isIPv4(address) ? 32 : isIPv6(address) ? 128 : -1;
  return text === '*' || (bits > 0 && (length === undefined || (/^\d{1,3}$/.test(length) && Number(length) <= bits)));
}

/** Names of Compute Engine (RFC 1035). */
export function computeName({ name }: ObjectValue): string | undefined {
  return /^[a-z](?:[-a-z0-9]{0,61}[a-z0-9])?$/.test(String(name))
    ? undefined
    : `Invalid value for field 'resource.name': '${name}'. Must be a match of regex '(?:[a-z](?:[-a-z0-9]{0,61}[a-z0-9])?)'`;
}
