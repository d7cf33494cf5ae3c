import type { Behaviour, PlanRules } from '../behaviour';
import { Refusal } from '../errors';
import { type ObjectValue, objectsIn } from '../protocol/values';
import { storedObject } from '../stored';
import { oneOf } from '../validation';
import { computeName } from './compute-names';

const type = 'google_compute_security_policy';
const DEFAULT_PRIORITY = 2147483647;

const plan: PlanRules = {
  forceNew: ['name', 'project', 'type'],
  project: 'provider',
  labels: 'top',
  keptBlocks: ['rule', 'advanced_options_config', 'advanced_options_config.json_custom_config'],
  defaults: { 'rule.description': '', 'rule.match.versioned_expr': '' },
  // rulesCustomizeDiff: the plan refuses two rules with the same priority.
  customize: (planned) => {
    const priorities = objectsIn(planned.rule).map((rule) => rule.priority);
    const twice = priorities.find(
      (priority, at) => typeof priority === 'number' && priorities.indexOf(priority) !== at,
    );
    if (twice !== undefined)
      throw new Refusal(`Two rules have the same priority, please update one of the priorities: ${twice}`);
  },
};

const OPERATORS = oneOf('EQUALS', 'STARTS_WITH', 'ENDS_WITH', 'CONTAINS', 'EQUALS_ANY');

const KEYS = oneOf(
  'ALL',
  'IP',
  'HTTP_HEADER',
  'XFF_IP',
  'HTTP_COOKIE',
  'HTTP_PATH',
  'SNI',
  'REGION_CODE',
  'TLS_JA3_FINGERPRINT',
  'TLS_JA4_FINGERPRINT',
  'USER_IP',
  '',
);

export const computeSecurityPolicy: Behaviour = {
  type,
  source: 'google/services/compute/resource_compute_security_policy.go',
  plan,
  check: {
    values: {
      name: computeName,
      type: oneOf('CLOUD_ARMOR', 'CLOUD_ARMOR_EDGE', 'CLOUD_ARMOR_INTERNAL_SERVICE'),
      'rule.match.versioned_expr': oneOf('SRC_IPS_V1', ''),
      'adaptive_protection_config.layer_7_ddos_defense_config.rule_visibility': oneOf('STANDARD', 'PREMIUM'),
      'advanced_options_config.json_parsing': oneOf('DISABLED', 'STANDARD', 'STANDARD_WITH_GRAPHQL'),
      'advanced_options_config.log_level': oneOf('NORMAL', 'VERBOSE'),
      'rule.rate_limit_options.conform_action': oneOf('allow'),
      'rule.rate_limit_options.exceed_action': oneOf('redirect', 'deny(403)', 'deny(404)', 'deny(429)', 'deny(502)'),
      'rule.rate_limit_options.enforce_on_key': KEYS,
      'rule.rate_limit_options.enforce_on_key_configs.enforce_on_key_type': KEYS,
      'rule.rate_limit_options.exceed_redirect_options.type': oneOf('EXTERNAL_302', 'GOOGLE_RECAPTCHA'),
      'rule.redirect_options.type': oneOf('EXTERNAL_302', 'GOOGLE_RECAPTCHA'),
      'rule.preconfigured_waf_config.exclusion.request_header.operator': OPERATORS,
      'rule.preconfigured_waf_config.exclusion.request_cookie.operator': OPERATORS,
      'rule.preconfigured_waf_config.exclusion.request_uri.operator': OPERATORS,
      'rule.preconfigured_waf_config.exclusion.request_query_param.operator': OPERATORS,
    },
  },
  operations: storedObject(type, plan, {
    id: 'projects/{project}/global/securityPolicies/{name}',
    noun: 'SecurityPolicy',
    defaults: { type: 'CLOUD_ARMOR', 'rule.preview': false },
    // A policy always has a default rule: a configuration whose rules do not include it always shows a diff.
    settle: (policy) => {
      const rules = objectsIn(policy.rule);
      if (!rules.some((rule) => rule.priority === DEFAULT_PRIORITY)) policy.rule = [...rules, defaultRule()];
    },
    usedBy: [
      { type: 'google_compute_backend_service', path: 'security_policy', kind: 'security_policy' },
      { type: 'google_compute_backend_service', path: 'edge_security_policy', kind: 'security_policy' },
    ],
  }),
};

function defaultRule(): ObjectValue {
  return {
    action: 'allow',
    description: 'default rule',
    preview: false,
    priority: DEFAULT_PRIORITY,
    match: [{ versioned_expr: 'SRC_IPS_V1', config: [{ src_ip_ranges: ['*'] }] }],
  };
}
