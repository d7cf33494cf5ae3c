import type { Behaviour, PlanRules } from '../behaviour';
import { apiError, Refusal } from '../errors';
import { storedObject } from '../stored';
import { sameDuration, sameLastPart, sameShortName } from '../suppress';
import { oneOf } from '../validation';

const TOPIC = 'google_pubsub_topic';
const SUBSCRIPTION = 'google_pubsub_subscription';

const topic: PlanRules = {
  forceNew: ['name', 'project'],
  project: 'provider',
  labels: 'top',
  keptBlocks: ['message_storage_policy'],
  defaults: {
    'ingestion_data_source_settings.cloud_storage.text_format.delimiter': '\n',
    'ingestion_data_source_settings.platform_logs_settings.severity': 'SEVERITY_UNSPECIFIED',
    'message_transforms.disabled': false,
    'schema_settings.encoding': 'ENCODING_UNSPECIFIED',
  },
  suppress: { name: sameShortName },
};

export const pubsubTopic: Behaviour = {
  type: TOPIC,
  source: 'google/services/pubsub/resource_pubsub_topic.go',
  plan: topic,
  check: { values: { 'schema_settings.encoding': oneOf('ENCODING_UNSPECIFIED', 'JSON', 'BINARY') } },
  operations: storedObject(TOPIC, topic, {
    id: 'projects/{project}/topics/{name}',
    noun: 'Topic',
    stateOnly: { tags: null },
    policies: (id) => [id],
  }),
};

const subscription: PlanRules = {
  forceNew: ['enable_message_ordering', 'filter', 'name', 'project', 'topic'],
  project: 'provider',
  labels: 'top',
  keptBlocks: ['expiration_policy'],
  defaults: {
    'cloud_storage_config.max_duration': '300s',
    message_retention_duration: '604800s',
    'message_transforms.disabled': false,
  },
  suppress: {
    topic: sameLastPart,
    'expiration_policy.ttl': sameDuration,
    'retry_policy.maximum_backoff': sameDuration,
    'retry_policy.minimum_backoff': sameDuration,
  },
};

export const pubsubSubscription: Behaviour = {
  type: SUBSCRIPTION,
  source: 'google/services/pubsub/resource_pubsub_subscription.go',
  plan: subscription,
  check: {
    conflicts: {
      bigquery_config: ['push_config', 'cloud_storage_config'],
      cloud_storage_config: ['push_config', 'bigquery_config'],
      push_config: ['bigquery_config', 'cloud_storage_config'],
    },
  },
  operations: storedObject(SUBSCRIPTION, subscription, {
    id: 'projects/{project}/subscriptions/{name}',
    noun: 'Subscription',
    stateOnly: { tags: null },
    // cloud.google.com/pubsub/docs/reference/rest/v1/projects.subscriptions
    defaults: {
      ack_deadline_seconds: 10,
      expiration_policy: [{ ttl: '2678400s' }],
      'retry_policy.minimum_backoff': '10s',
      'retry_policy.maximum_backoff': '600s',
    },
    refuse: ({ topic: name, project }, was, call) => {
      const id = String(name).includes('/') ? String(name) : `projects/${project}/topics/${name}`;
      if (was || call.cloud.find(TOPIC, id)) return;
      throw new Refusal(apiError(404, `Resource not found (resource=${id})`));
    },
    settle: (object) => {
      const { topic: name, project } = object;
      if (!String(name).includes('/')) object.topic = `projects/${project}/topics/${name}`;
    },
    policies: (id) => [id],
  }),
};
