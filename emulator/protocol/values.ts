import { Decoder, Encoder, ExtensionCodec } from '@msgpack/msgpack';
import type { DynamicValue } from './messages';

/** A value that Terraform does not know yet. There is only one instance, so `===` works. */
class Unknown {
  readonly known = false;
}
export const UNKNOWN = new Unknown();

export type Value = null | undefined | string | number | boolean | Unknown | Value[] | ObjectValue;
export type ObjectValue = { [name: string]: Value };

/** Terraform's extensions of MessagePack: 0 is an unknown value, 12 is an unknown value with some known properties. */
const codec = new ExtensionCodec();
codec.register({
  type: 0,
  encode: (value) => (value instanceof Unknown ? new Uint8Array([0]) : null),
  decode: () => UNKNOWN,
});
codec.register({ type: 12, encode: () => null, decode: () => UNKNOWN });

/** One of each for all values: they keep their buffers. */
const encoder = new Encoder({ extensionCodec: codec });
const decoder = new Decoder({ extensionCodec: codec });

export function readValue(value: DynamicValue | null | undefined): Value {
  if (value?.msgpack && value.msgpack.length > 0) return decoder.decode(value.msgpack) as Value;
  if (value?.json && value.json.length > 0) return JSON.parse(Buffer.from(value.json).toString('utf8'));
  return null;
}

export function readObject(value: DynamicValue | null | undefined): ObjectValue | null {
  const read = readValue(value);
  return isObject(read) ? read : null;
}

export function writeValue(value: Value): DynamicValue {
  return { msgpack: encoder.encode(value) };
}

export function isObject(value: Value): value is ObjectValue {
  return typeof value === 'object' && value !== null && value !== UNKNOWN && !Array.isArray(value);
}

export function objectsIn(value: Value): ObjectValue[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

/**
 * Null, false, 0, "" and empty collections. The legacy SDK of the real provider does not distinguish them, and the API does not send
 * them.
 */
export function isZero(value: Value): boolean {
  if (value === null || value === undefined || value === false || value === 0 || value === '') return true;
  if (Array.isArray(value)) return value.length === 0;
  return isObject(value) && Object.keys(value).length === 0;
}

export function hasUnknown(value: Value): boolean {
  if (value === UNKNOWN) return true;
  if (Array.isArray(value)) return value.some(hasUnknown);
  return isObject(value) && Object.values(value).some(hasUnknown);
}

/** Equality of the legacy SDK: all zero values are equal. */
export function sameValue(a: Value, b: Value): boolean {
  if (a === b) return true;
  if (isZero(a) || isZero(b)) return isZero(a) && isZero(b);
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item, i) => sameValue(item, b[i]));
  if (!isObject(a) || !isObject(b)) return false;
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...names].every((name) => sameValue(a[name], b[name]));
}

/** JSON with sorted keys: equal values give equal text. */
export function canonicalJson(value: unknown, indent?: number): string {
  return JSON.stringify(value, (_, part) => (isPlainObject(part) ? sortedKeys(part) : part), indent);
}

function isPlainObject(value: unknown): value is { [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function sortedKeys(value: { [key: string]: unknown }): { [key: string]: unknown } {
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}
