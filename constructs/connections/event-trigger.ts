import { EventarcTrigger } from '@cdktf/provider-google/lib/eventarc-trigger';
import type { Construct } from 'constructs';
import { addressOf, referenceTo } from '../core/address';
import { literal } from '../core/literal';
import { nonEmpty, sortedEntries, sortedSet } from '../core/order';
import { ServiceAccount } from '../core/service-account';
import { withoutStackTraces } from '../core/stack-traces';
import { isStorageEvent, PUBSUB_EVENT } from './event-type';
import { Topic, type TopicReference } from './topic';
import { nameFits, Trigger, type TriggerKind, type TriggerProps, type TriggerTarget } from './trigger';

/** An Eventarc trigger that sends events to the service (needs the environment's `projectNumber`). */
export interface EventProps extends TriggerProps {
  /**
   * Attributes that an event must have, with `type` as one of them. The type `google.cloud.audit.log.v1.written` also needs `serviceName`
   * and `methodName`; `google.cloud.storage.object.v1.…` needs an existing `bucket`.
   * @gcloud gcloud eventarc triggers create --event-filters
   * @terraform google_eventarc_trigger matching_criteria
   */
  readonly eventFilters: Readonly<Record<string, string>>;

  /**
   * Attributes that must match a path pattern: `/projects/_/buckets/acme-*`.
   * @default none
   * @gcloud --event-filters-path-pattern
   * @terraform google_eventarc_trigger matching_criteria.operator
   */
  readonly eventFiltersPathPattern?: Readonly<Record<string, string>>;

  /**
   * With the type `google.cloud.pubsub.topic.v1.messagePublished`, the topic: a name, or `{existing: projects/P/topics/T}`. A named
   * topic is created once, and all who name it share it. A change replaces the trigger.
   * @default a topic that Eventarc creates
   * @gcloud --transport-topic
   * @terraform google_eventarc_trigger transport.pubsub.topic
   */
  readonly transportTopic?: TopicReference;

  /**
   * Path to call on the service.
   * @default the service's root
   * @gcloud --destination-run-path
   * @terraform google_eventarc_trigger destination.cloud_run_service.path
   */
  readonly path?: string;

  /**
   * Where the events come from: a bucket's location (`eu`), the region of the resource that writes the audit log, or `global` for audit
   * logs of all regions. A change replaces the trigger.
   * @default the service's region
   * @gcloud --location
   * @terraform google_eventarc_trigger location
   */
  readonly location?: string;

  /**
   * Encoding of the event's data, if the event's provider offers both.
   * @default "application/json", for Firestore and Datastore "application/protobuf", for Pub/Sub the message's own
   * @gcloud --event-data-content-type
   * @terraform google_eventarc_trigger event_data_content_type
   */
  readonly eventDataContentType?: 'application/json' | 'application/protobuf';

  /**
   * Channel of events that come from outside Google Cloud: `projects/P/locations/R/channels/C`.
   * @default none
   * @gcloud --channel
   * @terraform google_eventarc_trigger channel
   */
  readonly channel?: string;
}

/** The properties that all Eventarc triggers share. */
export const EVENT_TRIGGER: TriggerKind = {
  word: 'event',
  product: 'Eventarc trigger',
  nameProblem: nameFits(
    /^[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/,
    'lower-case letters, digits and dashes, at most 63, beginning with a letter',
  ),
  needsProjectNumber: true,
  needsOwnProject: false,
};

/** An Eventarc trigger that sends events to a service with an identity token. */
export class EventTrigger extends Trigger<EventProps> {
  /** The `google_eventarc_trigger` that Terraform creates. */
  readonly resource: EventarcTrigger;
  /** Location of the trigger. */
  readonly location: string;
  /** The topic in the props, if they name one. */
  readonly topic?: Topic;

  constructor(scope: Construct, id: string, props: EventProps & TriggerTarget) {
    super(scope, id, EVENT_TRIGGER, props);
    const { environment } = this;
    this.location = props.location ?? this.target.location;
    if (props.transportTopic !== undefined) {
      this.topic = Topic.of(environment, props.transportTopic, this.originOf('transportTopic'));
    }
    this.resource = withoutStackTraces(() => this.render());
    const apis = [...environment.apis.require('eventarc'), ...environment.apis.require('pubsub')];
    this.resource.dependsOn = nonEmpty(sortedSet([...apis, ...this.grantWhatIsNeeded()]));
    environment.addresses.place(this.resource, this.addressPrefix, this.origin);
  }

  override get fullName(): string {
    return `projects/${this.environment.props.project}/locations/${this.location}/triggers/${this.triggerName}`;
  }

  /** The grants that Eventarc needs when a trigger is created (Eventarc, "Roles and permissions for Cloud Run targets"). */
  private grantWhatIsNeeded(): string[] {
    const { environment, serviceAccount, origin } = this;
    const { type = '' } = this.props.eventFilters;
    const pubsub = ServiceAccount.ofAgent(environment, 'pubsub');
    const storage = isStorageEvent(type) ? ServiceAccount.ofAgent(environment, 'storage') : undefined;
    return [
      ...(pubsub ? [serviceAccount.grantTokenCreation(pubsub, origin)] : []),
      ...(type === PUBSUB_EVENT
        ? []
        : [addressOf(serviceAccount.projectGrant('roles/eventarc.eventReceiver', origin))]),
      ...(storage ? [addressOf(storage.projectGrant('roles/pubsub.publisher', origin))] : []),
    ];
  }

  private render(): EventarcTrigger {
    const props = this.literalProps;
    const { resource, location } = this.target;
    return new EventarcTrigger(this, 'Default', {
      project: this.environment.props.project,
      location: this.location,
      name: literal(this.triggerName),
      matchingCriteria: [
        ...sortedEntries(props.eventFilters).map(([attribute, value]) => ({ attribute, value })),
        ...sortedEntries(props.eventFiltersPathPattern).map(([attribute, value]) => {
          return { attribute, value, operator: 'match-path-pattern' };
        }),
      ],
      serviceAccount: this.serviceAccount.reference,
      destination: {
        cloudRunService: { service: referenceTo(resource, 'name'), region: location, path: props.path },
      },
      transport: this.topic && { pubsub: { topic: this.topic.reference } },
      channel: props.channel,
      eventDataContentType: props.eventDataContentType ?? defaultContentType(this.props),
    });
  }
}

/** Eventarc's default content type; undefined if Eventarc refuses the argument. */
export function defaultContentType({
  eventFilters: { type = '' },
  channel,
}: Pick<EventProps, 'eventFilters' | 'channel'>): string | undefined {
  if (type === PUBSUB_EVENT || channel !== undefined) return undefined;
  return /^google\.cloud\.(?:firestore|datastore)\./.test(type) ? 'application/protobuf' : 'application/json';
}
