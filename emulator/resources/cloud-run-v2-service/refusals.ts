import type { Call } from '../../behaviour';
import { apiError, Refusal } from '../../errors';
import { idFrom } from '../../identity';
import { isZero, type ObjectValue, objectsIn } from '../../protocol/values';
import { valuesAt } from '../../stored';
import { ingressContainers } from './service';

/** cloud.google.com/run/docs/container-contract: Cloud Run sets these variables. */
const RESERVED_ENV = ['PORT', 'K_SERVICE', 'K_REVISION', 'K_CONFIGURATION'];

const RESERVED_LABELS = [
  'run.googleapis.com',
  'cloud.googleapis.com',
  'serving.knative.dev',
  'autoscaling.knative.dev',
];

const VOLUME_KINDS = ['cloud_sql_instance', 'empty_dir', 'gcs', 'nfs', 'secret'];

type Rule = (service: ObjectValue, was: ObjectValue | undefined, call: Call) => string | undefined;

const RULES: readonly Rule[] = [
  ({ name }) =>
    /^[a-z]([-a-z0-9]*[a-z0-9])?$/.test(String(name)) && String(name).length <= 49
      ? undefined
      : `Violation in CreateServiceRequest.service_id: only lowercase, digits, and hyphens; must begin with letter, and cannot end with hyphen; must be less than 50 characters`,
  (service) => {
    const containers = valuesAt(service, 'template.containers').length;
    return containers > 1 && ingressContainers(service).length !== 1
      ? 'template.containers: Revision template should contain exactly one container with an exposed port.'
      : undefined;
  },
  (service) => {
    const [ingress] = ingressContainers(service);
    const reserved = objectsIn(ingress?.env)
      .map(({ name }) => String(name))
      .filter((name) => RESERVED_ENV.includes(name));
    return reserved.length === 0
      ? undefined
      : `template.containers[0].env: The following reserved env names were provided: ${reserved.sort().join(', ')}. These values are automatically set by the system.`;
  },
  (service) =>
    objectsIn(valuesAt(service, 'template.containers.env')).some(
      (env) => !isZero(env.value) && !isZero(env.value_source),
    )
      ? 'template.containers[0].env: only one of value and value_source can be set'
      : undefined,
  (service) => {
    const volume = objectsIn(valuesAt(service, 'template.volumes')).find((each) => kindsOf(each).length !== 1);
    return volume && `template.volumes: volume '${volume.name}' must have exactly one source`;
  },
  (service) =>
    objectsIn(valuesAt(service, 'template.vpc_access')).some(
      (access) => access.connector && !isZero(access.network_interfaces),
    )
      ? 'template.vpc_access: connector and network_interfaces are mutually exclusive'
      : undefined,
  (service) => {
    const keys = [service.effective_labels, service.effective_annotations].flatMap((map) => Object.keys(map ?? {}));
    const reserved = keys.find((key) => RESERVED_LABELS.some((prefix) => key.startsWith(`${prefix}/`)));
    return reserved && `Violation in service: system label or annotation '${reserved}' is not allowed`;
  },
  (service, _, call) => {
    const allowed = call.cloud.organizationPolicies(String(service.project)).allowedIngress;
    const ingress = String(service.ingress ?? 'INGRESS_TRAFFIC_ALL');
    return allowed === undefined || allowed.includes(ingress)
      ? undefined
      : `Constraint constraints/run.allowedIngress violated for projects/${service.project} attempting to use ingress '${ingress}'`;
  },
];

export function refuseService(service: ObjectValue, was: ObjectValue | undefined, call: Call): void {
  for (const rule of RULES) {
    const complaint = rule(service, was, call);
    if (complaint !== undefined) throw new Refusal(apiError(400, complaint));
  }
  const id = idFrom('locations/{location}/namespaces/{project}/services/{name}', service);
  if (was === undefined && call.cloud.find('google_cloud_run_service', id)) {
    throw new Refusal(apiError(409, `Resource '${service.name}' already exists`, 'alreadyExists'));
  }
}

function kindsOf(volume: ObjectValue): string[] {
  return VOLUME_KINDS.filter((kind) => Array.isArray(volume[kind]) && volume[kind].length > 0);
}
