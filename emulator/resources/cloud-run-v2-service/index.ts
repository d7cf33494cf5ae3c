import type { Behaviour, PlanRules } from '../../behaviour';
import { Refusal } from '../../errors';
import { idFrom } from '../../identity';
import type { ObjectValue } from '../../protocol/values';
import { storedObject } from '../../stored';
import { matching, oneOf } from '../../validation';
import { cloudRunComputed, cloudRunFailure } from './computed';
import { refuseService } from './refusals';
import { SERVICE_ID } from './service';
import { settleService } from './settling';

const type = 'google_cloud_run_v2_service';

const PROBE_DEFAULTS = {
  failure_threshold: 3,
  initial_delay_seconds: 0,
  period_seconds: 10,
  timeout_seconds: 1,
  'http_get.path': '/',
  'http_get.http_headers.value': '',
};

const plan: PlanRules = {
  forceNew: ['location', 'name', 'project'],
  project: 'provider',
  labels: 'top',
  keptBlocks: [
    'template.scaling',
    'template.containers.ports',
    'template.containers.resources',
    'template.containers.startup_probe',
    'traffic',
  ],
  defaults: {
    deletion_protection: true,
    'template.containers.env.value': '',
    'template.volumes.empty_dir.medium': 'MEMORY',
    ...under('template.containers.liveness_probe', PROBE_DEFAULTS),
    ...under('template.containers.startup_probe', PROBE_DEFAULTS),
  },
};

function under<T>(path: string, values: { [name: string]: T }): { [path: string]: T } {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [`${path}.${name}`, value]));
}

export const cloudRunV2Service: Behaviour = {
  type,
  source: 'google/services/cloudrunv2/resource_cloud_run_v2_service.go',
  plan,
  check: {
    values: {
      ingress: oneOf('INGRESS_TRAFFIC_ALL', 'INGRESS_TRAFFIC_INTERNAL_ONLY', 'INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER'),
      launch_stage: oneOf('UNIMPLEMENTED', 'PRELAUNCH', 'EARLY_ACCESS', 'ALPHA', 'BETA', 'GA', 'DEPRECATED'),
      'scaling.scaling_mode': oneOf('AUTOMATIC', 'MANUAL'),
      'template.execution_environment': oneOf('EXECUTION_ENVIRONMENT_GEN1', 'EXECUTION_ENVIRONMENT_GEN2'),
      'template.timeout': matching(/^[0-9]+(?:\.[0-9]{1,9})?s$/),
      'template.volumes.empty_dir.medium': oneOf('MEMORY', 'DISK'),
      'template.vpc_access.egress': oneOf('ALL_TRAFFIC', 'PRIVATE_RANGES_ONLY'),
      'traffic.type': oneOf('TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST', 'TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION'),
    },
  },
  operations: storedObject(type, plan, {
    id: SERVICE_ID,
    noun: 'Service',
    // An import sets the default. If the configuration has `false`, the next plan is a real update.
    stateOnly: { deletion_protection: true, tags: null },
    // The values that the API returns if the configuration leaves them out (cloud.google.com/run/docs/reference/rest/v2).
    defaults: {
      ingress: 'INGRESS_TRAFFIC_ALL',
      launch_stage: 'GA',
      // Returned for every service, but optional and not computed. A configuration without it always shows a diff.
      scaling: [{ manual_instance_count: 0, min_instance_count: 0, scaling_mode: '' }],
      traffic: [{ type: 'TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST', percent: 100, revision: '', tag: '' }],
      'scaling.max_instance_count': 100,
      'template.timeout': '300s',
      'template.scaling': [{ min_instance_count: 0, max_instance_count: 0 }],
      'template.scaling.max_instance_count': 100,
      'template.vpc_access.egress': 'PRIVATE_RANGES_ONLY',
      // Without `resources`, CPU is throttled. With `resources` but without `cpu_idle`, CPU is always allocated.
      'template.containers.resources': [{ cpu_idle: true, startup_cpu_boost: false, limits: {} }],
      // The default version of a secret in the environment.
      'template.containers.env.value_source.secret_key_ref.version': 'latest',
    },
    refuse: refuseService,
    settle: settleService,
    computed: cloudRunComputed,
    failure: cloudRunFailure,
    refuseDelete: (state) => {
      if (!state.deletion_protection) return;
      throw new Refusal(
        'cannot destroy service without setting deletion_protection=false and running `terraform apply`',
      );
    },
    policies: (id, object) => [id, iapPolicyOf(object)],
  }),
};

/** The IAP policy is stored beside the service and is deleted with it. */
function iapPolicyOf(service: ObjectValue): string {
  return idFrom('projects/{project}/iap_web/cloud_run-{location}/services/{name}', service);
}
