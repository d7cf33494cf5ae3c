import { idFrom } from '../../identity';
import { isZero, type ObjectValue, objectsIn } from '../../protocol/values';
import { valuesAt } from '../../stored';

export const SERVICE_ID = 'projects/{project}/locations/{location}/services/{name}';

/** The id of the service, also the key of its revisions and of its policy. */
export function serviceId(service: ObjectValue): string {
  return idFrom(SERVICE_ID, service);
}

/** A single container receives the requests, even without `ports`. */
export function ingressContainers(service: ObjectValue): ObjectValue[] {
  const containers = objectsIn(valuesAt(service, 'template.containers'));
  return containers.length === 1 ? containers : containers.filter((container) => !isZero(container.ports));
}
