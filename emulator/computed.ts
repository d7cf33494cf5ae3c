import { digits, hash } from './cloud';
import { zeroOf } from './empties';
import { isZero, type ObjectValue, objectsIn, type Value } from './protocol/values';
import type { Block } from './schema';

/** There is no clock: all objects have the same time of creation. */
export const TIME = '2025-01-01T00:00:00.000000Z';

/** Computed values with the same name in all Google APIs. Other computed values are empty. */
const BY_NAME: { readonly [name: string]: (id: string, creation: number) => Value } = {
  self_link: (id) => `https://www.googleapis.com/compute/v1/${id}`,
  creation_timestamp: () => TIME,
  create_time: () => TIME,
  update_time: () => TIME,
  uid: (id, creation) => uuid(id, creation),
  fingerprint: (id, creation) => hash('fingerprint', id, creation).slice(0, 12),
  etag: (id, creation) => hash('etag', id, creation).slice(0, 16),
  generated_id: (id, creation) => Number(digits(15, 'generated', id, creation)),
};

/** Gives each computed argument without a value one that depends only on the resource itself. */
export function fillComputed(block: Block, object: ObjectValue, id: string, creation: number): void {
  for (const [name, attribute] of Object.entries(block.attributes)) {
    if (!attribute.computed || attribute.optional || !isZero(object[name])) continue;
    object[name] = BY_NAME[name]?.(id, creation) ?? zeroOf(attribute.type);
  }
  for (const [name, nested] of Object.entries(block.blocks)) {
    for (const inner of objectsIn(object[name])) fillComputed(nested.block, inner, id, creation);
  }
}

export function uuid(...identity: (string | number)[]): string {
  return hash('uid', ...identity)
    .slice(0, 32)
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
