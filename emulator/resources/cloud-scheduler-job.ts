import type { Behaviour, PlanRules } from '../behaviour';
import { isZero } from '../protocol/values';
import { storedObject } from '../stored';

const type = 'google_cloud_scheduler_job';
const RETRY = 'retry_config';

const plan: PlanRules = {
  forceNew: ['name', 'project', 'region'],
  project: 'provider',
  defaults: { attempt_deadline: '180s', time_zone: 'Etc/UTC' },
  suppress: {
    attempt_deadline: (prior, wanted) => isZero(prior) && wanted === '180s',
    // LastSlashDiffSuppress: the API adds a slash after a bare host
    'http_target.uri': (prior, wanted) => String(prior).replace(/\/$/, '') === String(wanted).replace(/\/$/, ''),
  },
};

export const cloudSchedulerJob: Behaviour = {
  type,
  source: 'google/services/cloudscheduler/resource_cloud_scheduler_job.go',
  plan,
  check: { exactlyOneOf: [['pubsub_target', 'http_target', 'app_engine_http_target']] },
  operations: storedObject(type, plan, {
    id: 'projects/{project}/locations/{region}/jobs/{name}',
    noun: 'Job',
    // cloud.google.com/scheduler/docs/reference/rest/v1/projects.locations.jobs
    defaults: {
      attempt_deadline: '180s',
      region: (_, call) => call.provider.region ?? 'us-central1',
      // Returned, but optional and not computed. A configuration without it always shows a diff.
      'http_target.http_method': 'POST',
      [`${RETRY}.max_backoff_duration`]: '3600s',
      [`${RETRY}.max_doublings`]: 5,
      [`${RETRY}.max_retry_duration`]: '0s',
      [`${RETRY}.min_backoff_duration`]: '5s',
    },
    computed: ({ paused }) => ({ state: paused ? 'PAUSED' : 'ENABLED' }),
  }),
};
