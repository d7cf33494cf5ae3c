import { REFUSED_ENTRY, refuseReading } from '../../constructs/core/refused-prop';
import type { JsonSchema } from '../schema/json-schema';
import { onlyMap, valueSchema } from '../schema/schema';
import { explain, type Fault, isMap } from './explain';
import type { Path } from './path';

/** A value without the parts that do not fit its schema. */
export interface Repaired {
  readonly value: unknown;
  /** The paths that were removed, or that the author of a removed key may have meant. */
  readonly refused: readonly Path[];
}

/** Each round may leave a fault one level higher. Values are never nested deeper than this. */
const MOST_ROUNDS = 8;

/**
 * Removes what does not fit the schema. A missing required key gets a stand-in, or the map that requires it is removed too. Undefined
 * if nothing is left.
 */
export function repair(
  value: unknown,
  schema: JsonSchema,
  accepts: (value: unknown) => boolean,
  standIns: Readonly<Record<string, unknown>>,
): Repaired | undefined {
  const refused: Path[] = [];
  let rest = value;
  for (let round = 0; round < MOST_ROUNDS && isMap(rest); round++) {
    if (accepts(rest)) return { value: rest, refused };
    for (const fault of explain(schema, rest, [], () => undefined)) {
      refused.push(...placesOf(fault).map(upToList));
      const place = upToList(fault.path);
      if (place.length > 0) rest = without(rest, place);
      else if (fault.missing !== undefined && isMap(rest)) rest = { ...rest, [fault.missing]: standIns[fault.missing] };
    }
  }
  return undefined;
}

/** The paths that may change when the author corrects the fault. */
function placesOf({ path, meant, missing }: Fault): Path[] {
  if (meant) return meant.map((key) => [...path.slice(0, -1), key]);
  return [missing !== undefined && path.length === 0 ? [missing] : path];
}

/** The path of the list around an item. If only the item were removed, the indices of the others would change. */
function upToList(path: Path): Path {
  const index = path.findIndex((segment) => typeof segment === 'number');
  return index < 0 ? path : path.slice(0, index);
}

function without(value: unknown, [key, ...rest]: Path): unknown {
  if (!isMap(value) || key === undefined || !Object.hasOwn(value, key)) return value;
  const { [key]: inner, ...others } = value;
  return rest.length === 0 ? others : { ...value, [key]: without(inner, rest) };
}

/** The value with its refused parts marked, so that a check notices them and does not take them for missing. */
export function marked<T>(value: T, schema: JsonSchema, refused: readonly Path[]): T {
  return refused.reduce<T>((marking, path) => markedAt(marking, schema, path), value);
}

function markedAt<T>(value: T, schema: JsonSchema | undefined, [key, ...rest]: Path): T {
  if (!isMap(value) || key === undefined) return value;
  const map = schema && onlyMap(schema);
  const copy = Object.defineProperties({}, Object.getOwnPropertyDescriptors(value)) as Record<string, unknown>;
  const existing = Object.getOwnPropertyDescriptor(value, key);
  if (rest.length === 0) {
    if (typeof map?.additionalProperties === 'object') copy[key] = REFUSED_ENTRY;
    else refuseReading(copy, String(key));
  } else if (existing && 'value' in existing && existing.value !== REFUSED_ENTRY) {
    copy[key] = markedAt(existing.value, map && valueSchema(map, String(key)), rest);
  }
  return copy as T;
}
