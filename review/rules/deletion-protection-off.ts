import { isTrue, shown } from '../../exposure';
import { API, planOf, service, updated } from '../fragment';
import type { Rule } from '../rule';

export const deletionProtectionOff: Rule = {
  id: 'deletion-protection-off',
  severity: 'high',
  finds: 'deletion protection is switched off: the next plan may destroy or replace the service',
  remedy: 'set deletion_protection = true',
  find: ({ changes }) =>
    changes
      .filter(({ type, before, after }) => {
        const protectedBefore = isTrue(before?.values.deletion_protection);
        return (
          type === 'google_cloud_run_v2_service' &&
          after &&
          protectedBefore &&
          !isTrue(after.values.deletion_protection)
        );
      })
      .map(({ address, after }) => ({
        address,
        message: `${shown(after?.values.name)} is no longer protected from deletion: deletion_protection true → false`,
      })),
  example: {
    found: planOf(updated(API, service(), { deletion_protection: false })),
    notFound: planOf(updated(API, service({ deletion_protection: false }), { deletion_protection: true })),
  },
};
