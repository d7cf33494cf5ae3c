import type { Behaviour, PlanRules } from '../behaviour';
import { uuid } from '../computed';
import { idFrom } from '../identity';
import { isZero, type ObjectValue, objectsIn } from '../protocol/values';
import { storedObject } from '../stored';
import { lastPart, sameLastPart, sameShortName } from '../suppress';

const ID = 'projects/{project}/locations/{location}/triggers/{name}';
const type = 'google_eventarc_trigger';

const plan: PlanRules = {
  forceNew: [
    'channel',
    'location',
    'matching_criteria.attribute',
    'matching_criteria.value',
    'name',
    'project',
    'transport',
    'transport.pubsub',
    'transport.pubsub.topic',
  ],
  project: 'provider',
  labels: 'top',
  keptBlocks: ['transport'],
  suppress: {
    name: sameShortName,
    channel: sameShortName,
    service_account: sameLastPart,
    'destination.cloud_run_service.service': sameLastPart,
    'destination.workflow': sameShortName,
    'transport.pubsub.topic': sameShortName,
  },
};

export const eventarcTrigger: Behaviour = {
  type,
  source: 'google/services/eventarc/resource_eventarc_trigger.go',
  plan,
  operations: storedObject(type, plan, {
    id: ID,
    noun: 'Trigger',
    // cloud.google.com/eventarc/docs/reference/rest/v1/projects.locations.triggers
    settle: (trigger) => {
      for (const destination of objectsIn(trigger.destination)) {
        for (const run of objectsIn(destination.cloud_run_service)) run.region ??= trigger.location;
      }
      trigger.name = idFrom(ID, trigger);
      trigger.event_data_content_type ??= 'application/json';
    },
    computed: (trigger, _, creation) => {
      const uid = uuid(idFrom(ID, trigger), creation);
      return { uid, transport: transportOf(trigger, uid) };
    },
  }),
};

/** Every trigger has a topic and a subscription. If the configuration names no topic, the API creates one. */
function transportOf(trigger: ObjectValue, uid: string): ObjectValue[] {
  const own = `eventarc-${trigger.location}-${uid.slice(0, 8)}`;
  const ownTopic = `projects/${trigger.project}/topics/${own}`;
  const [pubsub] = objectsIn(objectsIn(trigger.transport)[0]?.pubsub);
  const topic = isZero(pubsub?.topic) ? ownTopic : pubsub?.topic;
  const named = `eventarc-${trigger.location}-${lastPart(trigger.name)}-sub-${uid.slice(0, 3)}`;
  const name = topic === ownTopic ? `${own}-sub` : named;
  return [{ pubsub: [{ topic, subscription: `projects/${trigger.project}/subscriptions/${name}` }] }];
}
