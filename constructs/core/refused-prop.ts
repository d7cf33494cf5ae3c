/**
 * Thrown where a check reads a prop whose value was refused: what the check would say from here on may not hold once the value is
 * right. What it has said before does.
 */
export class RefusedProp extends Error {}

/** Stands for an entry of a map that was refused: its name is known, and nothing else of it. */
export const REFUSED_ENTRY: unknown = new Proxy(Object.freeze({}), {
  get: refuse,
  has: refuse,
  ownKeys: refuse,
  getOwnPropertyDescriptor: refuse,
});

/** Makes reading a property say that it was refused. */
export function refuseReading(object: object, key: string): void {
  Object.defineProperty(object, key, { get: refuse, enumerable: true, configurable: true });
}

function refuse(): never {
  throw new RefusedProp();
}
