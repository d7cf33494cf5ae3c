import { idFrom } from '../../identity';
import { isZero, type ObjectValue, objectsIn } from '../../protocol/values';
import { valuesAt } from '../../stored';

export const SERVICE_ID = 'projects/{project}/locations/{location}/services/{name}';

/** The id under which the service's revisions, its policy and the service itself are known. */
export function serviceId(service: ObjectValue): string {
  return idFrom(SERVICE_ID, service);
}

/** One container needs no `ports` to be the one that takes the requests. */
export function ingressContainers(service: ObjectValue): ObjectValue[] {
  const containers = objectsIn(valuesAt(service, 'template.containers'));
  return containers.length === 1 ? containers : containers.filter((container) => !isZero(container.ports));
}
