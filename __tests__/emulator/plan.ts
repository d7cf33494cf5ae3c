import type { ObjectValue } from '../../emulator';

export interface ResourceChange {
  readonly address: string;
  readonly action_reason?: string;
  readonly change: {
    readonly actions: readonly string[];
    readonly before: ObjectValue | null;
    readonly after: ObjectValue | null;
    readonly after_unknown: { readonly [name: string]: unknown };
    readonly replace_paths?: readonly (readonly (string | number)[])[];
  };
}

export class Plan {
  constructor(
    readonly json: {
      readonly resource_changes?: readonly ResourceChange[];
      readonly resource_drift?: readonly ResourceChange[];
    },
  ) {}

  /** `{address: 'create' | 'update' | 'delete' | 'delete+create' | 'create+delete'}` of every resource that changes. */
  get actions(): { [address: string]: string } {
    const changes = (this.json.resource_changes ?? []).map(({ address, change }) => [
      address,
      change.actions.join('+'),
    ]);
    return Object.fromEntries(changes.filter(([, action]) => action !== 'no-op' && action !== 'read'));
  }

  change(address: string): ResourceChange['change'] {
    const found = this.json.resource_changes?.find((each) => each.address === address);
    if (found === undefined) throw new Error(`${address} is not in the plan`);
    return found.change;
  }

  /** Changes that were made outside Terraform since the state was written. */
  get drift(): { [address: string]: string } {
    return Object.fromEntries(
      (this.json.resource_drift ?? []).map(({ address, change }) => [address, change.actions.join('+')]),
    );
  }

  /** The arguments that forced a replacement, as Terraform's paths. */
  replacedBy(address: string): string[] {
    return (this.change(address).replace_paths ?? []).map((path) => path.join('.'));
  }
}
