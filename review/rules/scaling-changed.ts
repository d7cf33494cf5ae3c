import { type Change, known, SERVICE_TYPES, type Value, type Values } from '../../exposure';
import { API, planOf, service, updated } from '../fragment';
import type { Rule } from '../rule';
import { isScaling } from '../scaling-arguments';
import { argument, fromTo, nameOf, series } from '../wording';

export const scalingChanged: Rule = {
  id: 'scaling-changed',
  severity: 'low',
  finds: 'scaling, concurrency, timeout, CPU or memory changes',
  remedy: 'set the argument back',
  find: ({ changes }) =>
    changes.flatMap((change) => {
      const changed = change.changed.filter(isScaling);
      if (!SERVICE_TYPES.some((type) => type === change.type) || changed.length === 0) return [];
      const settings = series(changed.map((path) => setting(change, path)));
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

function setting({ before, after }: Change, path: string): string {
  const [from, to] = [settingOf(before?.values, path), settingOf(after?.values, path)];
  const scalar = known(from) !== undefined || known(to) !== undefined;
  return scalar ? `${path.replace(/^template\./, '')} ${fromTo(from, to)}` : path.replace(/^template\./, '');
}

/** The name of an annotation has dots of its own. */
function settingOf(values: Values | undefined, path: string): Value {
  const [, parent, annotation] = /^(.*\.annotations)\.(.+)$/.exec(path) ?? [];
  if (parent === undefined || annotation === undefined) return argument(values, path);
  const annotations = argument(values, parent);
  return (annotations as Values | undefined)?.[annotation];
}
