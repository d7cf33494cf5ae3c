import { changedArguments } from './changed-arguments';
import { Configuration, type PlanConfiguration } from './configuration';
import { Projects } from './projects';
import { type Origin, redact } from './redaction';
import { Inventory, type Resource } from './resource';
import { readStateResource, resourcesIn, type StateModule } from './state';
import { isValues, type Values, withShared } from './value';

/** What Terraform does to a resource: two actions are a replacement, in the order in which they happen. */
export type Action = 'no-op' | 'create' | 'read' | 'update' | 'delete' | 'forget';

/** What a plan does to one resource instance. */
export interface Change {
  readonly address: string;
  /** The address before a `moved` block, if there is one. */
  readonly previousAddress?: string;
  readonly type: string;
  readonly mode: 'managed' | 'data';
  readonly actions: readonly Action[];
  /** The reason, if Terraform gives one, such as `replace_because_tainted`. */
  readonly reason?: string;
  /** The resource as the refresh found it; undefined before a creation. */
  readonly before?: Resource;
  /** The resource as it will be; undefined after a deletion. */
  readonly after?: Resource;
  /** The id in Google Cloud that an `import` block takes over; empty if the plan does not give it. */
  readonly imports?: string;
  /** Arguments that force the replacement, such as `location` or `spec.route_name`. */
  readonly replacePaths: readonly string[];
  /** Arguments that differ between before and after, without positions in lists. */
  readonly changed: readonly string[];
}

/** A plan, as far as a reviewer needs it. */
export interface Plan {
  /** The resources that exist now, as the refresh found them. */
  readonly before: Inventory;
  /** The resources after the apply. */
  readonly after: Inventory;
  /** The resources in the state file before the refresh: what differs from `before` was changed outside Terraform. */
  readonly recorded: Inventory;
  readonly changes: readonly Change[];
  /** The changes that the refresh found. */
  readonly drift: readonly Change[];
  /** Whether everything in the configuration has been planned; false with `-target`. */
  readonly complete: boolean;
  /** Changes that are left to a later plan, since a value is not known yet. */
  readonly deferred: readonly DeferredChange[];
}

/** A change that Terraform leaves to a later plan. */
export interface DeferredChange {
  readonly address: string;
  /** The reason as Terraform spells it, such as `instance_count_unknown`. */
  readonly reason: string;
}

/** A change in the JSON of a plan. */
export interface ChangeJson {
  readonly address: string;
  readonly previous_address?: string;
  readonly type: string;
  readonly mode: 'managed' | 'data';
  readonly deposed?: string;
  readonly action_reason?: string;
  readonly change: {
    readonly actions: readonly Action[];
    readonly before?: unknown;
    readonly after?: unknown;
    readonly after_unknown?: unknown;
    readonly before_sensitive?: unknown;
    readonly after_sensitive?: unknown;
    readonly replace_paths?: readonly (readonly (string | number)[])[];
    readonly importing?: { readonly id?: string };
  };
}

/** The JSON of `terraform show -json` of a plan file. */
export interface PlanJson {
  readonly errored?: boolean;
  readonly complete?: boolean;
  readonly variables?: Readonly<Record<string, { readonly value?: unknown }>>;
  readonly configuration?: PlanConfiguration;
  readonly prior_state?: { readonly values?: { readonly root_module?: StateModule } };
  readonly resource_changes?: readonly ChangeJson[];
  readonly resource_drift?: readonly ChangeJson[];
  readonly deferred_changes?: readonly {
    readonly reason?: string;
    readonly resource_change?: { readonly address?: string };
  }[];
}

/** A plan with changes that are read one by one, since together they may be very large. */
export type PlanSource = Omit<PlanJson, 'resource_changes' | 'resource_drift'> & {
  readonly resource_changes?: Iterable<ChangeJson>;
  readonly resource_drift?: Iterable<ChangeJson>;
};

/**
 * Reads a plan: the resources before and after, the changes, and the drift. It asks for the prior state last, so that a large
 * one needs no memory until then.
 */
export function readPlan(plan: PlanSource, priorState = () => plan.prior_state): Plan {
  const configuration = new Configuration(plan.configuration ?? {}, plan.variables ?? {});
  const project = (address: string) => configuration.defaultProject(address);
  const read = (list: Iterable<ChangeJson> = []): readonly Change[] => {
    const changes: Change[] = [];
    for (const change of list) {
      if (isCurrent(change)) changes.push(readChange(change, configuration, project(change.address)));
    }
    return changes;
  };
  const changes = read(plan.resource_changes);
  const drift = read(plan.resource_drift);

  // A plan with -target has changes for the targets only; the rest is in the prior state and stays as it is.
  const before = new Map<string, Resource>();
  const changing = new Map(changes.map((change) => [change.address, change]));
  for (const resource of resourcesIn(priorState()?.values?.root_module)) {
    const { address } = resource;
    before.set(address, changing.get(address)?.before ?? readStateResource(resource, project(address)));
  }
  for (const change of changes) set(before, change.address, change.before ?? dataSource(before, change));
  const after = new Map(before);
  for (const change of changes)
    set(after, change.address, change.actions.includes('forget') ? change.before : change.after);
  const projects = new Projects([...before.values(), ...after.values()]);
  const present = new Inventory([...before.values()], projects);
  return {
    before: present,
    after: new Inventory([...after.values()], projects),
    recorded: drift.length === 0 ? present : new Inventory(recordedBefore(before, drift), projects),
    changes,
    drift,
    complete: plan.complete !== false && (plan.deferred_changes ?? []).length === 0,
    deferred: (plan.deferred_changes ?? []).map(({ reason, resource_change }) => ({
      address: resource_change?.address ?? '',
      reason: reason ?? 'a reason that it does not say',
    })),
  };
}

/** The resources in the state before the refresh found drift. */
function recordedBefore(before: ReadonlyMap<string, Resource>, drift: readonly Change[]): readonly Resource[] {
  const recorded = new Map(before);
  for (const { address, before: old } of drift) set(recorded, address, old && { ...old, address });
  return [...recorded.values()];
}

/** Whether a change concerns the current object, not a deposed one that an earlier replacement left to be deleted. */
function isCurrent(change: ChangeJson): boolean {
  return change.deposed === undefined;
}

/** A data source that is read during apply has its values from the prior state, if it is there. */
function dataSource(before: ReadonlyMap<string, Resource>, change: Change): Resource | undefined {
  return change.mode === 'data' ? before.get(change.address) : undefined;
}

function readChange(json: ChangeJson, configuration: Configuration, defaultProject: string | undefined): Change {
  const { address, type, mode, change } = json;
  const origin = withDynamicBlocks(configuration.origin(address), change);
  const resource = (values: unknown, marks: Parameters<typeof redact>[1], from: Origin): Resource | undefined => {
    const readable = values === null || values === undefined ? undefined : redact(values, marks, from);
    return isValues(readable) ? { address, type, mode, values: readable, defaultProject } : undefined;
  };
  return {
    address,
    previousAddress: json.previous_address,
    type,
    mode,
    actions: change.actions,
    reason: json.action_reason,
    ...(change.importing ? { imports: change.importing.id ?? '' } : {}),
    ...sides(change, (values, marks) => resource(values, marks, origin)),
    replacePaths: pathsOf(change.replace_paths),
    changed: change.actions.includes('no-op') ? [] : changedArguments(change, origin),
  };
}

/**
 * A plan's configuration leaves `dynamic` blocks out. If an update makes an existing block unknown, a `dynamic` block writes it:
 * the provider would keep a block that nobody writes.
 */
function withDynamicBlocks(origin: Origin, { actions, before }: ChangeJson['change']): Origin {
  if (!actions.includes('update')) return origin;
  return { references: (path) => origin.references(path) ?? (hasBlocks(valueAt(before, path)) ? [] : undefined) };
}

function valueAt(value: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (inner, step) => (typeof inner === 'object' && inner !== null ? (inner as Values)[step] : undefined),
    value,
  );
}

function hasBlocks(value: unknown): boolean {
  return Array.isArray(value) && value.some(isValues);
}

/** Paths of arguments without positions in lists. */
function pathsOf(paths: unknown): readonly string[] {
  const lists: readonly unknown[] = Array.isArray(paths) ? paths : [];
  return lists.flatMap((path) =>
    Array.isArray(path) ? path.filter((step): step is string => typeof step === 'string').join('.') : [],
  );
}

/** The resource before and after. Both are the same if Terraform reports no change, even if a value becomes sensitive. */
function sides(
  { actions, before, after, after_unknown: unknown, before_sensitive, after_sensitive }: ChangeJson['change'],
  resource: (values: unknown, marks: Parameters<typeof redact>[1]) => Resource | undefined,
): Pick<Change, 'before' | 'after'> {
  if (actions.includes('no-op')) {
    const same = resource(after, { unknown, sensitive: either(before_sensitive, after_sensitive) });
    return { before: same, after: same };
  }
  const old = resource(before, { sensitive: before_sensitive });
  const fresh = resource(after, { unknown, sensitive: after_sensitive });
  if (!old || !fresh) return { before: old, after: fresh };
  return { before: old, after: { ...fresh, values: withShared(fresh.values, old.values) } };
}

/** Marks that are true wherever one of two marks is true. */
function either(one: unknown, other: unknown): unknown {
  if (one === true || other === true) return true;
  if (typeof one !== 'object' || one === null) return other;
  if (typeof other !== 'object' || other === null) return one;
  const marks = one as Readonly<Record<string, unknown>>;
  const others = other as Readonly<Record<string, unknown>>;
  const [names, otherNames] = [Object.keys(marks), Object.keys(others)];
  if (otherNames.length === 0) return one;
  if (names.length === 0) return other;
  const joined = Object.fromEntries(
    [...new Set([...names, ...otherNames])].map((key) => [key, either(marks[key], others[key])]),
  );
  return Array.isArray(one) ? Object.assign([], joined) : joined;
}

function set(resources: Map<string, Resource>, address: string, resource: Resource | undefined): void {
  if (resource) resources.set(address, resource);
  else resources.delete(address);
}
