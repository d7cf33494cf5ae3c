import { isIPv4, isIPv6 } from 'node:net';
import { parseDuration } from '../core/duration';
import { isToken } from '../core/literal';
import { sortedEntries } from '../core/order';
import type { ExternalLoadBalancer } from '../load-balancer/external-load-balancer';
import {
  DEFAULT_PRIORITY,
  FIRST_PRIORITY,
  RANGES_PER_RULE,
  RULES_PER_LIST,
  type SecurityPolicyProps,
  securityRules,
} from '../load-balancer/security-policy';
import { WAF_RULE_SETS } from '../load-balancer/waf-rule-sets';
import { type Check, exampleFile, type Problem } from './check';
import { INT32_MAX } from './limits';

/** API reference, `rateLimitThreshold.intervalSec` */
const INTERVALS = [10, 30, 60, 120, 180, 240, 300, 600, 900, 1200, 1800, 2700, 3600];

/** Cloud Armor, "Quotas and limits". */
const EXPRESSION_LENGTH = 2048;

/** Cloud Armor policies of load balancers. */
export const securityPolicyChecks: readonly Check<ExternalLoadBalancer>[] = [
  {
    code: 'security-policy-range',
    severity: 'error',
    summary: '`allow` and `deny` contain IP addresses or CIDR ranges, IPv4 or IPv6.',
    example: withPolicy('deny: [203.0.113.0/33]'),
    *find({ props }) {
      for (const { policy, path } of policiesOf(props)) {
        for (const key of ['allow', 'deny'] as const) {
          for (const [index, range] of (policy[key] ?? []).entries()) {
            if (isToken(range) || isRange(range)) continue;
            const remedy = "write it like '203.0.113.0/24' or '2001:db8::/32'";
            yield { path: [...path, key, index], message: `'${range}' is not a CIDR range`, remedy };
          }
        }
      }
    },
  },
  {
    code: 'security-policy-priority',
    severity: 'error',
    summary: `A priority is from 0 to ${DEFAULT_PRIORITY - 1} and belongs to one rule. Generated rules have ${FIRST_PRIORITY.deny} and up (deny list), ${FIRST_PRIORITY.preconfiguredWaf} and up (rule sets), ${FIRST_PRIORITY.rateLimit} and up (rate limit) and ${FIRST_PRIORITY.allow} and up (allow list).`,
    example: withPolicy(
      `rules: [{priority: 5, expression: "true", action: deny}, {priority: 5, expression: "true", action: allow}]`,
    ),
    *find({ props }) {
      for (const { policy, path } of policiesOf(props)) {
        const { rules = [], ...others } = policy;
        const taken = new Map(securityRules(others).map(({ priority, description }) => [priority, description]));
        for (const [index, { priority }] of rules.entries()) {
          const at = [...path, 'rules', index, 'priority'];
          if (!Number.isInteger(priority) || priority < 0 || priority > DEFAULT_PRIORITY) {
            const remedy = `write a whole number from 0 to ${DEFAULT_PRIORITY - 1}`;
            yield { path: at, message: `${priority} is not a priority`, remedy };
          } else if (taken.has(priority)) {
            const message = `the priority ${priority} belongs to another rule already: ${taken.get(priority)}`;
            yield { path: at, message, remedy: 'use another' };
          }
          taken.set(priority, `rules.${index}`);
        }
      }
    },
  },
  {
    code: 'security-policy-size',
    severity: 'error',
    summary: `A list of ranges has at most ${RULES_PER_LIST} rules, one for each priority, with ${RANGES_PER_RULE} ranges each. An expression has at most ${EXPRESSION_LENGTH} characters (Cloud Armor, "Quotas and limits").`,
    example: withPolicy(`rules: [{priority: 5, expression: "${'true || '.repeat(260)}true", action: deny}]`),
    *find({ props }) {
      for (const { policy, path } of policiesOf(props)) {
        for (const key of ['allow', 'deny'] as const) {
          const count = new Set(policy[key]).size;
          const most = RULES_PER_LIST * RANGES_PER_RULE;
          if (count <= most) continue;
          const remedy = `use at most ${most}, or refer to an address group in a policy of your own: {existing: …}`;
          yield { path: [...path, key], message: `${key} has ${count} ranges`, remedy };
        }
        for (const [index, { expression }] of (policy.rules ?? []).entries()) {
          if (isToken(expression) || expression.length <= EXPRESSION_LENGTH) continue;
          const message = `the expression has ${expression.length} characters`;
          yield {
            path: [...path, 'rules', index, 'expression'],
            message,
            remedy: `shorten it to ${EXPRESSION_LENGTH}`,
          };
        }
      }
    },
  },
  {
    code: 'security-policy-waf',
    severity: 'error',
    summary: "A preconfigured rule set is one of Cloud Armor's, each at most once, with a sensitivity from 0 to 4.",
    example: withPolicy('preconfiguredWaf: [sql-injection]'),
    *find({ props }) {
      for (const { policy, path } of policiesOf(props)) {
        const sets = (policy.preconfiguredWaf ?? []).map((set) => (typeof set === 'string' ? { name: set } : set));
        const names = sets.map(({ name }) => name);
        for (const [index, { name, sensitivity = 1 }] of sets.entries()) {
          const at = [...path, 'preconfiguredWaf', index];
          if (!WAF_RULE_SETS.includes(name)) {
            const remedy = `write one such as 'sqli-v33-stable': ${attacks().join(', ')}`;
            yield { path: at, message: `'${name}' is not a rule set of Cloud Armor`, remedy };
          } else if (names.indexOf(name) < index) {
            yield { path: at, message: `'${name}' is listed already`, remedy: 'list it once' };
          }
          if ([0, 1, 2, 3, 4].includes(sensitivity)) continue;
          const message = `${sensitivity} is not a sensitivity`;
          yield { path: [...at, 'sensitivity'], message, remedy: 'write a whole number from 0 to 4' };
        }
      }
    },
  },
  {
    code: 'security-policy-allow',
    severity: 'error',
    summary: '`allow` has an effect only if everything else is denied.',
    example: withPolicy('allow: [203.0.113.0/24]'),
    *find({ props }) {
      for (const { policy, path } of policiesOf(props)) {
        if (policy.default === 'deny' || !policy.allow) continue;
        const message = 'allow restricts nothing while everything is allowed';
        yield { path: [...path, 'allow'], message, remedy: "write 'default: deny', or remove allow" };
      }
    },
  },
  {
    code: 'security-policy-rate-limit',
    severity: 'error',
    summary: `A rate limit counts whole requests in an interval of ${INTERVALS.join(', ')} seconds. With \`default: deny\` it applies to the ranges in \`allow\`.`,
    example: withPolicy('rateLimit: {count: 100, interval: 45s}'),
    *find({ props }) {
      for (const { policy, path } of policiesOf(props)) {
        const { rateLimit, allow = [] } = policy;
        if (!rateLimit) continue;
        const at = [...path, 'rateLimit'];
        const { count, interval } = rateLimit;
        if (!Number.isInteger(count) || count < 1 || count > INT32_MAX) {
          const remedy = `write a whole number from 1 to ${INT32_MAX}`;
          yield { path: [...at, 'count'], message: `${count} is not a number of requests`, remedy };
        }
        if (!INTERVALS.includes(parseDuration(interval) ?? 0)) {
          const remedy = `write one of ${INTERVALS.join(', ')} seconds`;
          yield { path: [...at, 'interval'], message: `'${interval}' is not an interval of Cloud Armor`, remedy };
        }
        if (policy.default === 'deny' && allow.length === 0) {
          yield { path: at, message: 'everything is denied, so there is nothing to limit', remedy: "write 'allow'" };
        }
      }
    },
  },
  {
    code: 'security-policy-unreachable-rule',
    severity: 'error',
    summary: `A rate limit for all requests decides each request, so a rule after priority ${FIRST_PRIORITY.rateLimit} is never tried (Cloud Armor, "Throttle traffic": the conform action ends the evaluation).`,
    example: withPolicy(`rateLimit: {count: 100, interval: 1m}
    rules: [{priority: 5000, expression: "origin.region_code == 'AQ'", action: deny}]`),
    *find({ props }) {
      for (const { policy, path } of policiesOf(props)) {
        if (!policy.rateLimit || policy.default === 'deny') continue;
        for (const [index, { priority }] of (policy.rules ?? []).entries()) {
          if (priority <= FIRST_PRIORITY.rateLimit) continue;
          const message = `the rate limit decides on every request before the rule with priority ${priority}`;
          const remedy = `use a priority below ${FIRST_PRIORITY.rateLimit}`;
          yield { path: [...path, 'rules', index, 'priority'], message, remedy };
        }
      }
    },
  },
];

/** Every policy in the props, and its place. */
function policiesOf({ securityPolicy, backends }: ExternalLoadBalancer['props']): {
  policy: SecurityPolicyProps;
  path: NonNullable<Problem['path']>;
}[] {
  const all = [
    { policy: securityPolicy, path: ['securityPolicy'] },
    ...sortedEntries(backends).map(([key, backend]) => ({
      policy: backend.securityPolicy,
      path: ['backends', key, 'securityPolicy'],
    })),
  ];
  return all.flatMap(({ policy, path }) => (policy && !('existing' in policy) ? [{ policy, path }] : []));
}

function isRange(text: string): boolean {
  const [address = '', length, ...rest] = text.split('/');
  const bits = isIPv4(address) ? 32 : isIPv6(address) ? 128 : undefined;
  if (bits === undefined || rest.length > 0) return false;
  return length === undefined || (/^\d{1,3}$/.test(length) && Number(length) <= bits);
}

/** The names of the newest rule sets that Google recommends for production. */
function attacks(): string[] {
  return WAF_RULE_SETS.filter((name) => name.endsWith('-v33-stable'));
}

/** The text of a services.yaml with a service behind a Cloud Armor policy. */
function withPolicy(policy: string): string {
  return exampleFile(
    'web: {access: public, ingress: internal-and-cloud-load-balancing}',
    '',
    `edge:\n  domains: [www.example.com]\n  defaultService: web\n  securityPolicy:\n    ${policy}`,
  );
}
