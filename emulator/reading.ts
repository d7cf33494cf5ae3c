import { inside } from './planning';
import { isObject, isZero, type ObjectValue, objectsIn, sameValue, UNKNOWN, type Value } from './protocol/values';
import type { Block } from './schema';

/**
 * The state that the API's answer makes. What the API leaves out keeps a zero value of the state before it (the API
 * cannot tell null from zero), and becomes null when the state held something else.
 */
export function stateFrom(
  block: Block,
  object: ObjectValue,
  before: ObjectValue | undefined,
  stateOnly: readonly string[] = [],
  path = '',
): ObjectValue {
  const state: ObjectValue = {};
  for (const name in block.attributes) {
    const virtual = stateOnly.includes(inside(path, name));
    state[name] = virtual ? (before?.[name] ?? null) : reported(object[name], before?.[name]);
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
      stateFrom(
        nested.block,
        item,
        nested.nesting === 'set' ? twin(item, old) : old[at],
        stateOnly,
        inside(path, name),
      ),
    );
  }
  return state;
}

function reported(value: Value, before: Value): Value {
  if (!isZero(value)) return value;
  if (before !== undefined && before !== UNKNOWN && isZero(before)) return before;
  return value ?? null;
}

function twin(item: ObjectValue, old: ObjectValue[]): ObjectValue | undefined {
  return old.find((candidate) => sameValue(candidate, item));
}

/** A planned object as the provider sends it: unknown and null values are left out. */
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
