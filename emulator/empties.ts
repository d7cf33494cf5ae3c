import { hasUnknown, isObject, isZero, type ObjectValue, objectsIn, UNKNOWN, type Value } from './protocol/values';
import type { Block, Type } from './schema';

/**
 * How the legacy SDK of the real provider treats empty values. If the API's answer leaves a value out, the state gets the zero value of
 * its type. The SDK keeps null and an empty collection apart only if that changes nothing (`normalizeNullValues` of
 * terraform-plugin-sdk, helper/schema/grpc_provider.go).
 */

const ZERO: { readonly [type: string]: Value } = { string: '', number: 0, bool: false };

/** The value that `d.Set(argument, nil)` leaves in the state. */
export function zeroOf(type: Type): Value {
  if (typeof type === 'string') return ZERO[type];
  return type[0] === 'map' ? {} : [];
}

/** The value after it is read back: it contains no null. */
export function readBack(type: Type, value: Value): Value {
  if (isZero(value)) return zeroOf(type);
  if (typeof type === 'string' || type[0] === 'object') return value;
  const [kind, element] = type;
  if (kind === 'map' || typeof element === 'string' || element[0] !== 'object') return value;
  const fields = element[1];
  return objectsIn(value).map((item) =>
    Object.fromEntries(Object.entries(fields).map(([name, inner]) => [name, readBack(inner, item[name])])),
  );
}

/**
 * Compares the empty values that were read with the state or plan before. After an apply, an empty collection stays null if the plan
 * has null, and a set stays as planned. After a read they are as read. So a plan right after an apply shows drift.
 */
export function settleEmpties(block: Block, read: ObjectValue, before: ObjectValue, applied: boolean): ObjectValue {
  const settled: ObjectValue = {};
  for (const name in read) {
    const [value, old] = [read[name], before[name]];
    const nested = block.blocks[name];
    const type = block.attributes[name]?.type;
    if (nested?.nesting === 'list') settled[name] = settleBlocks(nested.block, value, old, applied);
    else if (nested?.nesting === 'set') settled[name] = applied && isKnown(old) ? old : value;
    else if (type !== undefined) settled[name] = settleAttribute(type, value, old, applied);
    else settled[name] = value;
  }
  return settled;
}

function settleBlocks(block: Block, value: Value, old: Value, applied: boolean): Value {
  const [items, before] = [objectsIn(value), objectsIn(old)];
  if (items.length !== before.length) return value;
  return items.map((item, at) => settleEmpties(block, item, before[at] as ObjectValue, applied));
}

function settleAttribute(type: Type, value: Value, old: Value, applied: boolean): Value {
  if (typeof type === 'string' || !applied || old === UNKNOWN) return value;
  if (isZero(value) && isZero(old)) return old ?? null;
  return type[0] === 'set' && isKnown(old) ? old : value;
}

function isKnown(value: Value): boolean {
  return value !== null && value !== undefined && !hasUnknown(value);
}

/** Whether a collection has an unknown element. The SDK then treats the whole collection as unknown. */
export function isUnknownInPart(type: Type, value: Value): boolean {
  return typeof type !== 'string' && !isObject(value) && hasUnknown(value);
}
