import { type Cloud, hash, type Policy } from '../cloud';
import { apiError, Refusal } from '../errors';
import { canonicalJson, type ObjectValue, objectsIn, type Value } from '../protocol/values';
import { normalizedMember, outsideDomains } from './members';

/** A role and its condition. The API treats one role with two conditions as two separate bindings. */
export type RoleKey = string;

const IF = ' if ';

export function roleKey(role: Value, condition?: ObjectValue): RoleKey {
  if (condition === undefined) return String(role);
  const { title, description, expression } = condition;
  return `${role}${IF}${canonicalJson({ title, expression, ...(description ? { description } : {}) })}`;
}

export function conditionOf(key: RoleKey): ObjectValue | undefined {
  const at = key.indexOf(IF);
  return at < 0 ? undefined : JSON.parse(key.slice(at + IF.length));
}

export function roleOf(key: RoleKey): string {
  return key.split(IF)[0] ?? key;
}

export function conditionIn(state: ObjectValue): ObjectValue | undefined {
  return objectsIn(state.condition)[0];
}

export function policyEtag(policy: Policy): string {
  return hash(canonicalJson(policy)).slice(0, 16);
}

/** SetIamPolicy. The organisation's policies apply to new members only. */
export function setPolicy(cloud: Cloud, id: string, project: string, next: Policy): void {
  const before = cloud.policy(id);
  const organization = cloud.organizationPolicies(project);
  for (const [role, members] of Object.entries(next)) {
    const added = members.filter((member) => !before[role]?.includes(member));
    if (!added.some((member) => outsideDomains(member, organization))) continue;
    throw new Refusal(
      apiError(
        400,
        'FAILED_PRECONDITION: One or more users named in the policy do not belong to a permitted customer, perhaps due to an organization policy.',
      ),
    );
  }
  cloud.setPolicy(id, next);
}

/** The provider's form of a policy: `{"bindings":[{"members":[…],"role":"…"}]}`, with everything sorted. */
export function policyData(policy: Policy): string {
  const bindings = Object.entries(policy)
    .filter(([, members]) => members.length > 0)
    .map(([key, members]) => {
      const condition = conditionOf(key);
      return { role: roleOf(key), members: [...members].sort(), ...(condition && { condition }) };
    })
    .sort((a, b) => (canonicalJson(a) < canonicalJson(b) ? -1 : 1));
  return canonicalJson(bindings.length === 0 ? {} : { bindings });
}

export function policyFromData(data: Value): Policy {
  const policy: Policy = {};
  const { bindings = [] } = JSON.parse(String(data)) as {
    bindings?: { role: string; members?: string[]; condition?: ObjectValue }[];
  };
  for (const { role, members = [], condition } of bindings) {
    const key = roleKey(role, condition);
    policy[key] = [...(policy[key] ?? []), ...members.map(normalizedMember)];
  }
  return policy;
}
