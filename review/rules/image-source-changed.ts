import { shown, type Values } from '../../exposure';
import { pairContainers } from '../container-pair';
import { API, planOf, service, updated } from '../fragment';
import { imageSource, isDigest } from '../image';
import type { Rule } from '../rule';
import { serviceChanges } from '../service-settings';

const image = (image: string) => ({ template: [{ containers: [{ image }] }] });

export const imageSourceChanged: Rule = {
  id: 'image-source-changed',
  severity: 'medium',
  finds:
    'an image comes from another registry, project or repository, or is named by a tag where it was named by its digest',
  remedy: 'deploy from the repository that you build to, by digest: a tag can be moved to another image afterwards',
  find: ({ changes }) =>
    serviceChanges(changes).flatMap(({ address, name, before, after }) =>
      pairContainers(before.containers, after.containers).flatMap(([old, fresh]) => {
        const what = difference(old, fresh);
        if (what === undefined) return [];
        const message = `an image of ${name} ${what}: ${shown(old.image)} → ${shown(fresh.image)}`;
        return [{ address, message }];
      }),
    ),
  example: {
    found: planOf(
      updated(API, service(image('europe-docker.pkg.dev/acme/apps/api:1.0.0')), image('docker.io/somebody/api:1.0.0')),
    ),
    notFound: planOf(
      updated(
        API,
        service(image('europe-docker.pkg.dev/acme/apps/api:1.0.0')),
        image('europe-docker.pkg.dev/acme/apps/api:1.1.0'),
      ),
    ),
  },
};

function difference({ image: from }: Values, { image: to }: Values): string | undefined {
  if (typeof from !== 'string' || typeof to !== 'string' || from === '' || to === '') return undefined;
  const [old, fresh] = [imageSource(from), imageSource(to)];
  if (old.registry !== fresh.registry) return `comes from another registry (${old.registry} → ${fresh.registry})`;
  if (old.owner !== fresh.owner) return `comes from another project (${old.owner} → ${fresh.owner})`;
  if (isDigest(from) && !isDigest(to)) return 'is named by a tag, no longer by its digest';
  return undefined;
}
