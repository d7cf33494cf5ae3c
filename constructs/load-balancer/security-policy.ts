import {
  ComputeSecurityPolicy,
  type ComputeSecurityPolicyRule,
} from '@cdktf/provider-google/lib/compute-security-policy';
import { referenceTo } from '../core/address';
import { wholeSeconds } from '../core/duration';
import { isToken } from '../core/literal';
import { sortedSet } from '../core/order';
import { textOf } from '../core/token';
import type { ExistingResource, Parts } from './parts';
import { WAF_RULE_SETS } from './waf-rule-sets';

/** A limit on how many requests a client may send. */
export interface RateLimit {
  /** Requests in an interval. Further requests get 429. */
  readonly count: number;
  /** The interval: `10s`, `30s`, `1m`, `2m`, `3m`, `4m`, `5m`, `10m`, `15m`, `20m`, `30m`, `45m` or `1h`. */
  readonly interval: number | string;
  /**
   * What identifies a client.
   * @default "ip"
   * @gcloud --enforce-on-key
   */
  readonly by?: 'all' | 'ip' | 'xff-ip' | 'user-ip' | 'http-path' | 'region-code' | 'sni';
}

/** One of Google's rule sets against common attacks, with its settings. */
export interface PreconfiguredWaf {
  /** The rule set, such as `sqli-v33-stable`. */
  readonly name: string;
  /**
   * From 1 (few false positives) to 4 (all signatures); 0 disables every signature.
   * @default 1
   */
  readonly sensitivity?: 0 | 1 | 2 | 3 | 4;
  /**
   * Whether to only log what the rule set would deny, and deny nothing.
   * @default false
   */
  readonly preview?: boolean;
}

/** A rule of your own. */
export interface SecurityRule {
  /** Rules are tried from the lowest number up. The first rule that matches decides. */
  readonly priority: number;
  /** The requests that it matches, in Cloud Armor's rules language: `request.path.startsWith('/admin')`. */
  readonly expression: string;
  /**
   * What happens to a request that matches; `deny` returns 403.
   * @gcloud --action
   */
  readonly action: 'allow' | 'deny' | 'deny-403' | 'deny-404' | 'deny-502';
  /**
   * Whether to only log what the rule would do, and do nothing.
   * @default false
   */
  readonly preview?: boolean;
}

/** The requests that Cloud Armor allows. The keys are tried in the order of their priorities; each of `rules` has a priority of its own. */
export interface SecurityPolicyProps {
  /**
   * IP addresses and CIDR ranges that are refused (priorities 1000 to 1999).
   * @default none
   */
  readonly deny?: readonly string[];
  /**
   * Google's rule sets against common attacks, by name or with settings (priorities 2000 to 2999).
   * @default none
   */
  readonly preconfiguredWaf?: readonly (string | PreconfiguredWaf)[];
  /**
   * How many requests a client may send (priorities 3000 to 3999). It counts all requests, or, with `default: deny`, those from `allow`.
   * For the requests it counts, it decides, and no later rule is tried.
   * @default no limit
   */
  readonly rateLimit?: RateLimit;
  /**
   * IP addresses and CIDR ranges that are allowed with `default: deny` (priorities 4000 to 4999).
   * @default none
   */
  readonly allow?: readonly string[];
  /**
   * Rules of your own, each with a priority below 2147483647.
   * @default none
   */
  readonly rules?: readonly SecurityRule[];
  /**
   * What happens to a request that no rule matches.
   * @default "allow"
   */
  readonly default?: 'allow' | 'deny';
  /**
   * Whether Google analyzes the traffic for attacks and proposes rules.
   * @default false
   * @gcloud --enable-layer7-ddos-defense
   */
  readonly adaptiveProtection?: boolean;
}

/** The priority of the rule for all other requests. Every policy has this rule. */
export const DEFAULT_PRIORITY = 2147483647;
/** The first priority of the generated rules of each kind. */
export const FIRST_PRIORITY = { deny: 1000, preconfiguredWaf: 2000, rateLimit: 3000, allow: 4000 } as const;
/** Cloud Armor, "Quotas and limits": a rule matches at most ten ranges. */
export const RANGES_PER_RULE = 10;
/** The number of priorities for each kind of generated rule. */
export const RULES_PER_LIST = 1000;

/** A Cloud Armor policy, made here or existing. */
export class SecurityPolicy {
  /** The resource that Terraform creates; undefined for an existing policy. */
  readonly resource?: ComputeSecurityPolicy;
  /** The policy as an argument of backend services. */
  readonly id: string;

  constructor(
    parts: Parts,
    suffix: string,
    policy: SecurityPolicyProps | ExistingResource,
    path: readonly (string | number)[],
  ) {
    if ('existing' in policy) {
      this.id = parts.existing('global/securityPolicies', policy.existing);
      return;
    }
    this.resource = renderSecurityPolicy(parts, suffix, policy, path);
    this.id = referenceTo(this.resource, 'id');
  }
}

function renderSecurityPolicy(
  parts: Parts,
  suffix: string,
  policy: SecurityPolicyProps,
  path: readonly (string | number)[],
): ComputeSecurityPolicy {
  const { adaptiveProtection: enable } = policy;
  return parts.add(
    ComputeSecurityPolicy,
    suffix,
    {
      name: parts.named(suffix === '' ? [] : [suffix]),
      type: 'CLOUD_ARMOR',
      rule: securityRules(policy),
      // Without the block it is off. Whether the API reports a block with `enable: false` is not documented.
      adaptiveProtectionConfig:
        enable === undefined ? undefined : { layer7DdosDefenseConfig: { enable, ruleVisibility: 'STANDARD' } },
    },
    { path, apis: ['compute'] },
  );
}

/** All rules of a policy in the order in which Cloud Armor tries them. */
export function securityRules(policy: SecurityPolicyProps): ComputeSecurityPolicyRule[] {
  const { allow, deny, preconfiguredWaf, rateLimit, rules, default: otherwise = 'allow' } = policy;
  const closed = otherwise === 'deny';
  const generated = [
    ...rangeRules(deny, FIRST_PRIORITY.deny, { action: 'deny(403)', description: 'deny list' }),
    ...(preconfiguredWaf ?? []).map(wafRule),
    ...(rateLimit && !closed
      ? [{ priority: FIRST_PRIORITY.rateLimit, match: ranges(['*']), ...throttle(rateLimit) }]
      : []),
    ...(rateLimit && closed ? rangeRules(allow, FIRST_PRIORITY.rateLimit, throttle(rateLimit)) : []),
    ...(closed && !rateLimit
      ? rangeRules(allow, FIRST_PRIORITY.allow, { action: 'allow', description: 'allow list' })
      : []),
    ...(rules ?? []).map(ownRule),
    {
      priority: DEFAULT_PRIORITY,
      action: closed ? 'deny(403)' : 'allow',
      description: 'everything else',
      match: ranges(['*']),
    },
  ];
  return generated.map((rule) => ({ preview: false, ...rule })).sort((a, b) => a.priority - b.priority);
}

type RuleOutcome = Pick<ComputeSecurityPolicyRule, 'action' | 'description' | 'rateLimitOptions'>;

function rangeRules(
  list: readonly string[] | undefined,
  first: number,
  outcome: RuleOutcome,
): ComputeSecurityPolicyRule[] {
  const sorted = sortedSet(list ?? []);
  return Array.from({ length: Math.ceil(sorted.length / RANGES_PER_RULE) }, (_, index) => ({
    priority: first + index,
    match: ranges(sorted.slice(index * RANGES_PER_RULE, (index + 1) * RANGES_PER_RULE)),
    ...outcome,
  }));
}

function ranges(srcIpRanges: string[]): ComputeSecurityPolicyRule['match'] {
  return { versionedExpr: 'SRC_IPS_V1', config: { srcIpRanges } };
}

/** The priority depends on the name, so that adding or removing a rule set does not change the priority of another. */
function wafRule(set: string | PreconfiguredWaf): ComputeSecurityPolicyRule {
  const { name, sensitivity = 1, preview = false } = typeof set === 'string' ? { name: set } : set;
  return {
    priority: FIRST_PRIORITY.preconfiguredWaf + WAF_RULE_SETS.indexOf(name),
    action: 'deny(403)',
    description: `preconfigured WAF ${name}`,
    preview,
    match: { expr: { expression: `evaluatePreconfiguredWaf('${name}', {'sensitivity': ${textOf(sensitivity)}})` } },
  };
}

function throttle({ count, interval, by = 'ip' }: RateLimit): RuleOutcome {
  return {
    action: 'throttle',
    description: 'rate limit',
    rateLimitOptions: {
      conformAction: 'allow',
      exceedAction: 'deny(429)',
      enforceOnKey: by.toUpperCase().replaceAll('-', '_'),
      rateLimitThreshold: { count, intervalSec: wholeSeconds(interval) },
    },
  };
}

function ownRule({ priority, expression, action, preview = false }: SecurityRule): ComputeSecurityPolicyRule {
  const [, status = '403'] = action.split('-');
  return {
    priority,
    action: action === 'allow' || isToken(action) ? action : `deny(${status})`,
    description: 'own rule',
    preview,
    match: { expr: { expression } },
  };
}
