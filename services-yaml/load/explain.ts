import type { Severity } from '../../constructs/core/finding';
import { nearest } from '../../constructs/core/nearest';
import type { JsonSchema } from '../schema/json-schema';
import { allowsNull, alternatives, valueSchema } from '../schema/schema';
import type { Path } from './path';
import { unknownKeyMessage } from './unknown-key';
import { type Shown, wrongType } from './wrong-value';

/** A value or key that does not fit the schema. */
export interface Fault {
  readonly path: Path;
  /** The position to report: the value at `path`, the key at `path`, or the unknown key at the end of `path`. */
  readonly at: 'value' | 'key' | 'unknown key';
  readonly message: string;
  /** Default: error. */
  readonly severity?: Severity;
  /** The required key that is missing in the map at `path`. */
  readonly missing?: string;
  /** Only for an unknown key: the known keys that the author may have meant. */
  readonly meant?: readonly string[];
}

/**
 * The reasons why `value` does not fit `schema`, in words for the author of the file. If the schema has alternatives, only the
 * alternative that the author meant is judged. ajv would list the errors of all alternatives.
 */
export function explain(schema: JsonSchema, value: unknown, path: Path, shown: Shown): Fault[] {
  // A value that the YAML reader refused is undefined here, and reported already.
  if (value === undefined || (value === null && allowsNull(schema))) return [];
  const choices = alternatives(schema);
  const [only, ...others] = choices;
  if (only === undefined || others.length > 0) return explainChoice(choices, value, path, shown);
  return explainOnly(only, value, path, shown);
}

/** Like `explain`, for a schema without alternatives. */
function explainOnly(schema: JsonSchema, value: unknown, path: Path, shown: Shown): Fault[] {
  const message = wrongType([schema], value, path, shown);
  if (message !== undefined) return [{ path, at: 'value', message }];
  if (Array.isArray(value)) {
    const { items } = schema;
    return items ? value.flatMap((item, index) => explain(items, item, [...path, index], shown)) : [];
  }
  return isMap(value) ? explainMap(schema, value, path, shown) : [];
}

function explainMap(schema: JsonSchema, map: Record<string, unknown>, path: Path, shown: Shown): Fault[] {
  const known = Object.keys(schema.properties ?? {});
  const faults = Object.entries(map).flatMap(([key, value]) => {
    const inner = valueSchema(schema, key);
    if (inner) return explain(inner, value, [...path, key], shown);
    return [unknownKey(key, map, known, path)];
  });
  const isMisspelt = (required: string) =>
    Object.keys(map).some((key) => !valueSchema(schema, key) && nearest(key, known) === required);
  const missing = (schema.required ?? []).filter((key) => !Object.hasOwn(map, key) && !isMisspelt(key));
  return [
    ...missing.map((key) => ({ path, at: 'key' as const, missing: key, message: missingMessage(key) })),
    ...faults,
  ];
}

/** The reasons why `value` fits none of the alternatives. The type and the keys of the value decide which alternative was meant. */
function explainChoice(choices: readonly JsonSchema[], value: unknown, path: Path, shown: Shown): Fault[] {
  const message = wrongType(choices, value, path, shown);
  if (message !== undefined) return [{ path, at: 'value', message }];
  if (!isMap(value)) return Array.isArray(value) ? explainOnly(listOf(choices), value, path, shown) : [];
  const maps = choices.filter(({ type }) => type === 'object');
  const [only, ...others] = maps;
  return only && others.length === 0 ? explainOnly(only, value, path, shown) : explainKinds(maps, value, path, shown);
}

/** A map with several kinds. A kind's required key decides the kind; without such a key it is the kind that requires none. */
function explainKinds(kinds: readonly JsonSchema[], map: Record<string, unknown>, path: Path, shown: Shown): Fault[] {
  const keyOf = (kind: JsonSchema) => (kind.required ?? [])[0] as string;
  const given = kinds.filter((kind) => Object.hasOwn(map, keyOf(kind)));
  const [meant = kinds.find((kind) => keyOf(kind) === undefined), second] = given;
  if (meant && second === undefined) return explainOnly(meant, map, path, shown);
  if (meant && second) {
    const message = `${given.map(keyOf).join(' and ')} exclude each other: write one of them`;
    return [{ path, at: 'key', message }];
  }
  const keys = kinds.map(keyOf);
  const known = [...new Set(kinds.flatMap(({ properties }) => Object.keys(properties ?? {})))];
  const unknown = Object.keys(map).filter((key) => !known.includes(key));
  const faults = unknown.map((key) => unknownKey(key, map, known, path));
  const misspelt = unknown.some((key) => keys.includes(nearest(key, known) ?? ''));
  if (misspelt) return faults;
  return [...faults, { path, at: 'key', message: `write exactly one of the keys ${keys.join(', ')}` }];
}

function missingMessage(key: string): string {
  const form = key === 'environments' ? ': write environments: {prod: {project: …, region: …}}' : '';
  return `the key '${key}' is missing${form}`;
}

function listOf(choices: readonly JsonSchema[]): JsonSchema {
  return choices.find(({ type }) => type === 'array') as JsonSchema;
}

function unknownKey(key: string, map: Record<string, unknown>, known: readonly string[], path: Path): Fault {
  const message = unknownKeyMessage(key, map[key], known);
  const advice = message.replace(/^(?:unknown key )?'[^']*'/, '');
  const words = new Set(advice.match(/\w+/g));
  const named = known.filter((each) => words.has(each));
  // No key to suggest: any key that the map does not have may have been meant.
  const meant = named.length > 0 ? named : known.filter((each) => !Object.hasOwn(map, each));
  return { path: [...path, key], at: 'unknown key', message, meant };
}

export function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
