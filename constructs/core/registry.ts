import { RefusedProp } from './refused-prop';

/** A kind of thing that a stack holds. The folder that makes such things has the one object of it. */
export class Kind<T> {
  declare private readonly type: T;

  constructor(readonly name: string) {}
}

/** What is in a stack, by kind, in the order in which it was added. */
export class Registry {
  private readonly things = new Map<Kind<unknown>, unknown[]>();
  private readonly refused = new Set<Kind<unknown>>();
  private readonly onFirst = new Map<Kind<unknown>, () => void>();

  /** Makes a thing known. */
  add<T>(kind: Kind<T>, thing: T): void {
    const known = this.things.get(kind);
    if (known) known.push(thing);
    else {
      this.things.set(kind, [thing]);
      this.onFirst.get(kind)?.();
    }
  }

  /** Has reading the things of a kind say that some follow from what was refused. */
  refuse(kind: Kind<unknown>): void {
    this.refused.add(kind);
  }

  /** All things of a kind. */
  all<T>(kind: Kind<T>): readonly T[] {
    if (this.refused.has(kind)) throw new RefusedProp();
    return (this.things.get(kind) ?? []) as readonly T[];
  }

  /** Calls `tell` once the stack has a thing of the kind. */
  whenFirst<T>(kind: Kind<T>, tell: () => void): void {
    this.onFirst.set(kind, tell);
  }
}
