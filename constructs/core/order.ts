import { isToken } from './literal';

/** Entries of a map, sorted by the code points of their keys, so that the order in a file never changes the output. */
export function sortedEntries<T>(map: Readonly<Record<string, T>> | undefined): [string, T][] {
  return Object.entries(map ?? {}).sort(([a], [b]) => byCodePoint(a, b));
}

/** The distinct strings, sorted by code points, which do not depend on the machine's locale. Tokens are last, in their given order. */
export function sortedSet(texts: Iterable<string>): string[] {
  const distinct = [...new Set(texts)];
  // The text of a token contains a number that depends on the tokens made before it.
  return [...distinct.filter((text) => !isToken(text)).sort(byCodePoint), ...distinct.filter(isToken)];
}

/** Compares strings by code points, which do not depend on the machine's locale. */
export function byCodePoint(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The list, or undefined if it is empty: both mean the same to Terraform, and the output is shorter. */
export function nonEmpty<T>(list: T[]): T[] | undefined {
  return list.length > 0 ? list : undefined;
}
