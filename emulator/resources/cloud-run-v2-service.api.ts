import type { Call } from '../behaviour';
import { hash } from '../cloud';
import { TIME, uuid } from '../computed';
import { apiError, Refusal } from '../errors';
import { idFrom } from '../identity';
import { canonicalJson, isZero, type ObjectValue, objectsIn, sameValue, type Value } from '../protocol/values';
import { valuesAt } from '../stored';
import { secretRefusal } from './secret-access';

/** The API's side of a Cloud Run service: cloud.google.com/run/docs/reference/rest/v2/projects.locations.services */

/** cloud.google.com/run/docs/container-contract: the variables Cloud Run sets itself. */
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

/** One container needs no `ports` to be the one that takes the requests. */
function ingressContainers(service: ObjectValue): ObjectValue[] {
  const containers = objectsIn(valuesAt(service, 'template.containers'));
  return containers.length === 1 ? containers : containers.filter((container) => !isZero(container.ports));
}

function kindsOf(volume: ObjectValue): string[] {
  return VOLUME_KINDS.filter((kind) => Array.isArray(volume[kind]) && volume[kind].length > 0);
}

export function settleService(service: ObjectValue, was: ObjectValue | undefined, call: Call): void {
  for (const template of objectsIn(service.template)) {
    settleTemplate(template);
    if (isZero(template.service_account)) template.service_account = defaultAccount(service, call);
  }
  settleContainers(service);
  // The API keeps audiences in an order of its own.
  if (Array.isArray(service.custom_audiences)) service.custom_audiences = [...service.custom_audiences].sort();
  settleRevision(service, was);
}

function defaultAccount(service: ObjectValue, call: Call): string {
  return `${call.cloud.projectNumber(String(service.project))}-compute@developer.gserviceaccount.com`;
}

function settleTemplate(template: ObjectValue): void {
  const [container] = objectsIn(template.containers);
  const [resources] = objectsIn(container?.resources);
  const cpu = cpuOf(resources);
  // Below one CPU a container takes one request at a time (cloud.google.com/run/docs/about-concurrency).
  if (isZero(template.max_instance_request_concurrency)) template.max_instance_request_concurrency = cpu < 1 ? 1 : 80;
}

function cpuOf(resources: ObjectValue | undefined): number {
  const { cpu = '1' } = (resources?.limits ?? {}) as { cpu?: string };
  return cpu.endsWith('m') ? Number.parseInt(cpu, 10) / 1000 : Number.parseFloat(cpu);
}

const DEFAULT_LIMITS = { cpu: '1', memory: '512Mi' };

function settleContainers(service: ObjectValue): void {
  const ingress = ingressContainers(service);
  for (const container of objectsIn(valuesAt(service, 'template.containers'))) {
    for (const resources of objectsIn(container.resources)) {
      resources.limits = { ...DEFAULT_LIMITS, ...(resources.limits as ObjectValue) };
    }
    if (ingress.includes(container)) settleIngressContainer(container);
  }
}

function settleIngressContainer(container: ObjectValue): void {
  if (isZero(container.ports)) container.ports = [{}];
  for (const port of objectsIn(container.ports)) {
    if (isZero(port.name)) port.name = 'http1';
    if (isZero(port.container_port)) port.container_port = 8080;
  }
  const port = objectsIn(container.ports)[0]?.container_port ?? 8080;
  if (isZero(container.startup_probe)) container.startup_probe = [startupProbe(port)];
  for (const probe of [...objectsIn(container.startup_probe), ...objectsIn(container.liveness_probe)])
    settleProbe(probe, port);
}

/** cloud.google.com/run/docs/configuring/healthchecks: the default startup probe. */
function startupProbe(port: Value): ObjectValue {
  return {
    initial_delay_seconds: 0,
    timeout_seconds: 240,
    period_seconds: 240,
    failure_threshold: 1,
    tcp_socket: [{ port }],
  };
}

const PROBE_KINDS = ['http_get', 'grpc', 'tcp_socket'];

/** A probe that says not how to ask is answered with a TCP one, which its configuration then never has. */
function settleProbe(probe: ObjectValue, port: Value): void {
  if (PROBE_KINDS.every((kind) => objectsIn(probe[kind]).length === 0)) probe.tcp_socket = [{ port }];
  for (const kind of PROBE_KINDS) {
    for (const action of objectsIn(probe[kind])) if (isZero(action.port)) action.port = port;
  }
}

/** A template that changed is a new revision; `revisions` keeps every name with the template it stands for. */
function settleRevision(service: ObjectValue, was: ObjectValue | undefined): void {
  const template = objectsIn(service.template)[0] ?? {};
  const revisions = { ...((was?.revisions as { [name: string]: string }) ?? {}) };
  service.revisions = revisions;
  if (was && sameValue(template, objectsIn(was.template)[0] ?? {})) {
    service.latest_created_revision = was.latest_created_revision;
    return;
  }
  const content = hash(canonicalJson(template)).slice(0, 16);
  const name = String(template.revision || automaticRevision(service, Object.keys(revisions).length + 1));
  if (!name.startsWith(`${service.name}-`)) {
    throw new Refusal(
      apiError(400, `template.revision: Revision name '${name}' must be prefixed by the name of the service`),
    );
  }
  if (name in revisions) {
    throw new Refusal(
      apiError(409, `Revision named '${name}' with different configuration already exists.`, 'alreadyExists'),
    );
  }
  revisions[name] = content;
  service.latest_created_revision = `${serviceId(service)}/revisions/${name}`;
}

function automaticRevision(service: ObjectValue, count: number): string {
  const suffix = hash('revision', serviceId(service), count).replace(/[0-9]/g, (digit) =>
    'ghijklmnop'.charAt(Number(digit)),
  );
  return `${service.name}-${String(count).padStart(5, '0')}-${suffix.slice(0, 3)}`;
}

export function cloudRunComputed(service: ObjectValue, call: Call, life: number): ObjectValue {
  const id = serviceId(service);
  const generation = String(Number(service.generation ?? 0) + 1);
  const failure = cloudRunFailure(service, call);
  const { host, hashed } = hosts(service, call);
  const ready = { type: 'Ready', state: failure ? 'CONDITION_FAILED' : 'CONDITION_SUCCEEDED', message: failure ?? '' };
  return {
    uid: uuid(id, life),
    uri: `https://${host}`,
    urls: [`https://${host}`, `https://${hashed}`],
    generation,
    observed_generation: generation,
    latest_ready_revision: failure ? (service.latest_ready_revision ?? '') : service.latest_created_revision,
    terminal_condition: [{ ...ready, last_transition_time: TIME }],
    conditions: ['RoutesReady', 'ConfigurationsReady'].map((type) => ({ ...ready, type, last_transition_time: TIME })),
    traffic_statuses: trafficStatuses(service, host),
    etag: `"${hash(id, life, generation).slice(0, 20)}"`,
    creator: 'terraform@example.com',
    last_modifier: 'terraform@example.com',
    reconciling: false,
  };
}

/** The address with the project's number in it, and the older one with a hash (cloud.google.com/run/docs/triggering/https-request). */
function hosts(service: ObjectValue, call: Call): { host: string; hashed: string } {
  const { name, project, location } = service;
  return {
    host: `${name}-${call.cloud.projectNumber(String(project))}.${location}.run.app`,
    hashed: `${name}-${hash('run', String(project)).slice(0, 10)}-${hash('region', String(location)).slice(0, 2)}.a.run.app`,
  };
}

function trafficStatuses(service: ObjectValue, host: string): ObjectValue[] {
  return objectsIn(service.traffic).map(({ percent, revision, tag, type }) => ({
    percent: percent ?? 0,
    revision: revision ?? '',
    tag: tag ?? '',
    type: type ?? '',
    uri: isZero(tag) ? '' : `https://${tag}---${host}`,
  }));
}

/** The service is taken in, but no instance of it starts without what it reads (cloud.google.com/run/docs/configuring/services/secrets). */
export function cloudRunFailure(service: ObjectValue, call: Call): string | undefined {
  const account = String(valuesAt(service, 'template.service_account')[0] ?? '');
  const inEnvironment = objectsIn(valuesAt(service, 'template.containers.env.value_source.secret_key_ref'));
  const refs = objectsIn(service.template).length === 0 ? [] : secretRefs(service, inEnvironment);
  for (const { secret, version } of refs) {
    const refusal = secretRefusal(
      String(secret),
      String(version ?? 'latest'),
      account,
      String(service.project),
      call.cloud,
    );
    if (refusal !== undefined) return `Error code 9, message: ${refusal}`;
  }
  return undefined;
}

function secretRefs(service: ObjectValue, inEnvironment: ObjectValue[]): ObjectValue[] {
  const mounted = objectsIn(valuesAt(service, 'template.volumes.secret')).map(({ secret, items }) => ({
    secret,
    version: objectsIn(items)[0]?.version,
  }));
  return [...inEnvironment, ...mounted];
}

function serviceId(service: ObjectValue): string {
  return idFrom('projects/{project}/locations/{location}/services/{name}', service);
}
