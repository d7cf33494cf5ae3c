import { readBack } from './empties';
import { inside } from './planning';
import { isObject, type ObjectValue, objectsIn, UNKNOWN } from './protocol/values';
import type { Block } from './schema';

/** The state from the API's answer. Arguments that are not sent to the API keep their old values. */
export function stateFrom(
  block: Block,
  object: ObjectValue,
  before: ObjectValue | undefined,
  stateOnly: readonly string[] = [],
  path = '',
): ObjectValue {
  const state: ObjectValue = {};
  for (const name in block.attributes) {
    const type = block.attributes[name]?.type ?? 'string';
    const virtual = stateOnly.includes(inside(path, name));
    state[name] = virtual ? (before?.[name] ?? null) : readBack(type, object[name]);
  }
  for (const name in block.blocks) {
    const nested = block.blocks[name];
    if (nested === undefined) continue;
    if (nested.nesting === 'single') {
      state[name] = before?.[name] ?? null;
      continue;
    }
    const old = objectsIn(before?.[name]);
    state[name] = objectsIn(object[name]).map((item, at) =>
      stateFrom(nested.block, item, old[at], stateOnly, inside(path, name)),
    );
  }
  return state;
}

/** A planned object as the provider sends it: without unknown and null values. */
export function withoutUnknowns(value: ObjectValue): ObjectValue {
  const known: ObjectValue = {};
  for (const [name, part] of Object.entries(value)) {
    if (part === UNKNOWN || part === null || part === undefined) continue;
    known[name] = Array.isArray(part)
      ? part.filter((item) => item !== UNKNOWN).map((item) => (isObject(item) ? withoutUnknowns(item) : item))
      : isObject(part)
        ? withoutUnknowns(part)
        : part;
  }
  return known;
}
