import { computeName, isRange } from './connections';
import { atMost, blocksIn, form, numbersAt, type Rule, stringsAt, within } from './rules';

const YEAR = 31_622_400;

/** cloud.google.com/compute/docs/reference/rest/v1/backendServices, and Load Balancing, "Create custom headers" */
export const backendServiceRules: readonly Rule[] = [
  computeName,
  within('cdn_policy.default_ttl', 0, YEAR),
  within('cdn_policy.max_ttl', 0, YEAR),
  within('cdn_policy.client_ttl', 0, YEAR),
  within('cdn_policy.serve_while_stale', 0, 604_800),
  (service) => {
    const [most] = numbersAt(service, 'cdn_policy.max_ttl');
    const others = [...numbersAt(service, 'cdn_policy.default_ttl'), ...numbersAt(service, 'cdn_policy.client_ttl')];
    return most !== undefined && others.some((ttl) => ttl > most)
      ? "Invalid value for field 'resource.cdnPolicy': a TTL is longer than maxTtl"
      : undefined;
  },
  ...['custom_request_headers', 'custom_response_headers'].flatMap((path) => [
    atMost(path, 16),
    form(
      path,
      /^(?!(?:authority|cdn-loop|connection|host|keep-alive|proxy-\w+|te|trailer|transfer-encoding|upgrade|x-user-ip|x-google[^:]*|x-goog-[^:]*|x-gfe[^:]*|x-amz-[^:]*):)[!#$%&'*+.^_`|~\w-]+:\P{Cc}*$/iu,
      'the header is not allowed',
    ),
  ]),
];

/** cloud.google.com/compute/docs/reference/rest/v1/securityPolicies, and Cloud Armor, "Quotas and limits" */
export const securityPolicyRules: readonly Rule[] = [
  computeName,
  (policy) => {
    const rules = blocksIn(policy, 'rule');
    if (rules.some((rule) => stringsAt(rule, 'match.config.src_ip_ranges').length > 10))
      return 'At most 10 source IP ranges';
    const range = stringsAt(policy, 'rule.match.config.src_ip_ranges').find((text) => !isRange(text));
    if (range !== undefined) return `Invalid value for field 'srcIpRanges': '${range}'`;
    return stringsAt(policy, 'rule.match.expr.expression').some((text) => text.length > 2048)
      ? 'The expression is too long'
      : undefined;
  },
  within('rule.priority', 0, 2 ** 31 - 1),
];

/** Rules of all other resources of Compute Engine. */
export const computeRules: readonly Rule[] = [computeName];
