import {
  PUSH_SUBSCRIPTION,
  type PushSubscription,
  RETRY_DEFAULTS,
  SUBSCRIPTION_DEFAULTS,
} from '../connections/push-subscription';
import { parseSeconds } from '../core/duration';
import { isProjectId, pubsubNameProblem } from '../core/forms';
import { isToken } from '../core/literal';
import type { CloudRunService } from '../service/cloud-run-service';
import { type Check, exampleFile } from './check';
import { boundsOf, inWords, type Limits, outside, rangeInWords, reversedDelays } from './limits';
import type { StackContents } from './stack-contents';
import { below } from './triggers';

const FULL_NAME = /^projects\/([^/]+)\/topics\/([^/]+)$/;

/** Pub/Sub API, Subscription, DeadLetterPolicy and RetryPolicy. */
export const SUBSCRIPTION_LIMITS = {
  ackDeadline: { least: '10s', most: '600s' },
  maxDeliveryAttempts: { least: 5, most: 100 },
  minRetryDelay: { least: '0s', most: '600s' },
  maxRetryDelay: { least: '0s', most: '600s' },
  messageRetentionDuration: { least: '10m', most: '31d' },
  expirationPeriod: { least: '1d' },
} satisfies Limits;

/** Pub/Sub API, Subscription.filter. */
const FILTER_LENGTH = 256;

/** Pub/Sub subscriptions. */
export const subscriptionChecks: readonly Check<CloudRunService>[] = [
  {
    code: 'subscription-limits',
    severity: 'error',
    summary: `A message is acknowledged within ${rangeInWords(SUBSCRIPTION_LIMITS.ackDeadline)}, tried ${rangeInWords(SUBSCRIPTION_LIMITS.maxDeliveryAttempts)} times, repeated after at most ${inWords(SUBSCRIPTION_LIMITS.maxRetryDelay.most)} and kept ${rangeInWords(SUBSCRIPTION_LIMITS.messageRetentionDuration)}. A subscription expires after ${inWords(SUBSCRIPTION_LIMITS.expirationPeriod.least)} or later (Pub/Sub API, Subscription).`,
    example: exampleFile(
      'worker: {subscriptions: {orders: {topic: orders, ackDeadline: 1h, messageRetentionDuration: 60d}}}',
      'projectNumber: "123456789012"',
    ),
    *find(service) {
      for (const { props, origin } of subscriptionsOf(service)) {
        const { expirationPeriod, ...rest } = props;
        yield* outside(SUBSCRIPTION_LIMITS, expirationPeriod === 'never' ? rest : props, origin);
      }
    },
  },
  {
    code: 'subscription-settings',
    severity: 'error',
    summary: `\`maxDeliveryAttempts\` needs a dead-letter topic, and metadata in headers needs messages without a wrapper. The least delay is not longer than the longest, a filter has at most ${FILTER_LENGTH} characters, and a subscription does not expire before its messages (Pub/Sub API, Subscription).`,
    example: exampleFile(
      'worker: {subscriptions: {orders: {topic: orders, maxDeliveryAttempts: 10}}}',
      'projectNumber: "123456789012"',
    ),
    *find(service) {
      for (const { props, origin } of subscriptionsOf(service)) {
        const contradictions: readonly [key: string, isWrong: boolean, message: string, remedy: string][] = [
          [
            'maxDeliveryAttempts',
            props.maxDeliveryAttempts !== undefined && props.deadLetterTopic === undefined,
            'without a dead-letter topic delivery attempts are not counted',
            'write deadLetterTopic, or remove maxDeliveryAttempts',
          ],
          [
            'pushNoWrapperWriteMetadata',
            props.pushNoWrapperWriteMetadata === true && props.pushNoWrapper !== true,
            'the wrapper already contains the metadata',
            "write 'pushNoWrapper: true', or remove pushNoWrapperWriteMetadata",
          ],
          [
            'expirationPeriod',
            expiresBeforeMessages(props),
            'the subscription would expire before its messages',
            "write a longer expirationPeriod, or 'never'",
          ],
          [
            'messageFilter',
            !isToken(props.messageFilter ?? '') && (props.messageFilter ?? '').length > FILTER_LENGTH,
            `the filter has more than ${FILTER_LENGTH} characters`,
            'shorten it',
          ],
        ];
        for (const [key, isWrong, message, remedy] of contradictions) {
          if (isWrong) yield { ...below(origin, key), message, remedy };
        }
        yield* reversedDelays(['minRetryDelay', 'maxRetryDelay'], props, RETRY_DEFAULTS, origin);
      }
    },
  },
  {
    code: 'dead-letter-topic',
    severity: 'error',
    summary: 'The dead-letter topic differs from the topic of the subscription (Pub/Sub, "Dead-letter topics").',
    example: exampleFile(
      'worker: {subscriptions: {orders: {topic: orders, deadLetterTopic: orders}}}',
      'projectNumber: "123456789012"',
    ),
    *find(service) {
      for (const { topic, deadLetterTopic, origin } of subscriptionsOf(service)) {
        if (topic !== deadLetterTopic) continue;
        const message = `'${topic.shortName}' is the topic itself`;
        yield {
          ...below(origin, 'deadLetterTopic'),
          message,
          remedy: `name another, such as '${topic.shortName}-dead'`,
        };
      }
    },
  },
];

/** Topics of a whole stack. */
export const topicChecks: readonly Check<StackContents>[] = [
  {
    code: 'topic-name',
    severity: 'error',
    summary:
      'A topic has a name of 3 to 255 letters, digits and `._~+-` that does not begin with `goog`; an existing one is named `projects/P/topics/T` (Pub/Sub, "Guidelines to name a topic"). Pub/Sub would also accept a `%`, but the google provider does not escape it.',
    example: exampleFile(
      'worker: {subscriptions: {orders: {topic: projects/acme-billing/topics/orders}}}',
      'projectNumber: "123456789012"',
    ),
    *find({ topics }) {
      for (const { topic, origin } of [...topics.values()].flatMap(({ uses }) => uses)) {
        const problem = typeof topic === 'string' ? newTopicProblem(topic) : existingTopicProblem(topic.existing);
        if (problem) yield { ...origin, ...problem };
      }
    },
  },
  {
    code: 'topic-created-here',
    severity: 'error',
    summary: 'A topic is either created here or existing, so all places must name it in the same way.',
    example: exampleFile(
      `
worker:
  subscriptions:
    orders: {topic: orders}
    audit: {topic: {existing: projects/acme-prod/topics/orders}}`,
      'projectNumber: "123456789012"',
    ),
    *find({ topics }) {
      for (const { uses, shortName } of topics.values()) {
        const existing = uses.find(({ topic }) => typeof topic !== 'string');
        if (existing === undefined || uses.every(({ topic }) => typeof topic !== 'string')) continue;
        const message = `the topic '${shortName}' is created here, but named as existing`;
        yield { ...existing.origin, message, remedy: `write ${shortName} everywhere, or everywhere {existing: …}` };
      }
    },
  },
];

type TopicProblem = { message: string; remedy: string } | undefined;

function newTopicProblem(name: string): TopicProblem {
  const problem = isToken(name) ? undefined : pubsubNameProblem(name);
  if (!problem) return undefined;
  const message = `'${name}' is not the name of a topic${problem.reason}`;
  return { message, remedy: FULL_NAME.test(name) ? `write {existing: ${name}}` : problem.remedy };
}

function existingTopicProblem(name: string): TopicProblem {
  if (isToken(name)) return undefined;
  const [, project = '', topic = ''] = FULL_NAME.exec(name) ?? [];
  const problem = pubsubNameProblem(topic);
  if (isProjectId(project) && !problem) return undefined;
  const reason = topic === '' ? '' : (problem?.reason ?? '');
  const remedy = reason === '' ? 'write projects/P/topics/T' : 'use a topic without one';
  return { message: `'${name}' is not the name of a topic${reason}`, remedy };
}

function subscriptionsOf({ triggers }: CloudRunService): PushSubscription[] {
  return triggers.filter((trigger): trigger is PushSubscription => trigger.kind === PUSH_SUBSCRIPTION);
}

function expiresBeforeMessages({
  expirationPeriod = SUBSCRIPTION_DEFAULTS.expirationPeriod,
  messageRetentionDuration = SUBSCRIPTION_DEFAULTS.messageRetentionDuration,
}: PushSubscription['props']) {
  const expires = parseSeconds(expirationPeriod);
  const keeps = parseSeconds(messageRetentionDuration);
  return (
    expires !== undefined &&
    keeps !== undefined &&
    expires >= boundsOf(SUBSCRIPTION_LIMITS.expirationPeriod).least &&
    expires <= keeps
  );
}
