import type { Construct } from 'constructs';
import { sortedEntries } from '../core/order';
import { madeFrom, writtenAt } from '../core/origin';
import type { ICreatedService } from '../core/service';
import { type EventProps, EventTrigger } from './event-trigger';
import { type Grantable, type Grantee, grantToService } from './grantee';
import { PushSubscription, type SubscriptionProps } from './push-subscription';
import { type Resolve, withVariable } from './reference';
import { type ScheduleProps, SchedulerJob } from './scheduler-job';
import { TaskQueue, type TaskQueueProps } from './task-queue';
import type { Trigger, TriggerTarget } from './trigger';

/** The triggers that call a service. */
export interface TriggersProps<Service> {
  /**
   * Cloud Scheduler jobs that call the service, by key.
   * @default none
   * @gcloud gcloud scheduler jobs create http
   * @terraform google_cloud_scheduler_job.<service>_<key>
   */
  readonly schedules?: Readonly<Record<string, ScheduleProps>>;

  /**
   * Cloud Tasks queues that send their tasks to the service, by key. After a queue is deleted, its name cannot be used again for days.
   * @default none
   * @gcloud gcloud tasks queues create
   * @terraform google_cloud_tasks_queue.<service>_<key>
   */
  readonly taskQueues?: Readonly<Record<string, TaskQueueProps<Service>>>;

  /**
   * Pub/Sub subscriptions that push messages to the service, by key (needs the environment's `projectNumber`).
   * @default none
   * @gcloud gcloud pubsub subscriptions create
   * @terraform google_pubsub_subscription.<service>_<key>
   */
  readonly subscriptions?: Readonly<Record<string, SubscriptionProps<Service>>>;

  /**
   * Eventarc triggers that send events to the service, by key (needs the environment's `projectNumber`).
   * @default none
   * @gcloud gcloud eventarc triggers create
   * @terraform google_eventarc_trigger.<service>_<key>
   */
  readonly events?: Readonly<Record<string, EventProps>>;
}

/** Adds the triggers of a kind to a service. */
type AddKind = <Service>(service: ICreatedService, props: TriggersProps<Service>, resolve: Resolve<Service>) => void;

/** The kinds of triggers. A new kind needs a class, a key in `TriggersProps` and a line here. */
const KINDS: { readonly [Key in keyof Required<TriggersProps<unknown>>]: AddKind } = {
  schedules: (service, { schedules }) => addEach(service, 'schedules', schedules, SchedulerJob),
  taskQueues: (service, { taskQueues }, resolve) =>
    addEach(service, 'taskQueues', taskQueues, TaskQueue, (queue, { enqueuers }) => {
      grantAll(queue, queue, 'enqueuers', enqueuers, resolve);
    }),
  subscriptions: (service, { subscriptions }, resolve) =>
    addEach(service, 'subscriptions', subscriptions, PushSubscription, (subscription, { publishers }) => {
      grantAll(subscription.topic, subscription, 'publishers', publishers, resolve);
    }),
  events: (service, { events }) => addEach(service, 'events', events, EventTrigger),
};

/** The keys of the kinds of triggers in a service's props. */
export const TRIGGER_KEYS = Object.keys(KINDS) as (keyof typeof KINDS)[];

/** Adds the triggers of a service's props. */
export function addTriggers<Service>(
  service: ICreatedService,
  props: TriggersProps<Service>,
  resolve: Resolve<Service>,
): void {
  for (const key of TRIGGER_KEYS) KINDS[key](service, props, resolve);
}

type TriggerClass<Props, T> = new (scope: Construct, id: string, props: Props & TriggerTarget) => T;

/** Makes the triggers of a kind, and calls `then` for each. */
function addEach<Props, T extends Trigger>(
  service: ICreatedService,
  kind: string,
  triggers: Readonly<Record<string, Props>> | undefined,
  type: TriggerClass<Props, T>,
  then: (trigger: T, props: Props) => void = () => {},
): void {
  for (const [key, props] of sortedEntries(triggers)) {
    // A slash separates the ids of constructs, so an id cannot contain one.
    const trigger = new type(service, `${kind} ${encodeURIComponent(key)}`, { ...props, service, key });
    madeFrom(trigger, { subject: service, path: [kind, key] });
    then(trigger, props);
  }
}

function grantAll<Service>(
  to: Grantable,
  trigger: Trigger,
  key: string,
  grantees: readonly Grantee<Service>[] | undefined,
  resolve: Resolve<Service>,
): void {
  for (const [index, grantee] of (grantees ?? []).entries()) {
    const place = writtenAt({ subject: trigger, path: [key, index] });
    const { service: reference, env } = withVariable(grantee);
    const meant = resolve(reference);
    if (typeof meant === 'string') {
      trigger.namedPrincipals.push({ principal: meant, path: place.path });
      to.grant(meant, place);
    } else if (meant) grantToService(to, meant, env, place);
  }
}
