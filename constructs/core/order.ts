import { isToken } from './literal';

/** Entries of a map in the order of their keys' code points, so that the order in a file never shows in the output. */
export function sortedEntries<T>(map: Readonly<Record<string, T>> | undefined): [string, T][] {
  return Object.entries(map ?? {}).sort(([a], [b]) => byCodePoint(a, b));
}

/** The distinct strings in the order of their code points, the same on every machine whatever its locale; tokens come last, as they stand. */
export function sortedSet(texts: Iterable<string>): string[] {
  const distinct = [...new Set(texts)];
  // The text of a token is a number that changes with what was made before.
  return [...distinct.filter((text) => !isToken(text)).sort(byCodePoint), ...distinct.filter(isToken)];
}

/** Sorts strings the same on every machine, whatever its locale. */
export function byCodePoint(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The list, or nothing where it is empty: Terraform takes both alike, and a reviewer reads less. */
export function nonEmpty<T>(list: T[]): T[] | undefined {
  return list.length > 0 ? list : undefined;
}
