/** The value of a key. The first call for a key makes it. */
export function cached<K extends object, T>(map: WeakMap<K, T>, key: K, make: () => T): T;
export function cached<K, T>(map: Map<K, T>, key: K, make: () => T): T;
export function cached<K extends object, T>(map: WeakMap<K, T>, key: K, make: () => T): T {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
