import { defaultContentType, type EventProps } from '../../constructs/connections/event-trigger';
import { SUBSCRIPTION_DEFAULTS, type SubscriptionProps } from '../../constructs/connections/push-subscription';
import { SCHEDULE_DEFAULTS, type ScheduleProps } from '../../constructs/connections/scheduler-job';
import { QUEUE_DEFAULTS, type TaskQueueProps } from '../../constructs/connections/task-queue';
import type { TopicReference } from '../../constructs/connections/topic';
import { parseSeconds, renderSeconds } from '../../constructs/core/duration';
import type { Fields } from '../fields';
import { lastSegment } from '../found';
import type { Draft } from './container';
import { without } from './without';

/** A trigger, read from its resource: the service that it calls, its account, and its other props. */
export interface TriggerDraft<Props> {
  /** The URL; for events the name of the service and its region. */
  readonly calls: string | { readonly service: string; readonly region: string | undefined };
  /** The email address of the account with which it calls. */
  readonly account: string | undefined;
  readonly props: Draft<Props>;
}

/** A Cloud Scheduler job; undefined if it does not call over HTTP with an identity token. */
export function schedule(job: Fields, region: string): TriggerDraft<ScheduleProps> | undefined {
  const target = job.block('http_target');
  const token = target?.block('oidc_token');
  const uri = target?.text('uri');
  if (target === undefined || token === undefined || uri === undefined) return undefined;
  job.skip('name', 'project', 'state');
  token.skip('audience');
  const retry = job.block('retry_config');
  const body = target.text('body');
  const props = {
    schedule: job.text('schedule') ?? '',
    timeZone: job.text('time_zone'),
    path: pathOf(uri),
    httpMethod: target.text('http_method') as ScheduleProps['httpMethod'],
    messageBody: body === undefined ? undefined : Buffer.from(body, 'base64').toString(),
    headers: target.map('headers'),
    attemptDeadline: job.text('attempt_deadline'),
    maxRetryAttempts: retry?.number('retry_count'),
    maxRetryDuration: retry?.text('max_retry_duration'),
    minBackoff: retry?.text('min_backoff_duration'),
    maxBackoff: retry?.text('max_backoff_duration'),
    maxDoublings: retry?.number('max_doublings'),
    paused: job.flag('paused'),
    description: job.text('description'),
    location: job.text('region'),
  };
  const defaults = { ...asRead(SCHEDULE_DEFAULTS), location: region };
  return { calls: uri, account: token.text('service_account_email'), props: without(props, defaults) };
}

/** A Cloud Tasks queue; undefined if its tasks name their own targets. */
export function taskQueue(queue: Fields, region: string): TriggerDraft<TaskQueueProps<string>> | undefined {
  const target = queue.block('http_target');
  const token = target?.block('oidc_token');
  const override = target?.block('uri_override');
  const host = override?.text('host');
  if (target === undefined || token === undefined || override === undefined || host === undefined) return undefined;
  queue.skip('name', 'project', 'state', 'app_engine_routing_override');
  override.skip('scheme', 'uri_override_enforce_mode');
  token.skip('audience');
  const limits = queue.block('rate_limits');
  limits?.skip('max_burst_size');
  const retry = queue.block('retry_config');
  const path = override.block('path_override')?.text('path');
  const query = override.block('query_override')?.text('query_params');
  const props = {
    path:
      path === undefined && query === undefined ? undefined : `${path ?? '/'}${query === undefined ? '' : `?${query}`}`,
    httpMethod: target.text('http_method') as TaskQueueProps<string>['httpMethod'],
    maxDispatchesPerSecond: limits?.number('max_dispatches_per_second'),
    maxConcurrentDispatches: limits?.number('max_concurrent_dispatches'),
    maxAttempts: retry?.number('max_attempts'),
    maxRetryDuration: retry?.text('max_retry_duration'),
    minBackoff: retry?.text('min_backoff'),
    maxBackoff: retry?.text('max_backoff'),
    maxDoublings: retry?.number('max_doublings'),
    logSamplingRatio: queue.block('stackdriver_logging_config')?.number('sampling_ratio'),
    location: queue.text('location'),
  };
  const defaults = { ...asRead(QUEUE_DEFAULTS), location: region };
  return { calls: `https://${host}`, account: token.text('service_account_email'), props: without(props, defaults) };
}

/** A Pub/Sub subscription; undefined if it does not push with an identity token. */
export function subscription(
  fields: Fields,
  topicOf: (fullName: string) => TopicReference,
): TriggerDraft<SubscriptionProps<string>> | undefined {
  const push = fields.block('push_config');
  const token = push?.block('oidc_token');
  const endpoint = push?.text('push_endpoint');
  const topic = fields.text('topic');
  if (push === undefined || token === undefined || endpoint === undefined || topic === undefined) return undefined;
  fields.skip('name', 'project');
  token.skip('audience');
  push.skip('attributes');
  const wrapper = push.block('no_wrapper');
  const retry = fields.block('retry_policy');
  const dead = fields.block('dead_letter_policy');
  const deadTopic = dead?.text('dead_letter_topic');
  const ttl = fields.block('expiration_policy')?.text('ttl');
  const seconds = fields.number('ack_deadline_seconds');
  const props = {
    topic: topicOf(topic),
    path: pathOf(endpoint),
    ackDeadline: seconds === undefined ? undefined : `${seconds}s`,
    messageFilter: fields.text('filter'),
    deadLetterTopic: deadTopic === undefined ? undefined : topicOf(deadTopic),
    maxDeliveryAttempts: dead?.number('max_delivery_attempts'),
    minRetryDelay: retry?.text('minimum_backoff'),
    maxRetryDelay: retry?.text('maximum_backoff'),
    expirationPeriod: ttl,
    messageRetentionDuration: fields.text('message_retention_duration'),
    retainAckedMessages: fields.flag('retain_acked_messages'),
    enableMessageOrdering: fields.flag('enable_message_ordering'),
    pushNoWrapper: wrapper !== undefined,
    pushNoWrapperWriteMetadata: wrapper?.flag('write_metadata'),
  };
  const defaults = asRead(SUBSCRIPTION_DEFAULTS);
  return { calls: endpoint, account: token.text('service_account_email'), props: without(props, defaults) };
}

/** An Eventarc trigger; undefined if it does not send its events to a Cloud Run service. */
export function event(
  trigger: Fields,
  region: string,
  topicOf: (fullName: string) => TopicReference | undefined,
): TriggerDraft<EventProps> | undefined {
  const service = trigger.block('destination')?.block('cloud_run_service');
  const name = service?.text('service');
  if (service === undefined || name === undefined) return undefined;
  trigger.skip('name', 'project');
  const criteria = trigger.blocks('matching_criteria').map((each) => ({
    attribute: each.text('attribute') ?? '',
    value: each.text('value') ?? '',
    isPattern: each.text('operator') === 'match-path-pattern',
  }));
  const filters = (pattern: boolean) => {
    const some = criteria.filter(({ isPattern }) => isPattern === pattern);
    return some.length > 0
      ? Object.fromEntries(
          some.map(({ attribute, value }) => [attribute, value]).sort(([a = ''], [b = '']) => (a < b ? -1 : 1)),
        )
      : undefined;
  };
  const pubsub = trigger.block('transport')?.block('pubsub');
  pubsub?.skip('subscription');
  const topic = pubsub?.text('topic');
  const contentType = trigger.text('event_data_content_type');
  const props = {
    eventFilters: filters(false) ?? {},
    eventFiltersPathPattern: filters(true),
    transportTopic: topic === undefined ? undefined : topicOf(topic),
    path: service.text('path'),
    location: trigger.text('location'),
    channel: trigger.text('channel'),
    eventDataContentType: contentType as EventProps['eventDataContentType'],
  };
  // For Pub/Sub the content type is that of the message, so it is left out.
  const usualType = defaultContentType({ eventFilters: props.eventFilters }) ?? contentType;
  return {
    calls: { service: lastSegment(name), region: service.text('region') },
    account: trigger.text('service_account'),
    props: without(props, { location: region, eventDataContentType: usualType }),
  };
}

/** Defaults with durations as Terraform reads them: `3600s`, and `0.100s`. */
function asRead(defaults: Readonly<Record<string, string | number | boolean>>): object {
  const entries = Object.entries(defaults).map(([key, value]) => {
    const isDuration = typeof value === 'string' && parseSeconds(value) !== undefined;
    return [key, isDuration ? renderSeconds(value) : value];
  });
  return Object.fromEntries(entries);
}

/** The path of a URL; undefined for the root. */
function pathOf(url: string): string | undefined {
  const path = url.replace(/^https?:\/\/[^/?#]+/, '');
  return path === '' || path === '/' ? undefined : path;
}
