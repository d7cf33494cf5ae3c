import { API, planOf, service, unchanged } from '../fragment';
import type { Rule } from '../rule';

export const incompletePlan: Rule = {
  id: 'incomplete-plan',
  severity: 'high',
  finds:
    'the plan leaves changes out (-target, or changes deferred to a later plan): what it does not hold is not reviewed',
  remedy: 'review a plan of the whole configuration before the next apply',
  find: ({ plan }) =>
    plan.complete ? [] : [{ address: '', message: 'the plan does not hold every change of the configuration' }],
  example: {
    found: { ...planOf(unchanged(API, service())), complete: false },
    notFound: planOf(unchanged(API, service())),
  },
};
