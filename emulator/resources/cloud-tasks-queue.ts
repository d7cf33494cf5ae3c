import type { Behaviour, PlanRules } from '../behaviour';
import { isZero, objectsIn } from '../protocol/values';
import { storedObject } from '../stored';
import { sameDuration } from '../suppress';
import { oneOf } from '../validation';

const type = 'google_cloud_tasks_queue';

const plan: PlanRules = {
  forceNew: ['location', 'name', 'project'],
  project: 'provider',
  keptBlocks: ['rate_limits', 'retry_config'],
  defaults: { desired_state: 'RUNNING' },
  suppress: {
    'retry_config.max_backoff': sameDuration,
    // `suppressOmittedMaxDuration`: the API leaves 0s out
    'retry_config.max_retry_duration': (prior, wanted) =>
      (isZero(prior) && wanted === '0s') || sameDuration(prior, wanted),
    'retry_config.min_backoff': sameDuration,
  },
};

export const cloudTasksQueue: Behaviour = {
  type,
  source: 'google/services/cloudtasks/resource_cloud_tasks_queue.go',
  plan,
  check: {
    values: {
      'http_target.http_method': oneOf(
        'HTTP_METHOD_UNSPECIFIED',
        'POST',
        'GET',
        'HEAD',
        'PUT',
        'DELETE',
        'PATCH',
        'OPTIONS',
      ),
      'http_target.uri_override.scheme': oneOf('HTTP', 'HTTPS'),
      'http_target.uri_override.uri_override_enforce_mode': oneOf('ALWAYS', 'IF_NOT_EXISTS'),
    },
  },
  operations: storedObject(type, plan, {
    id: 'projects/{project}/locations/{location}/queues/{name}',
    noun: 'Queue',
    stateOnly: { desired_state: 'RUNNING' },
    computed: () => ({ state: 'RUNNING' }),
    // cloud.google.com/tasks/docs/reference/rest/v2/projects.locations.queues
    defaults: {
      rate_limits: [{}],
      'rate_limits.max_burst_size': 100,
      'rate_limits.max_concurrent_dispatches': 1000,
      'rate_limits.max_dispatches_per_second': 500,
      retry_config: [{}],
      'retry_config.max_attempts': 100,
      'retry_config.max_backoff': '3600s',
      'retry_config.max_doublings': 16,
      'retry_config.min_backoff': '0.100s',
      'http_target.http_method': 'POST',
    },
    settle: (queue) => {
      // The provider does not send a ratio of 0, and the API returns no empty block, so the block always shows a diff.
      if (objectsIn(queue.stackdriver_logging_config).every(({ sampling_ratio }) => isZero(sampling_ratio)))
        queue.stackdriver_logging_config = [];
      for (const retry of objectsIn(queue.retry_config))
        if (retry.max_retry_duration === '0s') retry.max_retry_duration = '';
    },
    policies: (id) => [id],
  }),
};
