import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { reviewJson } from '../../review';
import { reviewOfText } from './reviewed';

/** Small plans of Terraform that this project did not write, and the expected findings for each. */
const PLANS: readonly (readonly [name: string, findings: readonly string[]])[] = [
  [
    'function-gen2-ingress-opened',
    [
      'critical public-service google_cloudfunctions2_function.fn',
      'high ingress-widened google_cloudfunctions2_function.fn',
    ],
  ],
  ['function-gen2-cf2-iam-allUsers', ['critical public-service google_cloudfunctions2_function.fn']],
  ['condition-expression-widened', ['high condition-changed google_project_iam_member.c']],
  ['binary-authorization-removed', ['high binary-authorization-loosened google_cloud_run_v2_service.s']],
  [
    'indirect-access-silent',
    [
      'high indirect-access google_project_iam_member.p',
      'high indirect-access google_service_account_iam_member.i',
      'high organization-policy-opened google_org_policy_policy.o',
    ],
  ],
  [
    'secret-env-becomes-plaintext',
    ['medium secret-in-plain-text google_cloud_run_v2_service.s', 'low new-revision google_cloud_run_v2_service.s'],
  ],
];

test.each(PLANS)('%s', (name, findings) => {
  const reviewed = reviewOfText(readFileSync(join(__dirname, 'foreign-plans', `${name}.json`), 'utf8'));
  expect(reviewed.findings.map(({ severity, rule, address }) => `${severity} ${rule} ${address}`)).toEqual(findings);
  expect(reviewed.findings.map(({ message }) => message)).toMatchSnapshot();
  expect(reviewJson([reviewed])).not.toContain('do-not-print-me');
});
