import { block, type Change, isTrue, lastSegment, list, shown, Unknown, type Value, type Values } from '../../exposure';
import { causesOf } from '../causes';
import { entryName, pairEntries } from '../entry-pair';
import { planOf, updated } from '../fragment';
import { policyRules, SECURITY_POLICY_TYPES } from '../policy-rules';
import type { ReviewedPlan } from '../reviewed-plan';
import type { Found, Rule } from '../rule';
import { argument, fromTo, nameOf, series } from '../wording';

const POLICY = 'google_compute_security_policy.edge';
const DEFAULT = { priority: 2147483647, action: 'allow', match: [{ config: [{ src_ip_ranges: ['*'] }] }] };
const DENY = { priority: 1000, action: 'deny(403)', match: [{ config: [{ src_ip_ranges: ['198.51.100.0/24'] }] }] };

export const cloudArmorLoosened: Rule = {
  id: 'cloud-armor-loosened',
  severity: 'medium',
  finds:
    'a Cloud Armor rule lets more through: removed, previewed only, turned from deny to allow, or with another match',
  remedy: 'put the rule of that priority back',
  find: (plan) => [...plan.changes.flatMap((change) => loosened(change, plan)), ...policiesChanged(plan)],
  example: {
    found: planOf(updated(POLICY, { name: 'edge', rule: [DENY, DEFAULT] }, { rule: [DEFAULT] })),
    notFound: planOf(updated(POLICY, { name: 'edge', rule: [DEFAULT] }, { rule: [DENY, DEFAULT] })),
  },
};

function loosened({ type, address, before, after }: Change, { plan }: ReviewedPlan): readonly Found[] {
  const resource = after ?? before;
  if (/^google_compute_(region_)?security_policy_rule$/.test(type) && resource) {
    const { priority, security_policy } = resource.values;
    // A new policy with its rules is not laxer than none.
    const policies = plan.after.named(security_policy, ...SECURITY_POLICY_TYPES);
    if (!before && policies.length > 0 && policies.every((policy) => !plan.before.at(policy.address))) return [];
    return differences(shown(priority), before?.values, after?.values).map((found) =>
      finding(address, lastSegment(shown(security_policy)), found),
    );
  }
  if (!SECURITY_POLICY_TYPES.some((policy) => policy === type) || !before || !after) return [];
  const old = policyRules(before, plan.after);
  const fresh = policyRules(after, plan.after);
  const priorities = [...new Set([...old.keys(), ...fresh.keys()])];
  return priorities.flatMap((priority) =>
    differences(priority, old.get(priority), fresh.get(priority)).map((found) =>
      finding(address, nameOf(after), found),
    ),
  );
}

function finding(address: string, policy: string, { what, ranges = [], everybody }: Difference): Found {
  const message = `${policy}: ${what}`;
  return { address, message, what: [message, ...ranges], ...(everybody ? { severity: 'high' } : {}) };
}

/** Requests that a rule lets through from now on. */
interface Difference {
  readonly what: string;
  /** The IP ranges that it matches from now on; `what` names only a few. */
  readonly ranges?: readonly string[];
  /** Whether it concerns every IP address. */
  readonly everybody?: boolean;
}

function differences(priority: string, before: Values | undefined, after: Values | undefined): readonly Difference[] {
  const rule = `rule ${priority}`;
  const everybody = letsThrough(after) && matchesAll(after);
  const ranges = rangesOf(after);
  const allows =
    after?.action instanceof Unknown
      ? `has an action for ${matchOf(after)} that is ${shown(after.action)}`
      : `allows ${matchOf(after)}`;
  if (!before) return letsThrough(after) ? [{ what: `${rule} is new and ${allows}`, ranges, everybody }] : [];
  if (!after)
    return letsThrough(before)
      ? []
      : [{ what: `${rule} (${shown(before.action)} ${matchOf(before)}) is removed`, everybody: deniesAll(before) }];
  const found: Difference[] = [];
  if (!letsThrough(before) && letsThrough(after))
    found.push({ what: `${rule} turns from ${fromTo(before.action, after.action)}`, everybody });
  if (!isTrue(before.preview) && isTrue(after.preview))
    found.push({ what: `${rule} is only previewed, no longer enforced`, everybody: deniesAll(before) });
  if (matchesMore(before, after)) {
    const what = `${rule} (${shown(after.action)}) matches ${matchOf(after)} instead of ${matchOf(before)}`;
    found.push({ what, ranges, everybody: everybody && !matchesAll(before) });
  }
  const [from, to] = [threshold(before), threshold(after)];
  if (Number(shown(to)) > Number(shown(from)))
    found.push({ what: `${rule} allows more requests: ${fromTo(from, to)}` });
  return found;
}

/** Whether a rule denies all requests that no other rule allows. */
function deniesAll(rule: Values): boolean {
  return /^deny/.test(shown(rule.action)) && matchesAll(rule);
}

function letsThrough(rule: Values | undefined): boolean {
  // What is not known may be to allow.
  return shown(rule?.action) === 'allow' || rule?.action instanceof Unknown;
}

/** Whether another match lets more through: an allow rule gains ranges, or another rule loses some. */
function matchesMore(before: Values, after: Values): boolean {
  if (matchOf(before, ALL) === matchOf(after, ALL)) return false;
  const [old, fresh] = [rangesOf(before), rangesOf(after)];
  if (old.length === 0 || fresh.length === 0) return true;
  const [wide, narrow] = letsThrough(after) ? [old, fresh] : [fresh, old];
  return !narrow.every((range) => wide.includes(range));
}

function matchesAll(rule: Values | undefined): boolean {
  return rangesOf(rule).some((range) => ['*', '0.0.0.0/0', '::/0'].includes(range));
}

function threshold(rule: Values): Value {
  return argument(rule, 'rate_limit_options.rate_limit_threshold.count');
}

function rangesOf(rule: Values | undefined): readonly string[] {
  const { config } = block(rule?.match);
  const { src_ip_ranges } = block(rule?.network_match);
  return [...list(block(config).src_ip_ranges), ...list(src_ip_ranges)].map(shown).sort();
}

const ALL = Number.POSITIVE_INFINITY;

function matchOf(rule: Values | undefined, mostRanges?: number): string {
  const ranges = rangesOf(rule);
  return (
    series(ranges, mostRanges) || shown(block(block(rule?.match).expr).expression) || 'an expression that is not known'
  );
}

/** The rules of two different policies are not compared: the new policy may be laxer. */
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
