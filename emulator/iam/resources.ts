import type { Behaviour, Call, Operations, PlanRules, ValueCheck } from '../behaviour';
import { parseId } from '../identity';
import { hasUnknown, isZero, type ObjectValue, sameValue, UNKNOWN, type Value } from '../protocol/values';
import { sameShortName } from '../suppress';
import { memberComplaint, normalizedMember } from './members';
import { conditionIn, conditionOf, policyData, policyFromData, type RoleKey, roleKey, roleOf } from './policy';
import { BoundTarget, type IamTarget } from './target';

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

/** `…_iam_member` owns one member of a role, `…_iam_binding` owns a role, `…_iam_policy` owns the whole policy. */
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
      members: (prior, wanted) => !hasUnknown(wanted) && sameValue(normalizedMembers(prior), normalizedMembers(wanted)),
      policy_data: (prior, wanted) =>
        !isZero(prior) && !isZero(wanted) && sameValue(policyFromData(prior), policyFromData(wanted)),
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

function memberOperations(target: IamTarget): Operations {
  const read = (state: ObjectValue, call: Call): ObjectValue | null => {
    const bound = new BoundTarget(target, state, call);
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
      new BoundTarget(target, planned, call).change(role, (before) => [
        ...before,
        normalizedMember(String(planned.member)),
      ]);
      return read(planned, call) ?? planned;
    },
    read,
    update: (_prior, planned) => planned,
    delete: (prior, call) => {
      const bound = new BoundTarget(target, prior, call);
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
    const bound = new BoundTarget(target, state, call);
    if (!bound.exists()) return null;
    // For the provider, a role without members is a binding without members. It is not a missing binding.
    const key = heldRole(bound, state) ?? roleKey(state.role, conditionIn(state));
    const condition = conditionOf(key);
    const members = [...(bound.policy[key] ?? [])].sort();
    return bound.stateWith({ role: roleOf(key), members, ...conditionState(condition) }, roleOf(key), condition?.title);
  };
  const write = (planned: ObjectValue, call: Call): ObjectValue => {
    const role = roleKey(planned.role, conditionIn(planned));
    new BoundTarget(target, planned, call).change(role, () => normalizedMembers(planned.members));
    return read(planned, call) ?? planned;
  };
  return {
    create: write,
    read,
    update: (_prior, planned, call) => write(planned, call),
    delete: (prior, call) => {
      const bound = new BoundTarget(target, prior, call);
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
    const bound = new BoundTarget(target, state, call);
    return bound.exists() ? bound.stateWith({ policy_data: policyData(bound.policy) }) : null;
  };
  const write = (planned: ObjectValue, call: Call): ObjectValue => {
    new BoundTarget(target, planned, call).replace(policyFromData(planned.policy_data));
    return read(planned, call) ?? planned;
  };
  return {
    create: write,
    read,
    update: (_prior, planned, call) => write(planned, call),
    delete: (prior, call) => {
      const bound = new BoundTarget(target, prior, call);
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

/** The policy's role for this state. After an import only the title of the condition is known. */
function heldRole(bound: BoundTarget, state: ObjectValue, member?: string): RoleKey | undefined {
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
