import type { Behaviour, Call, Operations, PlanRules, ValueCheck } from '../behaviour';
import { apiError, Refusal } from '../errors';
import { type IdPattern, idFrom, parseId } from '../identity';
import { isZero, type ObjectValue, sameValue, UNKNOWN, type Value } from '../protocol/values';
import { sameShortName } from '../suppress';
import { memberComplaint, normalizedMember } from './members';
import {
  conditionIn,
  conditionOf,
  policyData,
  policyEtag,
  policyFromData,
  type RoleKey,
  roleKey,
  roleOf,
  setPolicy,
} from './policy';

/** Something that has an IAM policy. */
export interface IamTarget {
  /** `google_cloud_run_v2_service` of `google_cloud_run_v2_service_iam_member`. */
  readonly prefix: string;
  readonly source: string;
  /** How the provider calls it in messages. */
  readonly noun: string;
  /** The id of the policy in the cloud. */
  readonly policy: IdPattern;
  /** What the state's ids begin with; it is the policy's id unless said otherwise. */
  readonly id?: IdPattern;
  /** The argument that names the target. The generated IAM resources answer with the long name in it. */
  readonly argument: string;
  readonly longName: boolean;
  readonly forceNew: readonly string[];
  readonly check?: { readonly [path: string]: ValueCheck };
  /** The resource types without any of which the API answers 404. Only what a stack surely owns is looked for. */
  readonly mustExist?: readonly { readonly type: string; readonly id: IdPattern }[];
}

const CONDITION = ['condition', 'condition.title', 'condition.description', 'condition.expression'];

const MEMBER_CHECKS: { readonly [part in Part]: { readonly [path: string]: ValueCheck } } = {
  member: { member: memberComplaint },
  binding: { members: memberComplaint },
  policy: { policy_data: policyComplaint },
};

const FORCE_NEW: { readonly [part in Part]: readonly string[] } = {
  member: ['role', 'member', ...CONDITION],
  binding: ['role', ...CONDITION],
  policy: [],
};

type Part = 'member' | 'binding' | 'policy';

/** `…_iam_member` is one line of a policy, `…_iam_binding` owns a role, `…_iam_policy` owns all of it. */
export function iamBehaviour(target: IamTarget, part: Part): Behaviour {
  return {
    type: `${target.prefix}_iam_${part}`,
    source: target.source,
    plan: planRules(target, part),
    check: { values: { ...target.check, ...MEMBER_CHECKS[part] } },
    operations: OPERATIONS[part](target),
  };
}

function planRules(target: IamTarget, part: Part): PlanRules {
  return {
    forceNew: [...target.forceNew, ...FORCE_NEW[part]],
    project: 'later',
    suppress: {
      member: (prior, wanted) => normalizedMember(String(prior)) === normalizedMember(String(wanted)),
      members: (prior, wanted) => sameValue(normalizedMembers(prior), normalizedMembers(wanted)),
      policy_data: (prior, wanted) => sameValue(policyFromData(prior), policyFromData(wanted)),
      ...(target.longName && { [target.argument]: sameShortName }),
    },
  };
}

function normalizedMembers(members: Value): string[] {
  const list = Array.isArray(members) ? members : [];
  return list
    .filter((member) => member !== UNKNOWN)
    .map((member) => normalizedMember(String(member)))
    .sort();
}

function policyComplaint(value: string, name: string): string | undefined {
  try {
    JSON.parse(value);
    return undefined;
  } catch (error) {
    return `"${name}" contains an invalid JSON: ${error instanceof Error ? error.message : error}`;
  }
}

/** The target of one call: its arguments with the provider's project and region filled in. */
class Bound {
  readonly policyId: string;
  private readonly arguments: ObjectValue;

  constructor(
    private readonly target: IamTarget,
    readonly state: ObjectValue,
    private readonly call: Call,
  ) {
    const { project, location } = state;
    this.arguments = {
      ...state,
      project: known(project) ?? call.provider.project,
      ...('location' in state && { location: known(location) ?? call.provider.region }),
    };
    this.policyId = idFrom(target.policy, this.arguments);
  }

  get policy() {
    return this.call.cloud.policy(this.policyId);
  }

  change(role: RoleKey, members: (before: string[]) => string[]): void {
    this.replace({ ...this.policy, [role]: members(this.policy[role] ?? []) });
  }

  replace(policy: { [role: string]: string[] }): void {
    const about = `Error applying IAM policy for ${this.target.noun} "${this.policyId}"`;
    if (!this.exists()) throw new Refusal(`${about}: ${apiError(404, `Resource '${this.policyId}' was not found`)}`);
    try {
      setPolicy(this.call.cloud, this.policyId, String(this.arguments.project), policy);
    } catch (error) {
      throw error instanceof Refusal ? new Refusal(`${about}: ${error.message}`) : error;
    }
  }

  exists(): boolean {
    const { mustExist } = this.target;
    if (mustExist === undefined) return true;
    return mustExist.some(({ type, id }) => this.call.cloud.find(type, idFrom(id, this.arguments)) !== undefined);
  }

  /** The state of an IAM resource: the target's arguments, an id from what it owns, and the policy's etag. */
  stateWith(own: ObjectValue, ...idParts: Value[]): ObjectValue {
    const id = idFrom(this.target.id ?? this.target.policy, this.arguments);
    const { argument, longName } = this.target;
    return {
      ...this.arguments,
      ...(longName && { [argument]: idFrom(this.target.id ?? this.target.policy, this.arguments) }),
      ...own,
      etag: policyEtag(this.policy),
      id: [id, ...idParts.filter((part) => !isZero(part))].join('/'),
    };
  }
}

function known(value: Value): Value {
  return value === UNKNOWN || isZero(value) ? undefined : value;
}

function memberOperations(target: IamTarget): Operations {
  const read = (state: ObjectValue, call: Call): ObjectValue | null => {
    const bound = new Bound(target, state, call);
    const member = normalizedMember(String(state.member));
    const key = heldRole(bound, state, member);
    if (key === undefined) return null;
    const condition = conditionOf(key);
    return bound.stateWith(
      { member, role: roleOf(key), ...conditionState(condition) },
      roleOf(key),
      member,
      condition?.title,
    );
  };
  return {
    create: (planned, call) => {
      const role = roleKey(planned.role, conditionIn(planned));
      new Bound(target, planned, call).change(role, (before) => [...before, normalizedMember(String(planned.member))]);
      return read(planned, call) ?? planned;
    },
    read,
    update: (_prior, planned) => planned,
    delete: (prior, call) => {
      const bound = new Bound(target, prior, call);
      const member = normalizedMember(String(prior.member));
      if (!bound.exists()) return;
      bound.change(roleKey(prior.role, conditionIn(prior)), (before) => before.filter((other) => other !== member));
    },
    identify: (id, call) => {
      const [name = '', role = '', member = '', ...title] = id.split(' ');
      return { ...identified(target, name, call), role, member, ...titled(title) };
    },
  };
}

function bindingOperations(target: IamTarget): Operations {
  const read = (state: ObjectValue, call: Call): ObjectValue | null => {
    const bound = new Bound(target, state, call);
    if (!bound.exists()) return null;
    // A role that nobody holds is a binding without members to the provider, not one that is gone.
    const key = heldRole(bound, state) ?? roleKey(state.role, conditionIn(state));
    const condition = conditionOf(key);
    const members = [...(bound.policy[key] ?? [])].sort();
    return bound.stateWith({ role: roleOf(key), members, ...conditionState(condition) }, roleOf(key), condition?.title);
  };
  const write = (planned: ObjectValue, call: Call): ObjectValue => {
    const role = roleKey(planned.role, conditionIn(planned));
    new Bound(target, planned, call).change(role, () => normalizedMembers(planned.members));
    return read(planned, call) ?? planned;
  };
  return {
    create: write,
    read,
    update: (_prior, planned, call) => write(planned, call),
    delete: (prior, call) => {
      const bound = new Bound(target, prior, call);
      if (bound.exists()) bound.change(roleKey(prior.role, conditionIn(prior)), () => []);
    },
    identify: (id, call) => {
      const [name = '', role = '', ...title] = id.split(' ');
      return { ...identified(target, name, call), role, ...titled(title) };
    },
  };
}

function policyOperations(target: IamTarget): Operations {
  const read = (state: ObjectValue, call: Call): ObjectValue | null => {
    const bound = new Bound(target, state, call);
    return bound.exists() ? bound.stateWith({ policy_data: policyData(bound.policy) }) : null;
  };
  const write = (planned: ObjectValue, call: Call): ObjectValue => {
    new Bound(target, planned, call).replace(policyFromData(planned.policy_data));
    return read(planned, call) ?? planned;
  };
  return {
    create: write,
    read,
    update: (_prior, planned, call) => write(planned, call),
    delete: (prior, call) => {
      const bound = new Bound(target, prior, call);
      if (bound.exists()) bound.replace({});
    },
    identify: (id, call) => identified(target, id, call),
  };
}

const OPERATIONS: { readonly [part in Part]: (target: IamTarget) => Operations } = {
  member: memberOperations,
  binding: bindingOperations,
  policy: policyOperations,
};

/** The role under which the policy has what the state stands for; an import knows a condition by its title only. */
function heldRole(bound: Bound, state: ObjectValue, member?: string): RoleKey | undefined {
  const condition = conditionIn(state);
  return Object.keys(bound.policy).find((key) => {
    if (roleOf(key) !== state.role) return false;
    const held = conditionOf(key);
    const same = held === undefined ? condition === undefined : held.title === condition?.title;
    return same && (member === undefined || !!bound.policy[key]?.includes(member));
  });
}

function conditionState(condition: ObjectValue | undefined): ObjectValue {
  return { condition: condition === undefined ? [] : [{ description: null, ...condition }] };
}

function titled(title: string[]): ObjectValue {
  return title.length === 0 ? {} : { condition: [{ title: title.join(' ') }] };
}

function identified(target: IamTarget, id: string, call: Call): ObjectValue {
  return parseId(target.id ?? target.policy, id, call.provider);
}
