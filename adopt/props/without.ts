import { isDeepStrictEqual } from 'node:util';

/** An object without the keys that have no value or their default value. */
export function without<T extends object>(props: T, defaults: object = {}): T {
  const kept = Object.entries(props).filter(
    ([key, value]) => value !== undefined && !isDeepStrictEqual(value, (defaults as Record<string, unknown>)[key]),
  );
  return Object.fromEntries(kept) as T;
}
