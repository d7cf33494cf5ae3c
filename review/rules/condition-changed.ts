import { callerWords } from '../../exposure';
import { type ConditionDifference, conditionsChanged } from '../caller-difference';
import { API, planOf, replaced, service, unchanged } from '../fragment';
import type { Rule } from '../rule';
import { series } from '../wording';

const GRANT = 'google_project_iam_member.developers';
const granted = (expression: string) => ({
  project: 'acme-prod',
  role: 'roles/run.invoker',
  member: 'domain:example.com',
  condition: [{ title: 'only-dev', expression }],
});

export const conditionChanged: Rule = {
  id: 'condition-changed',
  severity: 'high',
  finds: 'a caller may call under another IAM condition, or without one, where the grant itself stays',
  remedy: 'put the expression of the condition back: its title has no effect on access',
  find: (plan) =>
    conditionsChanged(plan).map((difference) => ({
      address: difference.address,
      causes: difference.causes,
      message: `${callerWords(difference.principal, plan.after.exposure.identities)} may call ${series(difference.services)} ${how(difference)}`,
      what: difference.services.flatMap((service) =>
        difference.after.map(
          (condition) => `${difference.principal} calls ${service}${condition ? ` if ${condition}` : ''}`,
        ),
      ),
    })),
  example: {
    found: planOf(
      unchanged(API, service()),
      replaced(GRANT, granted('resource.name.endsWith("/services/dev")'), granted('true'), 'condition'),
    ),
    notFound: planOf(
      unchanged(API, service()),
      replaced(
        GRANT,
        granted('resource.name.endsWith("/services/dev")'),
        { condition: [{ title: 'dev', expression: 'resource.name.endsWith("/services/dev")' }] },
        'condition',
      ),
    ),
  },
};

function how({ before, after }: ConditionDifference): string {
  if (after.includes(undefined)) return `without a condition from now on: if ${series(before.map(String))} → always`;
  if (before.includes(undefined)) return `under a condition only: always → if ${series(after.map(String))}`;
  return `under another condition: if ${series(before.map(String))} → if ${series(after.map(String))}`;
}
