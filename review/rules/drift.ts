import type { PlanJson } from '../../exposure';
import { differencesOf, differenceWords } from '../exposure-difference';
import { API, INTERNAL, planOf, service, unchanged, updated } from '../fragment';
import { pairServices } from '../reviewed-plan';
import type { Found, Rule } from '../rule';
import { isDestroyed, series, withoutEchoes } from '../wording';

/** Types whose drift can change who reaches a service, or the service itself. */
const CONCERNED =
  /^google_(cloud_run|iap_|project_iam|compute_(backend|url_map|region_(backend|url_map|network)|security_policy|target|global_(forw|addr)|managed_ssl))/;

export const drift: Rule = {
  id: 'drift',
  severity: 'low',
  finds: 'Terraform found something changed by other means; if that changed who can reach a service, it says how',
  remedy: 'apply, to undo what was changed by other means, or write it into the configuration to keep it',
  find: ({ plan, recorded, before }) => {
    if (plan.drift.length === 0) return [];
    const changed = plan.drift.flatMap((change): readonly Found[] => {
      // An etag changes with every grant that somebody makes on the same service.
      const what = isDestroyed(change) ? 'it is gone' : series(withoutEchoes(change.changed));
      if (!CONCERNED.test(change.type) || what === '') return [];
      return [{ address: change.address, message: `was changed outside Terraform: ${what}` }];
    });
    const reach = pairServices(recorded, before).flatMap((pair): readonly Found[] => {
      const differences = differencesOf(pair, recorded.exposure.identities, before.exposure.identities);
      if (differences.length === 0) return [];
      return [
        {
          address: pair.address,
          message: `who can reach ${pair.name} changed outside Terraform: ${series(differences.map(differenceWords))}`,
        },
      ];
    });
    return [...reach, ...changed];
  },
  example: {
    found: drifted(planOf(updated(API, service(), INTERNAL)), planOf(updated(API, service(INTERNAL), service()))),
    notFound: planOf(unchanged(API, service())),
  },
};

function drifted(plan: PlanJson, drift: PlanJson): PlanJson {
  return { ...plan, resource_drift: drift.resource_changes };
}
