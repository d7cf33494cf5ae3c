import type { Construct } from 'constructs';
import type { Origin } from '../core/finding';
import { sortedEntries } from '../core/order';
import type { CloudRunService, CloudRunServiceProps } from '../service/cloud-run-service';
import { addCall, type ExternalCall, type ServiceCall } from './calls';
import { type EventProps, EventTrigger } from './event-trigger';
import { type Grantable, type Grantee, grantToService, type ServiceGrantee } from './grantee';
import { PushSubscription, type SubscriptionProps } from './push-subscription';
import { type ScheduleProps, SchedulerJob } from './scheduler-job';
import { TaskQueue, type TaskQueueProps } from './task-queue';
import type { Trigger, TriggerTarget } from './trigger';
import type { TriggerKind } from './trigger-kind';

/** Whom a service calls, and what calls it on its own. Services are referred to by `Service`: by name in a file, as constructs in TypeScript. */
export interface CallersProps<Service> {
  /**
   * Services that this one calls: each grants its account `roles/run.invoker` on the other and puts the other's URL, which is also the
   * audience of the token to send, into its environment. With `env` the variable has another name; `external` is a service that is not of
   * this environment.
   * @default none
   * @terraform google_cloud_run_v2_service_iam_member.<callee>_invoker_<principal>, template.containers.env
   */
  readonly calls?: readonly (Service | ServiceCall<Service> | ExternalCall)[];

  /**
   * Cloud Scheduler jobs that call the service, by key.
   * @default none
   * @gcloud gcloud scheduler jobs create http
   * @terraform google_cloud_scheduler_job.<service>_<key>
   */
  readonly schedules?: Readonly<Record<string, ScheduleProps>>;

  /**
   * Cloud Tasks queues whose tasks call the service, by key. A queue that was removed can not be added again under its name for days.
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

/** What a reference stands for: a service, a principal, or nothing, which has been told of already. */
export type Resolve<Service> = (reference: Service | string) => CloudRunService | string | undefined;

/** The props of a service that can be made before those that it refers to are there. */
export function withoutCallers(props: CloudRunServiceProps<string>): CloudRunServiceProps {
  const { calls, schedules, taskQueues, subscriptions, events, ...settings } = props;
  return settings;
}

/** Adds to a service what its props say of calls and triggers. */
export function addCallers<Service>(
  service: CloudRunService,
  callers: CallersProps<Service>,
  resolve: Resolve<Service>,
): void {
  addCalls(service, callers.calls, resolve);
  addEach(service, 'schedules', callers.schedules, SchedulerJob);
  addEach(service, 'taskQueues', callers.taskQueues, TaskQueue, (queue, { enqueuers }) => {
    grantAll(queue, queue, 'enqueuers', enqueuers, resolve);
  });
  addEach(service, 'subscriptions', callers.subscriptions, PushSubscription, (subscription, { publishers }) => {
    grantAll(subscription.topic, subscription, 'publishers', publishers, resolve);
  });
  addEach(service, 'events', callers.events, EventTrigger);
}

function addCalls<Service>(
  service: CloudRunService,
  calls: CallersProps<Service>['calls'],
  resolve: Resolve<Service>,
): void {
  for (const [index, call] of (calls ?? []).entries()) {
    const origin = { subject: service, path: ['calls', index] };
    if (isExternalCall(call)) addCall(service, call.external, call.env, origin);
    else {
      const { service: reference, env } = withVariable(call);
      const callee = resolve(reference);
      if (typeof callee === 'object') addCall(service, callee, env, origin);
    }
  }
}

type TriggerClass<Props, T> = new (scope: Construct, id: string, props: Props & TriggerTarget, origin: Origin) => T;

/** Makes the triggers of a kind, and does with each what only those of the kind need. */
function addEach<Props, T extends Trigger>(
  service: CloudRunService,
  kind: TriggerKind,
  triggers: Readonly<Record<string, Props>> | undefined,
  type: TriggerClass<Props, T>,
  then: (trigger: T, props: Props) => void = () => {},
): void {
  for (const [key, props] of sortedEntries(triggers)) {
    // A slash would part the ids of constructs.
    const id = `${kind} ${encodeURIComponent(key)}`;
    then(new type(service, id, { ...props, service }, { subject: service, path: [kind, key] }), props);
  }
}

function grantAll<Service>(
  to: Grantable,
  { origin, namedPrincipals }: Trigger,
  key: string,
  grantees: readonly Grantee<Service>[] | undefined,
  resolve: Resolve<Service>,
): void {
  for (const [index, grantee] of (grantees ?? []).entries()) {
    const place = { ...origin, path: [...origin.path, key, index] };
    const { service: reference, env } = withVariable(grantee);
    const meant = resolve(reference);
    if (typeof meant === 'string') {
      namedPrincipals.push({ principal: meant, path: place.path });
      to.grant(meant, place);
    } else if (meant) grantToService(to, meant, env, place);
  }
}

function isExternalCall(call: unknown): call is ExternalCall {
  return typeof call === 'object' && call !== null && 'external' in call;
}

/** A reference with the variable that goes with it, if one is named. No construct has a member `service`. */
function withVariable<Service>(reference: Grantee<Service>): {
  readonly service: Service | string;
  readonly env?: string;
} {
  const isNamed = typeof reference === 'object' && reference !== null && 'service' in reference;
  return isNamed ? (reference as ServiceGrantee<Service>) : { service: reference };
}
