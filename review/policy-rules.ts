import { type Inventory, lastSegment, type Resource, shown, type Values } from '../exposure';
import { blocksBy } from './wording';

/** Cloud Armor policies. */
export const SECURITY_POLICY_TYPES = [
  'google_compute_security_policy',
  'google_compute_region_security_policy',
] as const;

/** Rules of Cloud Armor policies that are resources of their own. */
const RULE_TYPES = ['google_compute_security_policy_rule', 'google_compute_region_security_policy_rule'] as const;

/**
 * The rules that a Cloud Armor policy has in its own blocks, by priority. A refresh reads into it those too that are
 * resources of their own: these are left to them.
 */
export function policyRules({ type, values }: Resource, inventory: Inventory): ReadonlyMap<string, Values> {
  const elsewhere = new Set(
    inventory
      .ofType(...RULE_TYPES)
      .filter(
        (rule) =>
          rule.type === `${type}_rule` && lastSegment(shown(rule.values.security_policy)) === shown(values.name),
      )
      .map((rule) => shown(rule.values.priority)),
  );
  const all = blocksBy(values.rule ?? values.rules, ({ priority }) => shown(priority));
  return new Map([...all].filter(([priority]) => !elsewhere.has(priority)));
}

/** Whether all that differs of a policy's rules is in resources of their own. */
export function sameOwnRules(before: Resource, after: Resource, inventory: Inventory): boolean {
  const [old, fresh] = [before, after].map((policy) => JSON.stringify([...policyRules(policy, inventory)].sort()));
  return old === fresh;
}
