import { hash } from '../../cloud';
import { apiError, Refusal } from '../../errors';
import { canonicalJson, type ObjectValue, objectsIn, sameValue } from '../../protocol/values';
import { serviceId } from './service';

/** A changed template makes a new revision. `revisions` stores the template of each revision by name. */
export function settleRevision(service: ObjectValue, was: ObjectValue | undefined): void {
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
