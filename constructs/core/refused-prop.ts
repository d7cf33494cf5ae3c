/**
 * Thrown when a check reads a prop with a refused value: further findings of the check may be wrong once the value is corrected.
 * Its earlier findings stay.
 */
export class RefusedProp extends Error {}

/** A refused entry of a map: its name is known, and reading anything in it throws. */
export const REFUSED_ENTRY: unknown = new Proxy(Object.freeze({}), {
  get: refuse,
  has: refuse,
  ownKeys: refuse,
  getOwnPropertyDescriptor: refuse,
});

/** Makes reading a property throw `RefusedProp`. */
export function refuseReading(object: object, key: string): void {
  Object.defineProperty(object, key, { get: refuse, enumerable: true, configurable: true });
}

/** One error for all reads: checks often read refused props, and a stack trace for each would take time. */
const REFUSED = new RefusedProp();

function refuse(): never {
  throw REFUSED;
}
