import { KNOWN_AFTER_APPLY, type Reference, SENSITIVE, Unknown, type Value, type Values } from './value';

/** The references in the configuration of a resource, by path. */
export interface Origin {
  /** The references of the expression at a path of argument names and positions; undefined if there is none. */
  references(path: readonly (string | number)[]): readonly Reference[] | undefined;
}

/** For values without a configuration: those of a state. */
export const NO_ORIGIN: Origin = { references: () => undefined };

/** The marks that Terraform writes for values: the same structure, with `true` for a marked value. */
interface Marks {
  readonly unknown?: unknown;
  readonly sensitive?: unknown;
}

/**
 * The values of a resource. Values that are unknown, sensitive, or those of environment variables (of a function too) are
 * replaced: Terraform marks a variable only if its expression is sensitive. Code that uses the result never sees a secret.
 */
export function redact(value: unknown, marks: Marks, origin: Origin): Value {
  return redactAt(value, marks, origin, []);
}

/** Where a value is in its resource. There is one list for a resource: a step is added before a value is read, and taken off after it. */
type Path = (string | number)[];

function redactAt(value: unknown, marks: Marks, origin: Origin, path: Path): Value {
  if (marks.unknown === true) return unknownAt(KNOWN_AFTER_APPLY, origin, path);
  if (marks.sensitive === true) return value === null ? null : unknownAt(SENSITIVE, origin, path);
  if (Array.isArray(value) || Array.isArray(marks.unknown)) return redactList(value, marks, origin, path);
  if (isObject(value) || isObject(marks.unknown)) return redactObject(value, marks, origin, path);
  return value as Value;
}

/** Most lists and maps of a resource are empty: they share these objects to save memory. */
const NO_ELEMENTS: readonly Value[] = Object.freeze([]);
const NO_MEMBERS: Values = Object.freeze({});

function redactList(value: unknown, marks: Marks, origin: Origin, path: Path): Value {
  const elements = Array.isArray(value) ? value : [];
  const unknown: unknown[] = Array.isArray(marks.unknown) ? marks.unknown : [];
  const length = Math.max(elements.length, unknown.length);
  if (length === 0) return NO_ELEMENTS;
  return Array.from({ length }, (_, i) => {
    const below = { unknown: unknown[i], sensitive: child(marks.sensitive, i) };
    return redactBelow(i, elements[i], below, origin, path);
  });
}

function redactObject(value: unknown, marks: Marks, origin: Origin, path: Path): Value {
  const members = isObject(value) ? value : {};
  const unknown = isObject(marks.unknown) ? marks.unknown : {};
  const names = Object.keys(members);
  if (names.length === 0 && Object.keys(unknown).length === 0) return NO_MEMBERS;
  const result: Record<string, Value> = {};
  const isVariable = path.at(-2) === 'env';
  const areVariables = String(path.at(-1)).endsWith('environment_variables');
  for (const name of names) {
    const isSecret = areVariables || (isVariable && name === 'value');
    const below = { unknown: unknown[name], sensitive: isSecret || child(marks.sensitive, name) };
    result[name] = redactBelow(name, members[name], below, origin, path);
  }
  for (const name of Object.keys(unknown)) {
    if (name in members) continue;
    result[name] = redactBelow(name, undefined, { unknown: unknown[name] }, origin, path);
  }
  return result;
}

function redactBelow(step: string | number, value: unknown, marks: Marks, origin: Origin, path: Path): Value {
  path.push(step);
  const redacted = redactAt(value, marks, origin, path);
  path.pop();
  return redacted;
}

function unknownAt(shown: typeof SENSITIVE | typeof KNOWN_AFTER_APPLY, origin: Origin, path: Path) {
  const references = origin.references(path);
  return new Unknown(shown, references, references !== undefined || shown === SENSITIVE);
}

function child(marks: unknown, key: string | number): unknown {
  return typeof marks === 'object' && marks !== null ? (marks as Record<string | number, unknown>)[key] : undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
