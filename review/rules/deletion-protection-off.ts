import { isTrue, shown } from '../../exposure';
import { API, planOf, service, updated } from '../fragment';
import type { Rule } from '../rule';
import { fromTo } from '../wording';

const WORKER = 'google_cloud_run_v2_service.worker';

export const deletionProtectionOff: Rule = {
  id: 'deletion-protection-off',
  severity: 'high',
  finds: 'deletion protection is switched off: the next plan may destroy or replace the service',
  remedy: 'set deletion_protection = true',
  find: ({ changes }) =>
    changes.flatMap(({ type, address, before, after }) => {
      if (type !== 'google_cloud_run_v2_service' || !before || !after) return [];
      const [from, to] = [before.values, after.values];
      const off =
        isTrue(from.deletion_protection) && !isTrue(to.deletion_protection)
          ? 'deletion_protection true → false'
          : // The google provider has this in 7.x.
            from.deletion_policy === 'PREVENT' && to.deletion_policy !== 'PREVENT'
            ? `deletion_policy ${fromTo(from.deletion_policy, to.deletion_policy)}`
            : undefined;
      return off === undefined
        ? []
        : [{ address, message: `${shown(to.name)} is no longer protected from deletion: ${off}` }];
    }),
  example: {
    found: planOf(
      updated(API, service(), { deletion_protection: false }),
      updated(WORKER, service({ name: 'worker', deletion_policy: 'PREVENT' }), { deletion_policy: 'DELETE' }),
    ),
    notFound: planOf(updated(API, service({ deletion_protection: false }), { deletion_protection: true })),
  },
};
