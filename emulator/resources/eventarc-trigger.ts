import type { Behaviour, PlanRules } from '../behaviour';
import { type ObjectValue, objectsIn } from '../protocol/values';
import { storedObject } from '../stored';
import { sameLastPart, sameShortName } from '../suppress';

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
    id: 'projects/{project}/locations/{location}/triggers/{name}',
    noun: 'Trigger',
    // cloud.google.com/eventarc/docs/reference/rest/v1/projects.locations.triggers
    settle: (trigger) => {
      for (const destination of objectsIn(trigger.destination)) {
        for (const run of objectsIn(destination.cloud_run_service)) run.region ??= trigger.location;
      }
      if (objectsIn(trigger.transport).length === 0 && isPubsub(trigger)) trigger.transport = [{ pubsub: [{}] }];
      for (const transport of objectsIn(trigger.transport)) settlePubsub(transport, trigger);
      trigger.event_data_content_type ??= 'application/json';
    },
  }),
};

/** Events of Pub/Sub itself need a topic: one that is not named is made. */
function isPubsub(trigger: ObjectValue): boolean {
  return objectsIn(trigger.matching_criteria).some(({ value }) => String(value).startsWith('google.cloud.pubsub.'));
}

function settlePubsub(transport: ObjectValue, trigger: ObjectValue): void {
  const name = `eventarc-${trigger.location}-${trigger.name}`;
  for (const pubsub of objectsIn(transport.pubsub)) {
    pubsub.topic ??= `projects/${trigger.project}/topics/${name}`;
    pubsub.subscription ??= `projects/${trigger.project}/subscriptions/${name}-sub`;
  }
}
