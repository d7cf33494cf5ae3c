import { PubsubSubscription } from '@cdktf/provider-google/lib/pubsub-subscription';
import { PubsubSubscriptionIamMember } from '@cdktf/provider-google/lib/pubsub-subscription-iam-member';
import type { Construct } from 'constructs';
import { addressOf, referenceTo } from '../core/address';
import { renderDuration, wholeSeconds } from '../core/duration';
import { pubsubNameProblem } from '../core/forms';
import { literal } from '../core/literal';
import { nonEmpty, sortedSet } from '../core/order';
import { ServiceAccount } from '../core/service-account';
import { withoutStackTraces } from '../core/stack-traces';
import type { Grantee } from './grantee';
import { Topic, type TopicReference } from './topic';
import { Trigger, type TriggerKind, type TriggerProps, type TriggerTarget } from './trigger';

/** A Pub/Sub subscription that pushes a topic's messages to the service. */
export interface SubscriptionSettings extends TriggerProps {
  /**
   * The topic: a name, or `{existing: projects/P/topics/T}`. A named topic is created once, and all who name it share it. A change
   * replaces the subscription.
   * @gcloud gcloud pubsub subscriptions create --topic
   * @terraform google_pubsub_topic.<topic>, google_pubsub_subscription topic
   */
  readonly topic: TopicReference;

  /**
   * Path to call on the service's run.app URL.
   * @default the service's root
   * @gcloud --push-endpoint
   * @terraform google_pubsub_subscription push_config.push_endpoint
   */
  readonly path?: string;

  /**
   * Time that the service has to answer before the message is sent again, 10 to 600 seconds.
   * @default "10s"
   * @gcloud --ack-deadline
   * @terraform google_pubsub_subscription ack_deadline_seconds
   */
  readonly ackDeadline?: number | string;

  /**
   * Filter for messages by their attributes: `attributes.kind = "paid"`. A change replaces the subscription, and its backlog is lost.
   * @default all messages
   * @gcloud --message-filter
   * @terraform google_pubsub_subscription filter
   */
  readonly messageFilter?: string;

  /**
   * Topic for messages that the service does not accept, in the form of `topic` (needs the environment's `projectNumber`). The messages
   * are lost if this topic has no subscription.
   * @default none
   * @gcloud --dead-letter-topic
   * @terraform google_pubsub_subscription dead_letter_policy
   */
  readonly deadLetterTopic?: TopicReference;

  /**
   * Attempts before a message goes to the dead-letter topic, 5 to 100.
   * @default 5
   * @gcloud --max-delivery-attempts
   * @terraform google_pubsub_subscription dead_letter_policy.max_delivery_attempts
   */
  readonly maxDeliveryAttempts?: number;

  /**
   * Least time to wait before a message is sent again, at most 600 seconds.
   * @default "10s" with `maxRetryDelay`, else at once
   * @gcloud --min-retry-delay
   * @terraform google_pubsub_subscription retry_policy.minimum_backoff
   */
  readonly minRetryDelay?: number | string;

  /**
   * Longest time to wait before a message is sent again, at most 600 seconds.
   * @default "600s" with `minRetryDelay`, else at once
   * @gcloud --max-retry-delay
   * @terraform google_pubsub_subscription retry_policy.maximum_backoff
   */
  readonly maxRetryDelay?: number | string;

  /**
   * Time without a subscriber after which the subscription is deleted, at least a day, or `never`.
   * @default "never"
   * @gcloud --expiration-period
   * @terraform google_pubsub_subscription expiration_policy.ttl
   */
  readonly expirationPeriod?: number | string;

  /**
   * How long messages are kept that the service has not accepted, 10 minutes to 31 days.
   * @default "7d"
   * @gcloud --message-retention-duration
   * @terraform google_pubsub_subscription message_retention_duration
   */
  readonly messageRetentionDuration?: number | string;

  /**
   * Whether messages are kept after the service has accepted them.
   * @default false
   * @gcloud --retain-acked-messages
   * @terraform google_pubsub_subscription retain_acked_messages
   */
  readonly retainAckedMessages?: boolean;

  /**
   * Whether messages with the same ordering key are sent in order. A change replaces the subscription, and its backlog is lost.
   * @default false
   * @gcloud --enable-message-ordering
   * @terraform google_pubsub_subscription enable_message_ordering
   */
  readonly enableMessageOrdering?: boolean;

  /**
   * Whether the request's body is the message itself, without JSON around it.
   * @default false
   * @gcloud --push-no-wrapper
   * @terraform google_pubsub_subscription push_config.no_wrapper
   */
  readonly pushNoWrapper?: boolean;

  /**
   * With `pushNoWrapper`, whether headers contain the message's metadata.
   * @default false
   * @gcloud --push-no-wrapper-write-metadata
   * @terraform google_pubsub_subscription push_config.no_wrapper.write_metadata
   */
  readonly pushNoWrapperWriteMetadata?: boolean;
}

/** A subscription and who may publish to its topic. */
export interface SubscriptionProps<Service> extends SubscriptionSettings {
  /**
   * Who may publish to the topic: services and principals. A service gets the topic's full name in `<TOPIC>_TOPIC`. Each is granted
   * `roles/pubsub.publisher` on this topic only.
   * @default no one
   * @terraform google_pubsub_topic_iam_member.<topic>_publisher_<principal>
   */
  readonly publishers?: readonly Grantee<Service>[];
}

/** Pub/Sub's own defaults. They are always written, so that removing a key restores the default. */
export const SUBSCRIPTION_DEFAULTS = {
  ackDeadline: '10s',
  maxDeliveryAttempts: 5,
  expirationPeriod: 'never',
  messageRetentionDuration: '7d',
  retainAckedMessages: false,
  enableMessageOrdering: false,
  pushNoWrapper: false,
  pushNoWrapperWriteMetadata: false,
};
/** The default of each delay if the other one is set. If neither is set, a message is sent again at once. */
export const RETRY_DEFAULTS = { minRetryDelay: '10s', maxRetryDelay: '600s' };

/** The properties that all Pub/Sub subscriptions share. */
export const PUSH_SUBSCRIPTION: TriggerKind = {
  word: 'subscription',
  product: 'Pub/Sub subscription',
  nameProblem: pubsubNameProblem,
  needsProjectNumber: true,
  needsOwnProject: false,
};

/** A Pub/Sub subscription that pushes messages to a service with an identity token. */
export class PushSubscription extends Trigger<SubscriptionSettings> {
  /** The topic. */
  readonly topic: Topic;
  /** The topic for messages that the service does not accept, if there is one. */
  readonly deadLetterTopic?: Topic;
  /** The `google_pubsub_subscription` that Terraform creates. */
  readonly resource: PubsubSubscription;

  constructor(scope: Construct, id: string, props: SubscriptionSettings & TriggerTarget) {
    super(scope, id, PUSH_SUBSCRIPTION, props);
    const { environment } = this;
    const agent = ServiceAccount.ofAgent(environment, 'pubsub');
    this.topic = Topic.of(environment, props.topic, this.originOf('topic'));
    if (props.deadLetterTopic !== undefined) {
      this.deadLetterTopic = Topic.of(environment, props.deadLetterTopic, this.originOf('deadLetterTopic'));
    }
    const tokenGrant = agent ? [this.serviceAccount.grantTokenCreation(agent, this.origin)] : [];
    this.resource = withoutStackTraces(() => this.render());
    this.resource.dependsOn = nonEmpty(sortedSet([...environment.apis.require('pubsub'), ...tokenGrant]));
    environment.addresses.place(this.resource, this.addressPrefix, this.origin);
    if (agent && this.deadLetterTopic) this.grantDeadLettering(agent, this.deadLetterTopic);
  }

  override get fullName(): string {
    return `projects/${this.environment.props.project}/subscriptions/${this.triggerName}`;
  }

  override get grantable(): Topic {
    return this.topic;
  }

  /** Pub/Sub itself publishes the messages that the service does not accept, and acknowledges them here (Pub/Sub, "Grant forwarding permissions"). */
  private grantDeadLettering({ member }: ServiceAccount, topic: Topic): void {
    topic.grant(member, this.originOf('deadLetterTopic'));
    const config = {
      project: this.environment.props.project,
      subscription: referenceTo(this.resource, 'name'),
      role: 'roles/pubsub.subscriber',
      member,
      // A subscription that is created again has no grants. A change of the filter creates it again.
      lifecycle: { replaceTriggeredBy: [`${addressOf(this.resource)}.id`] },
    };
    const grant = withoutStackTraces(() => new PubsubSubscriptionIamMember(this, 'dead letter', config));
    this.environment.addresses.place(grant, `${this.addressPrefix}_dead_letter`, this.originOf('deadLetterTopic'));
  }

  private render(): PubsubSubscription {
    const props = this.propsWith(SUBSCRIPTION_DEFAULTS);
    return new PubsubSubscription(this, 'Default', {
      project: this.environment.props.project,
      name: literal(this.triggerName),
      topic: this.topic.reference,
      filter: props.messageFilter,
      ackDeadlineSeconds: wholeSeconds(props.ackDeadline),
      messageRetentionDuration: renderDuration(props.messageRetentionDuration),
      retainAckedMessages: props.retainAckedMessages,
      enableMessageOrdering: props.enableMessageOrdering,
      // Without the argument, Pub/Sub deletes a subscription without activity for a month.
      expirationPolicy: { ttl: props.expirationPeriod === 'never' ? '' : renderDuration(props.expirationPeriod) },
      retryPolicy: renderRetryPolicy(props),
      deadLetterPolicy: this.deadLetterTopic && {
        deadLetterTopic: this.deadLetterTopic.reference,
        maxDeliveryAttempts: props.maxDeliveryAttempts,
      },
      pushConfig: {
        pushEndpoint: `${this.audience}${props.path ?? ''}`,
        oidcToken: this.oidcToken,
        noWrapper: props.pushNoWrapper ? { writeMetadata: props.pushNoWrapperWriteMetadata } : undefined,
      },
    });
  }
}

function renderRetryPolicy({ minRetryDelay, maxRetryDelay }: SubscriptionSettings) {
  if (minRetryDelay === undefined && maxRetryDelay === undefined) return undefined;
  return {
    minimumBackoff: renderDuration(minRetryDelay ?? RETRY_DEFAULTS.minRetryDelay),
    maximumBackoff: renderDuration(maxRetryDelay ?? RETRY_DEFAULTS.maxRetryDelay),
  };
}
