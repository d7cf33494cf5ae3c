import type { Call } from '../../behaviour';
import { hash } from '../../cloud';
import { TIME, uuid } from '../../computed';
import { isZero, type ObjectValue, objectsIn } from '../../protocol/values';
import { valuesAt } from '../../stored';
import { secretRefusal } from '../secret-access';
import { serviceId } from './service';

export function cloudRunComputed(service: ObjectValue, call: Call, creation: number): ObjectValue {
  const id = serviceId(service);
  const generation = String(Number(service.generation ?? 0) + 1);
  const failure = cloudRunFailure(service, call);
  const { host, hashed } = hosts(service, call);
  const ready = { type: 'Ready', state: failure ? 'CONDITION_FAILED' : 'CONDITION_SUCCEEDED', message: failure ?? '' };
  return {
    uid: uuid(id, creation),
    // If the default URL is disabled, the API returns none (Cloud Run, "Default URL").
    ...(service.default_uri_disabled
      ? { uri: '', urls: [] }
      : { uri: `https://${hashed}`, urls: [`https://${host}`, `https://${hashed}`] }),
    generation,
    observed_generation: generation,
    latest_ready_revision: failure ? (service.latest_ready_revision ?? '') : service.latest_created_revision,
    terminal_condition: [{ ...ready, last_transition_time: TIME }],
    conditions: ['RoutesReady', 'ConfigurationsReady'].map((type) => ({ ...ready, type, last_transition_time: TIME })),
    traffic_statuses: trafficStatuses(service, hashed),
    etag: `"${hash(id, creation, generation).slice(0, 20)}"`,
    creator: 'terraform@example.com',
    last_modifier: 'terraform@example.com',
    reconciling: false,
  };
}

/** The URL with the project's number, and the older URL with a hash (cloud.google.com/run/docs/triggering/https-request). */
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

/**
 * The service is created, but no instance starts if it cannot read its secrets
 * (cloud.google.com/run/docs/configuring/services/secrets).
 */
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
