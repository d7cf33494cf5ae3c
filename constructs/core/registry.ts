import { RefusedProp } from './refused-prop';

/** A kind of construct in a stack. Each kind has one object of this class. */
export class Kind<T> {
  declare private readonly type: T;

  constructor(readonly name: string) {}
}

/** The contents of a stack by kind, in the order in which they were added. */
export class Registry {
  private readonly items = new Map<Kind<unknown>, unknown[]>();
  private readonly refused = new Set<Kind<unknown>>();
  private readonly onFirst = new Map<Kind<unknown>, () => void>();

  /** Adds an item. */
  add<T>(kind: Kind<T>, item: T): void {
    const known = this.items.get(kind);
    if (known) known.push(item);
    else {
      this.items.set(kind, [item]);
      this.onFirst.get(kind)?.();
    }
  }

  /** Makes `all` throw `RefusedProp` for a kind, because some of its items depend on a refused prop. */
  refuse(kind: Kind<unknown>): void {
    this.refused.add(kind);
  }

  /** All items of a kind. */
  all<T>(kind: Kind<T>): readonly T[] {
    if (this.refused.has(kind)) throw new RefusedProp();
    return (this.items.get(kind) ?? []) as readonly T[];
  }

  /** Calls `notify` when the first item of the kind is added. */
  whenFirst<T>(kind: Kind<T>, notify: () => void): void {
    this.onFirst.set(kind, notify);
  }
}
