import {
  block,
  blocks,
  isTrue,
  isValues,
  known,
  lastSegment,
  list,
  type Resource,
  shown,
  Unknown,
  type Value,
  type Values,
} from '../../exposure';
import { created, planOf, updated } from '../fragment';
import type { Rule } from '../rule';
import { series } from '../wording';

const POLICY = 'google_org_policy_policy.members';
const named = { name: 'projects/acme-prod/policies/iam.allowedPolicyMemberDomains', parent: 'projects/acme-prod' };
const allowing = (rule: Values) => ({ ...named, spec: [{ rules: [rule] }] });
const ONE_DOMAIN = allowing({ values: [{ allowed_values: ['C0example'] }] });

/** What is allowed from now on, by constraint (cloud.google.com/resource-manager/docs/organization-policy/org-policy-constraints). */
const MEANINGS: Readonly<Record<string, string>> = {
  'iam.allowedPolicyMemberDomains': 'roles may be granted to anyone, allUsers included',
  'iam.managed.allowedPolicyMembers': 'roles may be granted to more members',
  'run.allowedIngress': 'services may take requests from the internet',
  'run.managed.requireInvokerIam': 'services may switch their invoker check off',
  'run.allowedVPCEgress': 'services may send requests outside their VPC network',
  'run.allowedBinaryAuthorizationPolicies': 'services may run images that no policy allows',
};

export const organizationPolicyOpened: Rule = {
  id: 'organization-policy-opened',
  severity: 'high',
  finds: 'an organisation policy is less strict: it is removed, no longer enforced, or allows more values',
  remedy: 'put the rule of the policy back, or limit the exception to the project or tag that needs it',
  find: ({ changes }) =>
    changes.flatMap(({ address, type, before, after }) => {
      if (!POLICIES.has(type)) return [];
      const what = opened(before && ruleOf(before), after && ruleOf(after)) ?? hidden(before, after);
      const resource = after ?? before;
      if (what === undefined || !resource) return [];
      const constraint = constraintOf(resource);
      const meaning = MEANINGS[constraint];
      const message = `the organisation policy ${constraint} is less strict: ${what}${meaning ? `; ${meaning}` : ''}`;
      const { allowed, denied } = after ? ruleOf(after) : NOTHING;
      return [
        {
          address,
          message,
          what: [message, ...allowed.map((value) => `allowed ${value}`), `denied ${denied.join(', ') || 'none'}`],
        },
      ];
    }),
  example: {
    found: planOf(updated(POLICY, ONE_DOMAIN, allowing({ allow_all: 'TRUE' }))),
    notFound: planOf(created(POLICY, ONE_DOMAIN)),
  },
};

const POLICIES: ReadonlySet<string> = new Set([
  'google_org_policy_policy',
  'google_project_organization_policy',
  'google_folder_organization_policy',
  'google_organization_policy',
]);

/** What a policy forbids. */
interface PolicyRule {
  /** For a constraint that is on or off; undefined if the policy does not set it. */
  readonly enforced?: boolean;
  readonly allowed: readonly string[];
  readonly denied: readonly string[];
  /** Whether it resets the constraint to Google's default. */
  readonly reset: boolean;
  /** The parameters of a managed constraint, as JSON. */
  readonly parameters: string;
}

const ALL = 'all values';

function constraintOf({ values }: Resource): string {
  return (known(values.constraint) ?? lastSegment(shown(values.name))).replace(/^constraints\//, '');
}

function ruleOf({ type, values }: Resource): PolicyRule {
  return type === 'google_org_policy_policy' ? ruleOfSpec(block(values.spec)) : ruleOfLegacy(values);
}

function ruleOfSpec(spec: Values): PolicyRule {
  const rules = blocks(spec.rules);
  const enforcements = rules.filter(({ enforce }) => known(enforce) !== undefined);
  const listed = (name: 'allowed_values' | 'denied_values') =>
    rules.flatMap(({ values }) => list(block(values)[name]).map(shown));
  return {
    // A rule with a condition applies to some resources only.
    enforced:
      enforcements.length === 0
        ? undefined
        : enforcements.some(
            ({ enforce, condition }) => /^true$/i.test(shown(enforce)) && blocks(condition).length === 0,
          ),
    allowed: [
      ...listed('allowed_values'),
      ...(rules.some(({ allow_all }) => /^true$/i.test(shown(allow_all))) ? [ALL] : []),
    ],
    denied: [
      ...listed('denied_values'),
      ...(rules.some(({ deny_all }) => /^true$/i.test(shown(deny_all))) ? [ALL] : []),
    ],
    reset: isTrue(spec.reset),
    parameters: rules
      .map(({ parameters }) => shown(parameters))
      .join(' ')
      .trim(),
  };
}

function ruleOfLegacy({ boolean_policy, list_policy, restore_policy }: Values): PolicyRule {
  const values = (side: 'allow' | 'deny') => {
    const { all, values: some } = block(block(list_policy)[side]);
    return [...list(some).map(shown), ...(isTrue(all) ? [ALL] : [])];
  };
  const { enforced } = block(boolean_policy);
  return {
    enforced: enforced === undefined || enforced === null ? undefined : isTrue(enforced),
    allowed: values('allow'),
    denied: values('deny'),
    reset: isTrue(block(restore_policy).default),
    parameters: '',
  };
}

const NOTHING: PolicyRule = { allowed: [], denied: [], reset: false, parameters: '' };

/** What a policy no longer forbids, in words; undefined if it forbids as much or more. */
function opened(before: PolicyRule | undefined, after: PolicyRule | undefined): string | undefined {
  if (!after) return before && rulesOut(before) ? `it is removed (before: ${words(before)})` : undefined;
  const old = before ?? NOTHING;
  if (old.enforced !== false && after.enforced === false) return `enforced ${before ? 'yes' : 'as inherited'} → no`;
  if (old.enforced === true && after.enforced !== true) return 'enforced yes → no';
  if (after.reset && !old.reset)
    return `reset to Google's default (before: ${before ? words(before) : 'as inherited'})`;
  const allowed = after.allowed.filter((value) => !old.allowed.includes(value));
  const wider = before ? allowed.length > 0 && old.allowed.length > 0 : isWideOpen(allowed);
  if (wider || (allowed.includes(ALL) && !old.allowed.includes(ALL)))
    return `allowed ${before ? values(old.allowed) : 'as inherited'} → ${values(after.allowed)}`;
  if (old.allowed.length > 0 && after.allowed.length === 0 && !after.denied.includes(ALL))
    return `allowed ${values(old.allowed)} → not limited`;
  if (old.denied.some((value) => !after.denied.includes(value)))
    return `denied ${values(old.denied)} → ${values(after.denied)}`;
  return old.parameters !== '' && old.parameters !== after.parameters
    ? `parameters ${old.parameters} → ${after.parameters || 'none'}`
    : undefined;
}

/** That it cannot be determined, where something of a policy is not known that was before. */
function hidden(before: Resource | undefined, after: Resource | undefined): string | undefined {
  const names = ['spec', 'list_policy', 'boolean_policy', 'restore_policy'];
  const lost = names.find((name) => isHiddenIn(after?.values[name]) && !isHiddenIn(before?.values[name]));
  return lost === undefined ? undefined : `perhaps, which cannot be determined: something in ${lost} is not known`;
}

/** Whether something that the configuration sets is not known, or not shown. */
function isHiddenIn(value: Value): boolean {
  if (value instanceof Unknown) return value.written;
  if (Array.isArray(value)) return value.some(isHiddenIn);
  return isValues(value) && Object.values(value).some(isHiddenIn);
}

/** A new policy replaces the inherited one: it is reported if it allows everything. */
function isWideOpen(allowed: readonly string[]): boolean {
  return allowed.includes(ALL) || allowed.includes('all');
}

function rulesOut({ enforced, allowed, denied, parameters }: PolicyRule): boolean {
  return enforced === true || denied.length > 0 || parameters !== '' || (allowed.length > 0 && !allowed.includes(ALL));
}

function words({ enforced, allowed, denied, parameters }: PolicyRule): string {
  if (enforced !== undefined) return enforced ? 'enforced' : 'not enforced';
  if (denied.length > 0) return `denied ${values(denied)}`;
  return allowed.length > 0 ? `allowed ${values(allowed)}` : parameters || 'no rule';
}

function values(list: readonly string[]): string {
  return list.length === 0 ? 'none' : series(list);
}
