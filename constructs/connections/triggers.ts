import type { Construct } from 'constructs';
import { sortedEntries } from '../core/order';
import { madeFrom, writtenAt } from '../core/origin';
import type { ICreatedService } from '../core/service';
import { type EventProps, EventTrigger } from './event-trigger';
import { type Grantee, grantToService } from './grantee';
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

type Key = keyof Required<TriggersProps<unknown>>;
type PropsOf<K extends Key> = Required<TriggersProps<unknown>>[K][string];

/** A kind of triggers. */
interface Kind<Props> {
  readonly type: new (scope: Construct, id: string, props: Props & TriggerTarget) => Trigger;
  /** The prop that lists who may send to the trigger. */
  readonly senders?: keyof Props & string;
}

/** The kinds of triggers. A new kind needs a class, a key in `TriggersProps` and a line here. */
const KINDS: { readonly [K in Key]: Kind<PropsOf<K>> } = {
  schedules: { type: SchedulerJob },
  taskQueues: { type: TaskQueue, senders: 'enqueuers' },
  subscriptions: { type: PushSubscription, senders: 'publishers' },
  events: { type: EventTrigger },
};

/** The keys of the kinds of triggers in a service's props. */
export const TRIGGER_KEYS = Object.keys(KINDS) as Key[];

/** Those of the kinds whose triggers list who may send to them. */
export const KEYS_WITH_SENDERS = TRIGGER_KEYS.filter((key) => KINDS[key].senders !== undefined);

/** Who may send to a trigger, and the place of the list in the service's props. */
interface Senders<Service> {
  readonly path: readonly [kind: Key, key: string, prop: string];
  readonly grantees: readonly Grantee<Service>[];
}

/** Who may send to the triggers of a service's props. */
export function sendersOf<Service>(props: TriggersProps<Service>): Senders<Service>[] {
  return KEYS_WITH_SENDERS.flatMap((kind) =>
    sortedEntries<object>(props[kind]).flatMap(([key, trigger]) => sendersTo(kind, key, trigger)),
  );
}

function sendersTo<Service>(kind: Key, key: string, trigger: object): Senders<Service>[] {
  const { senders: prop } = KINDS[kind];
  const grantees = prop && (Reflect.get(trigger, prop) as readonly Grantee<Service>[] | undefined);
  return grantees ? [{ path: [kind, key, prop], grantees }] : [];
}

/** Adds the triggers of a service's props. */
export function addTriggers<Service>(
  service: ICreatedService,
  props: TriggersProps<Service>,
  resolve: Resolve<Service>,
): void {
  for (const kind of TRIGGER_KEYS) addEach(service, kind, props, resolve);
}

/** Adds the triggers of a kind. */
function addEach<K extends Key, Service>(
  service: ICreatedService,
  kind: K,
  props: TriggersProps<Service>,
  resolve: Resolve<Service>,
): void {
  const { type }: Kind<PropsOf<K>> = KINDS[kind];
  for (const [key, each] of sortedEntries(props[kind] as Readonly<Record<string, PropsOf<K>>> | undefined)) {
    // A slash separates the ids of constructs, so an id cannot contain one.
    const trigger = new type(service, `${kind} ${encodeURIComponent(key)}`, { ...each, service, key });
    madeFrom(trigger, { subject: service, path: [kind, key] });
    for (const senders of sendersTo<Service>(kind, key, each)) grantAll(trigger, senders, resolve);
  }
}

function grantAll<Service>(trigger: Trigger, { path, grantees }: Senders<Service>, resolve: Resolve<Service>): void {
  const [, , prop] = path;
  for (const [index, grantee] of grantees.entries()) {
    const place = writtenAt({ subject: trigger, path: [prop, index] });
    const { service: reference, env } = withVariable(grantee);
    const meant = resolve(reference);
    if (typeof meant === 'string') {
      trigger.namedPrincipals.push({ principal: meant, path: place.path });
      trigger.grantable?.grant(meant, place);
    } else if (meant && trigger.grantable) grantToService(trigger.grantable, meant, env, place);
  }
}
