import {
  type Binding,
  bindingsOf,
  type Change,
  type Inventory,
  mayInvoke,
  passesIap,
  principalName,
  readBindings,
  shown,
} from '../../exposure';
import { API, created, invoker, planOf, SUPPORT, service, unchanged } from '../fragment';
import { grantTarget } from '../grant-target';
import type { ReviewedPlan } from '../reviewed-plan';
import type { Found, Rule } from '../rule';
import { series } from '../wording';

const BINDING = 'google_cloud_run_v2_service_iam_binding.api_invokers';
const INVOKERS = { name: 'api', location: 'europe-west1', project: 'acme-prod', role: 'roles/run.invoker' };

export const authoritativeGrants: Rule = {
  id: 'authoritative-grants',
  severity: 'high',
  finds:
    'a binding or policy now decides alone who has a role, and removes grants that are in the state or were made outside Terraform',
  remedy: 'add the members that it removes, or grant with …_iam_member, which does not change other members',
  find: (plan) => {
    const authoritative = plan.changes.filter(({ type }) => /_iam_(binding|policy)$/.test(type));
    if (authoritative.length === 0) return [];
    const present = byTarget(plan);
    return authoritative.flatMap((change) => [...takenOver(change, plan, present), ...outsidersDropped(change, plan)]);
  },
  example: {
    found: planOf(
      unchanged(API, service()),
      unchanged(SUPPORT, invoker('group:support@example.com')),
      created(BINDING, { ...INVOKERS, members: ['user:developer@example.com'] }),
    ),
    notFound: planOf(
      created(API, service()),
      created(BINDING, { ...INVOKERS, members: ['user:developer@example.com'] }),
    ),
  },
};

/** The bindings in the state, by the resource on which they grant. */
function byTarget(plan: ReviewedPlan): ReadonlyMap<string, readonly Binding[]> {
  const bindings = new Map<string, Binding[]>();
  for (const binding of readBindings(plan.plan.before)) {
    for (const { key } of grantTarget(binding, plan.before, plan.plan.before)) {
      const same = bindings.get(key);
      if (same) same.push(binding);
      else bindings.set(key, [binding]);
    }
  }
  return bindings;
}

/** A new binding removes all other members of its role; a new policy removes all other members of every role. */
function takenOver(
  change: Change,
  plan: ReviewedPlan,
  present: ReadonlyMap<string, readonly Binding[]>,
): readonly Found[] {
  if (!change.after || !change.actions.includes('create')) return [];
  return bindingsOf(change.after, plan.plan.after).flatMap((binding) => {
    // A binding with a condition is separate from others of the role; if `allUsers` may call, nobody loses access.
    if (!isRelevant(binding, plan.plan.after) || binding.condition !== undefined) return [];
    if (members(binding).includes('allUsers')) return [];
    return grantTarget(binding, plan.after, plan.plan.before)
      .filter(({ exists }) => exists)
      .map(({ key, name }) => {
        const kept = new Set(members(binding));
        const others = (present.get(key) ?? []).filter(
          ({ resource, role }) => resource.address !== change.address && shown(role) === shown(binding.role),
        );
        const dropped = others.flatMap((other) =>
          members(other)
            .filter((member) => !kept.has(member))
            .map((member) => `${member} (${other.resource.address})`),
        );
        const inState = dropped.length === 0 ? '' : `${series(dropped)} and `;
        const message = `takes over ${shown(binding.role)} on ${name}: ${inState}whoever was granted it outside Terraform cannot call any more`;
        return { address: change.address, message };
      });
  });
}

/** Members that only the refresh found: somebody added them outside Terraform, and this apply removes them. */
function outsidersDropped(change: Change, { plan }: ReviewedPlan): readonly Found[] {
  const recorded = plan.recorded.at(change.address);
  if (!change.before || !change.after || !recorded) return [];
  const known = new Set(bindingsOf(recorded, plan.recorded).flatMap(members));
  const kept = new Set(bindingsOf(change.after, plan.after).flatMap(members));
  const dropped = bindingsOf(change.before, plan.before)
    .filter((binding) => isRelevant(binding, plan.before))
    .flatMap(members);
  const outsiders = dropped.filter((member) => !known.has(member) && !kept.has(member));
  if (outsiders.length === 0) return [];
  return [{ address: change.address, message: `drops ${series(outsiders)}, granted outside Terraform` }];
}

function isRelevant({ role, on, resource }: Binding, inventory: Inventory): boolean {
  if (on === 'account' || on === 'secret') return false;
  const verdict =
    on.startsWith('iap') || on === 'backend-service'
      ? passesIap(role, inventory)
      : mayInvoke(role, inventory, resource.type);
  return verdict !== 'no';
}

function members(binding: Binding): readonly string[] {
  return binding.members.map((member) => (typeof member === 'string' ? principalName(member) : member.text));
}
