import { type Change, known, SERVICE_TYPES, type Value } from '../../exposure';
import { API, planOf, service, updated } from '../fragment';
import type { Rule } from '../rule';
import { isScaling } from '../scaling-arguments';
import { argument, fromTo, isReplaced, nameOf, series } from '../wording';

const IMAGE = 'europe-docker.pkg.dev/acme/apps/api';

export const newRevision: Rule = {
  id: 'new-revision',
  severity: 'low',
  finds: 'a new revision rolls out',
  remedy: 'nothing, if the image and the settings are those you mean to ship',
  find: ({ changes }) =>
    changes.flatMap((change) => {
      if (!SERVICE_TYPES.some((type) => type === change.type) || !change.after || isReplaced(change)) return [];
      const changed = change.changed.filter((path) => path.startsWith('template') && !isScaling(path));
      if (changed.length === 0) return [];
      const what = series([...image(change), ...changed.filter((path) => !path.endsWith('.image')).map(short)]);
      return [{ address: change.address, message: `a new revision of ${nameOf(change.after)} rolls out: ${what}` }];
    }),
  example: {
    found: planOf(
      updated(API, service({ template: [{ containers: [{ image: `${IMAGE}:1.0.0` }] }] }), {
        template: [{ containers: [{ image: `${IMAGE}:1.1.0` }] }],
      }),
    ),
    notFound: planOf(updated(API, service(), { description: 'Orders' })),
  },
};

/** The name of an argument without the blocks that every revision has. */
function short(path: string): string {
  return path.replace(/^template\.(spec\.)?(containers\.)?/, '');
}

function image({ before, after, changed }: Change): readonly string[] {
  if (!changed.some((path) => path.endsWith('.image'))) return [];
  const [from, to] = [imageOf(before?.values.template), imageOf(after?.values.template)];
  return known(from) === known(to) ? ['the image of a sidecar'] : [`image ${fromTo(from, to)}`];
}

function imageOf(template: Value): Value {
  const values = { template };
  return argument(values, 'template.containers.image') ?? argument(values, 'template.spec.containers.image');
}
