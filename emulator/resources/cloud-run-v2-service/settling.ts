import type { Call } from '../../behaviour';
import { isZero, type ObjectValue, objectsIn, type Value } from '../../protocol/values';
import { valuesAt } from '../../stored';
import { settleRevision } from './revisions';
import { ingressContainers } from './service';

/** How the API changes a service that it receives: cloud.google.com/run/docs/reference/rest/v2/projects.locations.services */
export function settleService(service: ObjectValue, was: ObjectValue | undefined, call: Call): void {
  for (const template of objectsIn(service.template)) {
    settleTemplate(template);
    if (isZero(template.service_account)) template.service_account = defaultAccount(service, call);
  }
  settleContainers(service);
  completeNetworks(service);
  // The API sorts audiences.
  if (Array.isArray(service.custom_audiences)) service.custom_audiences = [...service.custom_audiences].sort();
  // The API returns BETA: a configuration with ALPHA always shows a diff.
  if (service.launch_stage === 'ALPHA') service.launch_stage = 'BETA';
  settleRevision(service, was);
}

function defaultAccount(service: ObjectValue, call: Call): string {
  return `${call.cloud.projectNumber(String(service.project))}-compute@developer.gserviceaccount.com`;
}

function settleTemplate(template: ObjectValue): void {
  const [container] = objectsIn(template.containers);
  const [resources] = objectsIn(container?.resources);
  const cpu = cpuOf(resources);
  // Below one CPU the default concurrency is 1 (cloud.google.com/run/docs/about-concurrency).
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

/** A probe without a kind gets a TCP probe. The configuration does not have it, so it always shows a diff. */
function settleProbe(probe: ObjectValue, port: Value): void {
  if (PROBE_KINDS.every((kind) => objectsIn(probe[kind]).length === 0)) probe.tcp_socket = [{ port }];
  for (const kind of PROBE_KINDS) {
    for (const action of objectsIn(probe[kind])) if (isZero(action.port)) action.port = port;
  }
}

/** The API returns full names: a short name in the configuration always shows a diff. */
function completeNetworks(service: ObjectValue): void {
  const { project, location } = service;
  for (const access of objectsIn(valuesAt(service, 'template.vpc_access'))) {
    complete(access, 'connector', `projects/${project}/locations/${location}/connectors`);
    for (const network of objectsIn(access.network_interfaces)) {
      complete(network, 'network', `projects/${project}/global/networks`);
      complete(network, 'subnetwork', `projects/${project}/regions/${location}/subnetworks`);
      // Without a subnetwork, the API uses the subnetwork with the network's name.
      if (isZero(network.subnetwork) && network.network) network.subnetwork = String(network.network).split('/').at(-1);
    }
  }
}

function complete(block: ObjectValue, argument: string, collection: string): void {
  const name = block[argument];
  if (typeof name === 'string' && name !== '' && !name.includes('/')) block[argument] = `${collection}/${name}`;
}
