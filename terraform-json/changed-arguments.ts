import type { Origin } from './redaction';
import { isNotSet } from './value';

/** The two sides of a change in the plan's JSON. */
interface Sides {
  readonly before?: unknown;
  readonly after?: unknown;
  readonly after_unknown?: unknown;
}

/**
 * Names of the arguments that differ, such as `template.containers.image`, each once. It compares the raw values, so
 * that a changed secret counts, but returns only names. Values that the provider computes and nobody wrote do not count.
 */
export function changedArguments(sides: Sides, origin: Origin): readonly string[] {
  if (!isObject(sides.before) || !isObject(sides.after)) return [];
  const names = new Set<string>();
  compare(sides.before, sides.after, sides.after_unknown, [], { origin, names });
  return [...names].sort();
}

type Path = readonly (string | number)[];

function compare(
  before: unknown,
  after: unknown,
  unknown: unknown,
  path: Path,
  to: { origin: Origin; names: Set<string> },
) {
  if (unknown === true) {
    if (to.origin.references(path) !== undefined) to.names.add(argumentName(path));
    return;
  }
  const keys = commonKeys(before, after, unknown);
  if (keys === undefined) {
    if (!isSame(before, after)) to.names.add(argumentName(path));
    return;
  }
  for (const key of keys) compare(member(before, key), member(after, key), member(unknown, key), [...path, key], to);
}

/** Whether two values mean the same: both are not set, or they differ only in members that are not set, or in spelling. */
function isSame(before: unknown, after: unknown): boolean {
  if (isNotSet(before) && isNotSet(after)) return true;
  if (typeof before === 'string' && typeof after === 'string') {
    return before === after || isLonger(before, after) || isLonger(after, before);
  }
  return JSON.stringify(before, withoutUnset) === JSON.stringify(after, withoutUnset);
}

/** Whether a string is a self link or an id that ends with the other: the API answers with the longer form. */
function isLonger(link: string, end: string): boolean {
  return /^(https:\/\/www\.googleapis\.com\/|projects\/)/.test(link) && end !== '' && link.endsWith(`/${end}`);
}

function withoutUnset(_: string, value: unknown): unknown {
  if (Array.isArray(value) || !isObject(value)) return value;
  const set = Object.entries(value).filter(([, member]) => !isNotSet(member));
  return Object.fromEntries(set.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The members to compare one by one; undefined if the values are compared as a whole. */
function commonKeys(before: unknown, after: unknown, unknown: unknown): readonly (string | number)[] | undefined {
  if (isObject(before) && isObject(after)) {
    return [
      ...new Set([...Object.keys(before), ...Object.keys(after), ...Object.keys(isObject(unknown) ? unknown : {})]),
    ];
  }
  if (Array.isArray(before) && Array.isArray(after) && before.length === after.length && before.every(isObject)) {
    return before.map((_, i) => i);
  }
  return undefined;
}

function member(value: unknown, key: string | number): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string | number, unknown>)[key] : undefined;
}

function argumentName(path: Path): string {
  return path.filter((step) => typeof step === 'string').join('.');
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
