import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { exposureMarkdown } from '../../exposure';
import { type PlanReview, reviewJson } from '../../review';
import { reviewOfText } from './reviewed';

/** Plans of modules and samples of others, reduced to the parts that were once read wrongly. */
const PLANS = readFileSync(join(__dirname, 'inputs/other-terraform.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map((line): { readonly name: string; readonly plan: unknown } => JSON.parse(line));

function review(name: string): PlanReview {
  const found = PLANS.find((each) => each.name === name);
  if (!found) throw new Error(`there is no plan ${name}`);
  return reviewOfText(JSON.stringify(found.plan));
}

const MODULES_BINDING = 'module.pub.google_cloud_run_v2_service_iam_binding.binding["roles/run.invoker"]';

/** The facts about each: findings, and the summary of the report. */
const TRUE: Readonly<Record<string, { readonly found: readonly string[]; readonly summary: string }>> = {
  'unknown-member-set-hides-allUsers': {
    found: [
      'high not-understood google_cloud_run_v2_service_iam_binding.s',
      'medium caller-added google_cloud_run_v2_service.s',
    ],
    summary: '1 of 1 service answers requests from the internet, 0 of them from anyone, 1 cannot be determined.',
  },
  'sensitive-members-hide-allUsers': {
    found: [
      'high not-understood google_cloud_run_v2_service_iam_binding.s',
      'medium caller-added google_cloud_run_v2_service.s',
    ],
    summary: '1 of 1 service answers requests from the internet, 0 of them from anyone, 1 cannot be determined.',
  },
  'invoker-check-unknown': {
    found: ['high gate-unknown google_cloud_run_v2_service.web'],
    summary: '1 of 1 service answers requests from the internet, 0 of them from anyone, 1 cannot be determined.',
  },
  'allUsers-on-unknown-target-in-module': {
    found: [`critical public-service ${MODULES_BINDING}`],
    summary: '1 of 1 service answers requests from the internet, 0 of them from anyone, 1 cannot be determined.',
  },
  'project-number-grant-missed': {
    found: ['medium caller-added google_project_iam_member.all'],
    summary: '1 of 1 service answers requests from the internet, 0 of them from anyone.',
  },
  'unknown-project-taken-for-provider-project': {
    found: ['high not-understood google_project_iam_member.g'],
    summary: '1 of 1 service answers requests from the internet, 0 of them from anyone.',
  },
  'for-each-map-of-negs-lumped': {
    found: [
      'critical public-service google_cloud_run_v2_service.api',
      'medium public-name-added google_compute_global_forwarding_rule.f',
    ],
    summary: '0 of 1 service answer requests from the internet, 1 cannot be determined.',
  },
  'function-gen2-ingress-opened': {
    found: [
      'critical public-service google_cloudfunctions2_function.fn',
      'high ingress-widened google_cloudfunctions2_function.fn',
    ],
    summary: '1 of 1 service answers requests from the internet, 1 of them from anyone.',
  },
  'function-gen2-cf2-iam-allUsers': {
    found: ['critical public-service google_cloudfunctions2_function.fn'],
    summary: '1 of 1 service answers requests from the internet, 1 of them from anyone.',
  },
  'condition-expression-widened': {
    found: ['high condition-changed google_project_iam_member.c'],
    summary: '1 of 1 service answers requests from the internet, 0 of them from anyone.',
  },
  'binary-authorization-removed': {
    found: ['high binary-authorization-loosened google_cloud_run_v2_service.s'],
    summary: '1 of 1 service answers requests from the internet, 0 of them from anyone.',
  },
  'ingress-all-to-sensitive-all': {
    found: [],
    summary: '0 of 1 service answer requests from the internet, 1 cannot be determined.',
  },
  'data-service-called-nobody': {
    found: ['medium public-name-added google_cloud_run_domain_mapping.d'],
    summary: '1 of 1 service answers requests from the internet, 0 of them from anyone, 1 cannot be determined.',
  },
  'lb-through-local-headline-says-internal': {
    found: ['critical public-service google_cloud_run_v2_service.api', 'high not-understood google_compute_url_map.u'],
    summary: '0 of 1 service answer requests from the internet, 1 cannot be determined.',
  },
  'v1-annotations-unknown': {
    found: ['high gate-unknown google_cloud_run_service.s'],
    summary: '0 of 1 service answer requests from the internet, 1 cannot be determined.',
  },
  'indirect-access-silent': {
    found: [
      'high indirect-access google_project_iam_member.p',
      'high indirect-access google_service_account_iam_member.i',
      'high organization-policy-opened google_org_policy_policy.o',
    ],
    summary: '1 of 1 service answers requests from the internet, 0 of them from anyone.',
  },
  'secret-env-becomes-plaintext': {
    found: [
      'medium secret-in-plain-text google_cloud_run_v2_service.s',
      'low new-revision google_cloud_run_v2_service.s',
    ],
    summary: '1 of 1 service answers requests from the internet, 0 of them from anyone.',
  },
};

test.each(PLANS)('$name: the true facts are reported', ({ name }) => {
  const reviewed = review(name);
  const { findings, after } = reviewed;
  const { found, summary } = TRUE[name] ?? { found: [], summary: '' };
  expect(findings.map(({ severity, rule, address }) => `${severity} ${rule} ${address}`)).toEqual(found);
  expect(findings.map(({ message }) => message)).toMatchSnapshot();
  expect(exposureMarkdown({ stacks: [after] })).toContain(summary);
  expect(reviewJson([reviewed])).not.toContain('do-not-print-me');
});

test('an unknown set is not reduced to its known part', () => {
  const [service] = review('sensitive-members-hide-allUsers').after.services;
  expect(service).toMatchObject({
    authentication: '(known after apply)',
    callers: ['(sensitive value)', 'serviceAccount:caller@acme-prod.iam.gserviceaccount.com'],
    doubts: ['who else may call is not known'],
  });
});

test('one of several endpoint groups may lead to a service: this is not reported as certain', () => {
  const { findings } = review('for-each-map-of-negs-lumped');
  expect(findings.map(({ message }) => message)).toEqual([
    'api may become callable by anyone on the internet at http://*/ (it is new)',
    '* may lead to api, for anyone',
  ]);
});

test('a service of another stack is never reported as called by nobody', () => {
  const [service] = review('data-service-called-nobody').after.services;
  expect(service).toMatchObject({ authentication: '(not in this stack)', callers: ['(not in this stack)'] });
});

test('a secret that becomes a plain value is not shown', () => {
  expect(JSON.stringify(review('secret-env-becomes-plaintext'))).not.toContain('do-not-print-me');
});
