import { block, type Change, isTrue, list, shown, type Value, type Values } from '../../exposure';
import { causesOf } from '../causes';
import { entryName, pairEntries } from '../entry-pair';
import { planOf, updated } from '../fragment';
import type { ReviewedPlan } from '../reviewed-plan';
import type { Found, Rule } from '../rule';
import { argument, blocksBy, fromTo, nameOf, series } from '../wording';

const POLICY = 'google_compute_security_policy.edge';
const DEFAULT = { priority: 2147483647, action: 'allow', match: [{ config: [{ src_ip_ranges: ['*'] }] }] };
const DENY = { priority: 1000, action: 'deny(403)', match: [{ config: [{ src_ip_ranges: ['198.51.100.0/24'] }] }] };

export const cloudArmorLoosened: Rule = {
  id: 'cloud-armor-loosened',
  severity: 'medium',
  finds:
    'a Cloud Armor rule lets more through: removed, previewed only, turned from deny to allow, or with another match',
  remedy: 'put the rule of that priority back',
  find: (plan) => [...plan.changes.flatMap(loosened), ...policiesChanged(plan)],
  example: {
    found: planOf(updated(POLICY, { name: 'edge', rule: [DENY, DEFAULT] }, { rule: [DEFAULT] })),
    notFound: planOf(updated(POLICY, { name: 'edge', rule: [DEFAULT] }, { rule: [DENY, DEFAULT] })),
  },
};

function loosened({ type, address, before, after }: Change): readonly Found[] {
  if (type === 'google_compute_security_policy_rule' && before) {
    const priority = shown(before.values.priority);
    return sentences(priority, before.values, after?.values).map((message) => ({ address, message }));
  }
  if (type !== 'google_compute_security_policy' || !before || !after) return [];
  const old = blocksBy(before.values.rule, byPriority);
  const fresh = blocksBy(after.values.rule, byPriority);
  const priorities = [...new Set([...old.keys(), ...fresh.keys()])];
  const all = priorities.flatMap((priority) => sentences(priority, old.get(priority), fresh.get(priority)));
  return all.map((sentence) => ({ address, message: `${nameOf(after)}: ${sentence}` }));
}

function byPriority({ priority }: Values): string {
  return shown(priority);
}

/** What a rule lets through that it did not before. */
function sentences(priority: string, before: Values | undefined, after: Values | undefined): readonly string[] {
  const rule = `rule ${priority}`;
  if (!before) return letsThrough(after) ? [`${rule} is new and allows ${matchOf(after)}`] : [];
  if (!after) return letsThrough(before) ? [] : [`${rule} (${shown(before.action)} ${matchOf(before)}) is removed`];
  const found: string[] = [];
  if (!letsThrough(before) && letsThrough(after))
    found.push(`${rule} turns from ${fromTo(before.action, after.action)}`);
  if (!isTrue(before.preview) && isTrue(after.preview)) found.push(`${rule} is only previewed, no longer enforced`);
  if (matchOf(before) !== matchOf(after))
    found.push(`${rule} (${shown(after.action)}) matches ${matchOf(after)} instead of ${matchOf(before)}`);
  const [from, to] = [threshold(before), threshold(after)];
  if (Number(shown(to)) > Number(shown(from))) found.push(`${rule} allows more requests: ${fromTo(from, to)}`);
  return found;
}

function letsThrough(rule: Values | undefined): boolean {
  return shown(rule?.action) === 'allow';
}

function threshold(rule: Values): Value {
  return argument(rule, 'rate_limit_options.rate_limit_threshold.count');
}

function matchOf(rule: Values | undefined): string {
  const match = block(rule?.match);
  const ranges = list(block(match.config).src_ip_ranges).map(shown).sort();
  return ranges.length > 0 ? series(ranges) : shown(block(match.expr).expression) || 'an expression that is not known';
}

/** Another policy in front of an entry may be laxer: its rules are not compared here. */
function policiesChanged(plan: ReviewedPlan): readonly Found[] {
  return plan.services.flatMap((pair) =>
    pairEntries(pair).flatMap(({ before, after }) => {
      const [from, to] = [before?.securityPolicy, after?.securityPolicy];
      if (!after || from === undefined || to === undefined || from === to) return [];
      const message = `${entryName(after)} of ${pair.name} gets another Cloud Armor policy: ${from} → ${to}`;
      const causes = causesOf(plan, pair, [{ before, after }]);
      return [{ address: causes[0] ?? pair.address, message, causes }];
    }),
  );
}
