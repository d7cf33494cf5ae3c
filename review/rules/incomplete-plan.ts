import { API, planOf, service, unchanged } from '../fragment';
import type { Rule } from '../rule';

const WORKER = 'google_cloud_run_v2_service.worker';

export const incompletePlan: Rule = {
  id: 'incomplete-plan',
  severity: 'high',
  finds: 'the plan leaves changes out (-target, or changes deferred to a later plan): these changes are not reviewed',
  remedy: 'review a plan of the whole configuration before the next apply',
  find: ({ plan: { complete, deferred } }) => {
    if (complete) return [];
    if (deferred.length === 0)
      return [{ address: '', message: 'the plan does not hold every change of the configuration (-target)' }];
    return deferred.map(({ address, reason }) => ({
      address,
      message: `${address || 'a change'} is left to a later plan (${reason}): what it changes is not reviewed`,
    }));
  },
  example: {
    found: {
      ...planOf(unchanged(API, service())),
      complete: false,
      deferred_changes: [{ reason: 'instance_count_unknown', resource_change: { address: WORKER } }],
    },
    notFound: planOf(unchanged(API, service())),
  },
};
