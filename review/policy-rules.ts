import { type Inventory, lastSegment, type Resource, shown, type Values } from '../exposure';
import { blocksBy } from './wording';

/** Cloud Armor policies. */
export const SECURITY_POLICY_TYPES = [
  'google_compute_security_policy',
  'google_compute_region_security_policy',
] as const;

/** The types of rules of Cloud Armor policies that are separate resources. */
const RULE_TYPES = ['google_compute_security_policy_rule', 'google_compute_region_security_policy_rule'] as const;

/**
 * The rules in the blocks of a Cloud Armor policy, by priority. A refresh also adds the rules that are separate resources:
 * they are left out here.
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

/** Whether two versions of a policy differ only in rules that are separate resources. */
export function sameOwnRules(before: Resource, after: Resource, inventory: Inventory): boolean {
  const [old, fresh] = [before, after].map((policy) => JSON.stringify([...policyRules(policy, inventory)].sort()));
  return old === fresh;
}
