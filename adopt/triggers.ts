import { EVENT_TRIGGER } from '../constructs/connections/event-trigger';
import { PUSH_SUBSCRIPTION } from '../constructs/connections/push-subscription';
import { SCHEDULER_JOB } from '../constructs/connections/scheduler-job';
import { TASK_QUEUE } from '../constructs/connections/task-queue';
import type { TopicReference } from '../constructs/connections/topic';
import type { TriggerKind } from '../constructs/connections/trigger';
import type { TriggersProps } from '../constructs/connections/triggers';
import { cached } from '../constructs/core/cached';
import type { Target } from './environment';
import { Fields } from './fields';
import { type Found, type Inventory, lastSegment, type Remark } from './found';
import { triggerAccount } from './identity';
import { event, schedule, subscription, type TriggerDraft, taskQueue } from './props/triggers';
import { without } from './props/without';
import type { AdoptedService } from './services';

const TOPIC = 'google_pubsub_topic';

/** Arguments that the provider or the API fills in. */
const COMPUTED = [
  'id',
  'timeouts',
  'labels',
  'effective_labels',
  'terraform_labels',
  'deletion_policy',
  'uid',
  'etag',
  'create_time',
  'update_time',
  'conditions',
];

type TopicOf = (fullName: string) => TopicReference;

/** A kind of trigger: its key in a service, and how it is read. */
interface AdoptedKind {
  readonly key: keyof TriggersProps<string>;
  readonly kind: TriggerKind;
  readonly read: (fields: Fields, region: string, topicOf: TopicOf) => TriggerDraft<object> | undefined;
}

/** The kinds of triggers by Terraform's type. */
const KINDS: Readonly<Record<string, AdoptedKind>> = {
  google_cloud_scheduler_job: { key: 'schedules', kind: SCHEDULER_JOB, read: schedule },
  google_cloud_tasks_queue: { key: 'taskQueues', kind: TASK_QUEUE, read: taskQueue },
  google_pubsub_subscription: {
    key: 'subscriptions',
    kind: PUSH_SUBSCRIPTION,
    read: (fields, _region, topicOf) => subscription(fields, topicOf),
  },
  google_eventarc_trigger: {
    key: 'events',
    kind: EVENT_TRIGGER,
    // If Eventarc made the topic for the trigger, the topic is left out.
    read: (fields, region, topicOf) =>
      event(fields, region, (name) => (lastSegment(name).startsWith('eventarc-') ? undefined : topicOf(name))),
  },
};

/** Whether a service has triggers that need the project's number. */
export function hasTriggersThatNeedNumber({ props }: AdoptedService): boolean {
  return Object.values(KINDS).some(({ key, kind }) => kind.needsProjectNumber && props[key] !== undefined);
}

/** Adds their triggers to the services. Returns, by service, the members that get their grant to invoke from a trigger. */
export function adoptTriggers(
  services: readonly AdoptedService[],
  inventory: Inventory,
  target: Target,
  leftOut: Remark[],
): Map<AdoptedService, Set<string>> {
  const implied = new Map<AdoptedService, Set<string>>();
  for (const found of inventory.resources) {
    const kind = KINDS[found.type];
    if (kind === undefined || found.values.project !== target.project) continue;
    const fields = new Fields(found.values);
    fields.skip(...COMPUTED);
    const draft = kind.read(fields, target.region, (fullName) => topicReference(fullName, inventory, target));
    const service = draft && services.find((each) => isCalled(each, draft));
    if (draft === undefined || service === undefined) {
      leftOut.push({ about: found.source, text: 'calls no service of this file with an identity token' });
      continue;
    }
    add(service, kind, found, draft, inventory, target, leftOut);
    for (const path of fields.left())
      leftOut.push({ about: `${found.source}: ${path}`, text: 'has no key in services.yaml' });
    if (draft.account) cached(implied, service, () => new Set()).add(`serviceAccount:${draft.account}`);
  }
  return implied;
}

/** A topic of the project that is in the input is adopted with the subscription; any other topic is only referred to. */
function topicReference(topic: string, { resources }: Inventory, { project }: Target): TopicReference {
  const fullName = topic.includes('/') ? topic : `projects/${project}/topics/${topic}`;
  const name = lastSegment(fullName);
  const isHere = resources.some(
    ({ type, values }) => type === TOPIC && values.project === project && lastSegment(String(values.name)) === name,
  );
  return isHere && fullName === `projects/${project}/topics/${name}` ? name : { existing: fullName };
}

function isCalled(service: AdoptedService, draft: TriggerDraft<object>): boolean {
  return regionOf(service, draft) !== undefined;
}

/** The region in which a trigger calls the service; undefined if it does not call it. */
function regionOf({ name, found }: AdoptedService, { calls }: TriggerDraft<object>): string | undefined {
  const called = found.find(({ values }) =>
    typeof calls === 'string'
      ? urlsOf(values).some((url) => hostOf(url) === hostOf(calls))
      : calls.service === name && (calls.region ?? values.location) === values.location,
  );
  return called && String(called.values.location);
}

/** The URLs of a service: those that the API returned, and the deterministic one. */
export function urlsOf(values: Found['values']): string[] {
  const urls = Array.isArray(values.urls) ? values.urls : [];
  return [values.uri, ...urls].filter((url): url is string => typeof url === 'string' && url !== '');
}

function hostOf(url: string): string {
  return url.replace(/^https?:\/\//, '').replace(/[/?#:].*$/, '');
}

function add(
  service: AdoptedService,
  { key, kind }: AdoptedKind,
  found: Found,
  draft: TriggerDraft<object>,
  inventory: Inventory,
  target: Target,
  leftOut: Remark[],
): void {
  const name = lastSegment(String(found.values.name));
  const { word, product } = kind;
  const names = { service: service.name, word, product, trigger: name };
  const serviceAccount = triggerAccount(draft.account, names, inventory, target, leftOut);
  const region = service.found.length > 1 ? regionOf(service, draft) : undefined;
  const props = without({ ...draft.props, region, serviceAccount });
  const others = (service.props as Record<string, object | undefined>)[key];
  Object.assign(service.props, { [key]: { ...others, [name]: props } });
}
