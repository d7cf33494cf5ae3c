import { SERVICE_TYPES } from '../../exposure';
import { argumentChanges } from '../argument-change';
import { API, planOf, service, updated } from '../fragment';
import type { Rule } from '../rule';
import { isScaling } from '../scaling-arguments';
import { isReplaced, nameOf, series } from '../wording';

export const scalingChanged: Rule = {
  id: 'scaling-changed',
  severity: 'low',
  finds: 'scaling, concurrency, timeout, CPU or memory changes',
  remedy: 'set the argument back',
  find: ({ changes }) =>
    changes.flatMap((change) => {
      // The settings of a replacement are not known before apply.
      if (!SERVICE_TYPES.some((type) => type === change.type) || isReplaced(change)) return [];
      const changed = argumentChanges(change, isScaling).map((words) =>
        words.replace(/^(template|service_config)\./, ''),
      );
      if (changed.length === 0) return [];
      const settings = series(changed);
      return [
        { address: change.address, message: `${nameOf(change.after)} scales or is limited differently: ${settings}` },
      ];
    }),
  example: {
    found: planOf(
      updated(API, service({ template: [{ scaling: [{ max_instance_count: 10 }] }] }), {
        template: [{ scaling: [{ max_instance_count: 100 }] }],
      }),
    ),
    notFound: planOf(updated(API, service(), { labels: { team: 'support' } })),
  },
};
