import type { RecordedChange, RecordedPlan, Values } from '../recordings/recordings';

type Alteration = (values: Record<string, unknown>) => void;

/** The plan of an untouched stack, altered as the real provider would write a change of it. */
export class AlteredPlan {
  private readonly changes: RecordedChange[];
  private readonly drift: RecordedChange[];

  constructor(private readonly replan: RecordedPlan) {
    this.changes = structuredClone([...replan.resource_changes]);
    this.drift = structuredClone([...(replan.resource_drift ?? [])]);
  }

  /** Changes a resource in place. */
  update(address: string, alter: Alteration): this {
    const before = this.before(address);
    return this.set(address, ['update'], before, altered(before, alter));
  }

  delete(address: string): this {
    return this.set(address, ['delete'], this.before(address), null);
  }

  /** Creates a resource beside those of the stack. */
  create(address: string, after: Values): this {
    const change = { actions: ['create'], before: null, after, after_unknown: { id: true, etag: true } };
    const marks = { before_sensitive: false, after_sensitive: {} };
    this.changes.push({
      address,
      type: typeOf(address),
      mode: 'managed',
      change: { ...change, ...marks },
    } as RecordedChange);
    return this;
  }

  /** Somebody changes a resource outside Terraform; the plan restores it. */
  drifted(address: string, alter: Alteration): this {
    const recorded = this.before(address);
    const found = altered(recorded, alter);
    this.addDrift(address, ['update'], recorded, found);
    return this.set(address, ['update'], found, recorded);
  }

  /** Somebody destroys a resource outside Terraform; the plan creates it again. */
  gone(address: string): this {
    const recorded = this.before(address);
    this.addDrift(address, ['delete'], recorded, null);
    return this.set(address, ['create'], null, recorded);
  }

  get json(): RecordedPlan {
    return { ...this.replan, resource_changes: this.changes, resource_drift: this.drift };
  }

  private before(address: string): Values {
    const { before } = this.changeAt(address).change;
    if (before === null) throw new Error(`${address} is not there before the plan`);
    return before;
  }

  private changeAt(address: string): RecordedChange {
    const found = this.changes.find((change) => change.address === address);
    if (!found) throw new Error(`${address} is not in the plan`);
    return found;
  }

  private set(address: string, actions: readonly string[], before: Values | null, after: Values | null): this {
    const change = this.changeAt(address);
    this.changes[this.changes.indexOf(change)] = { ...change, change: { ...change.change, actions, before, after } };
    return this;
  }

  private addDrift(address: string, actions: readonly string[], before: Values, after: Values | null): void {
    const change = this.changeAt(address);
    const others = this.drift.filter((drift) => drift.address !== address);
    this.drift.splice(0, this.drift.length, ...others, {
      ...change,
      change: { ...change.change, actions, before, after },
    });
  }
}

function altered(values: Values, alter: Alteration): Values {
  const copy = structuredClone(values) as Record<string, unknown>;
  alter(copy);
  return copy;
}

function typeOf(address: string): string {
  return address.split('.')[0] ?? '';
}
