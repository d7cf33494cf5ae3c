import type { Call, Operations, PlanRules } from './behaviour';
import { fillComputed } from './computed';
import { isAbandoned, readDeletionPolicy, virtualArguments } from './deletion-policy';
import { apiError, FailedCreation, Refusal } from './errors';
import { type IdPattern, idFrom, parseId, referencedId, selfLink } from './identity';
import { readLabels, withoutManagedLabels } from './labels';
import { blocksAt } from './planning';
import { isZero, type ObjectValue, type Value } from './protocol/values';
import { stateFrom, withoutUnknowns } from './reading';
import { refuseByItself } from './refusals';
import { type Block, blockOf } from './schema';

/** What the API does with the objects of one resource type. */
export interface ApiRules {
  readonly id: IdPattern;
  /** The provider's name for it in messages: "Error creating Service". */
  readonly noun: string;
  /** Arguments that exist only in Terraform's state, with the values that an import sets. */
  readonly stateOnly?: { readonly [argument: string]: Value };
  /** Values that the API fills in, in this order, if the enclosing block exists and the value is missing. */
  readonly defaults?: { readonly [path: string]: Value | ((object: ObjectValue, call: Call) => Value) };
  /** Whether a creation replaces an existing object of the same name, instead of failing with 409. */
  readonly overwrites?: boolean;
  /** Arguments that name objects of Compute Engine: the API returns self links. */
  readonly selfLinks?: readonly string[];
  /** Objects that must exist, by the argument that names them. */
  readonly needs?: { readonly [path: string]: readonly string[] };
  /** Other reasons to refuse a call. Throws the API's error. */
  readonly refuse?: (object: ObjectValue, was: ObjectValue | undefined, call: Call) => void;
  /** The API's changes to the object that it gets. */
  readonly settle?: (object: ObjectValue, was: ObjectValue | undefined, call: Call) => void;
  /** Values that the API computes. `creation` counts the creations of this name. */
  readonly computed?: (object: ObjectValue, call: Call, creation: number) => ObjectValue;
  /** Arguments of other resources: while one of them names this object, it cannot be deleted. */
  readonly usedBy?: readonly { readonly type: string; readonly path: string; readonly kind: string }[];
  /** Whether a deletion only removes it from the state. */
  readonly keptOnDelete?: (state: ObjectValue) => boolean;
  readonly refuseDelete?: (state: ObjectValue, id: string, call: Call) => void;
  /** The error if the object exists but does not work: a creation then fails, and the resource is tainted. */
  readonly failure?: (object: ObjectValue, call: Call) => string | undefined;
  /** Ids of the IAM policies that are deleted with it. */
  readonly policies?: (id: string, object: ObjectValue) => string[];
  readonly deleted?: (object: ObjectValue, call: Call) => void;
}

/** The operations of a resource that is stored as an object in the cloud. */
export function storedObject(type: string, plan: PlanRules, api: ApiRules): Operations {
  return new StoredObject(type, plan, api);
}

class StoredObject implements Operations {
  constructor(
    private readonly type: string,
    private readonly plan: PlanRules,
    private readonly api: ApiRules,
  ) {}

  create(planned: ObjectValue, call: Call): ObjectValue {
    const id = idFrom(this.api.id, planned);
    if (!this.api.overwrites && call.cloud.find(this.type, id)) {
      throw new Refusal(
        `Error creating ${this.api.noun}: ${apiError(409, `Resource '${id}' already exists`, 'alreadyExists')}`,
      );
    }
    const object = this.accepted('creating', planned, undefined, call);
    const creation = call.cloud.countCreation(this.type, id);
    this.store(id, object, call, creation);
    const state = this.state(id, object, planned, call);
    const failure = this.api.failure?.(object, call);
    if (failure !== undefined) throw new FailedCreation(`Error waiting to create ${this.api.noun}: ${failure}`, state);
    return state;
  }

  read(state: ObjectValue, call: Call): ObjectValue | null {
    const id = idFrom(this.api.id, state);
    const object = call.cloud.find(this.type, id);
    return object === undefined ? null : this.state(id, object, state, call);
  }

  update(_prior: ObjectValue, planned: ObjectValue, call: Call): ObjectValue {
    const id = idFrom(this.api.id, planned);
    const was = call.cloud.find(this.type, id);
    if (was === undefined) {
      throw new Refusal(`Error updating ${this.api.noun} "${id}": ${apiError(404, `Resource '${id}' was not found`)}`);
    }
    const object = this.accepted('updating', planned, was, call);
    this.store(id, object, call, call.cloud.data.created[`${this.type} ${id}`] ?? 1);
    const failure = this.api.failure?.(object, call);
    if (failure !== undefined) throw new Refusal(`Error waiting to update ${this.api.noun}: ${failure}`);
    return this.state(id, object, planned, call);
  }

  delete(prior: ObjectValue, call: Call): void {
    const id = idFrom(this.api.id, prior);
    if (isAbandoned(this.type, prior) || this.api.keptOnDelete?.(prior)) return;
    this.api.refuseDelete?.(prior, id, call);
    this.refuseWhileUsed(id, call);
    const object = call.cloud.find(this.type, id);
    if (object === undefined) return;
    call.cloud.remove(this.type, id);
    for (const policy of this.api.policies?.(id, object) ?? []) call.cloud.setPolicy(policy, {});
    this.api.deleted?.(object, call);
  }

  identify(id: string, call: Call): ObjectValue {
    return { ...this.api.stateOnly, ...parseId(this.api.id, referencedId(id), call.provider), id };
  }

  private accepted(doing: string, planned: ObjectValue, was: ObjectValue | undefined, call: Call): ObjectValue {
    const object = structuredClone(withoutUnknowns(planned));
    this.inContext(doing, planned, () => {
      refuseByItself(this.type, object);
      this.refuseUnmet(object, call);
      this.api.refuse?.(object, was, call);
    });
    for (const path of ['id', 'timeouts', ...this.virtual(call)]) removeAt(object, path);
    withoutManagedLabels(this.plan, object);
    for (const [path, value] of Object.entries(this.api.defaults ?? {})) fillDefault(object, path, value, call);
    this.inContext(doing, planned, () => this.api.settle?.(object, was, call));
    for (const path of this.api.selfLinks ?? []) linkAt(object, path);
    return object;
  }

  private inContext(doing: string, planned: ObjectValue, step: () => void): void {
    try {
      step();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const subject = doing === 'updating' ? ` "${idFrom(this.api.id, planned)}"` : '';
      throw new Refusal(`Error ${doing} ${this.api.noun}${subject}: ${error.message}`, error.detail);
    }
  }

  private refuseUnmet(object: ObjectValue, call: Call): void {
    for (const [path, types] of Object.entries(this.api.needs ?? {})) {
      for (const reference of valuesAt(object, path)) {
        const id = referencedId(reference);
        if (id === '' || types.some((type) => call.cloud.find(type, id))) continue;
        throw new Refusal(apiError(404, `The resource '${id}' was not found`, 'notFound'));
      }
    }
  }

  private refuseWhileUsed(id: string, call: Call): void {
    for (const { type, path, kind } of this.api.usedBy ?? []) {
      for (const [user, object] of call.cloud.all(type)) {
        if (!valuesAt(object, path).some((reference) => names(reference, id))) continue;
        const detail = `The ${kind} resource '${id}' is already being used by '${user}'`;
        throw new Refusal(
          `Error deleting ${this.api.noun}: ${apiError(400, detail, 'resourceInUseByAnotherResource')}`,
        );
      }
    }
  }

  private store(id: string, object: ObjectValue, call: Call, creation: number): void {
    Object.assign(object, this.api.computed?.(object, call, creation));
    fillComputed(this.block(call), object, id, creation);
    call.cloud.put(this.type, id, object);
  }

  private state(id: string, object: ObjectValue, before: ObjectValue, call: Call): ObjectValue {
    const state = stateFrom(this.block(call), object, before, this.virtual(call));
    readLabels(this.plan, state, before);
    readDeletionPolicy(this.block(call), state, call.provider);
    this.readVirtual(state);
    return { ...state, id };
  }

  /** Reads the arguments that only the state has. A state of an earlier version, without them, gets their defaults. */
  private readVirtual(state: ObjectValue): void {
    for (const name of Object.keys(this.api.stateOnly ?? {})) {
      if (name in state) state[name] ??= this.plan.defaults?.[name] ?? null;
    }
  }

  /** Arguments that are never sent to the API. */
  private virtual(call: Call): string[] {
    return [...Object.keys(this.api.stateOnly ?? {}), ...virtualArguments(this.block(call))];
  }

  private block({ version }: Call): Block {
    const block = blockOf(version, 'resource', this.type);
    if (block === undefined) throw new Error(`${this.type} is not in @cdktf/provider-google`);
    return block;
  }
}

function fillDefault(
  object: ObjectValue,
  path: string,
  value: Value | ((object: ObjectValue, call: Call) => Value),
  call: Call,
): void {
  const at = path.lastIndexOf('.');
  const name = path.slice(at + 1);
  for (const block of blocksAt(object, path.slice(0, Math.max(at, 0)))) {
    if (isZero(block[name])) block[name] = structuredClone(typeof value === 'function' ? value(block, call) : value);
  }
}

function removeAt(object: ObjectValue, path: string): void {
  const at = path.lastIndexOf('.');
  for (const block of blocksAt(object, path.slice(0, Math.max(at, 0)))) delete block[path.slice(at + 1)];
}

function linkAt(object: ObjectValue, path: string): void {
  const at = path.lastIndexOf('.');
  const name = path.slice(at + 1);
  for (const block of blocksAt(object, path.slice(0, Math.max(at, 0)))) {
    const value = block[name];
    block[name] = Array.isArray(value) ? value.map(selfLink) : selfLink(value);
  }
}

/** The values of an argument in all its blocks; the elements of a list one by one. */
export function valuesAt(object: ObjectValue, path: string): Value[] {
  const at = path.lastIndexOf('.');
  return blocksAt(object, path.slice(0, Math.max(at, 0))).flatMap((block) => block[path.slice(at + 1)]);
}

function names(reference: Value, id: string): boolean {
  const named = referencedId(reference);
  return named === id || (named !== '' && !named.includes('/') && id.endsWith(`/${named}`));
}
