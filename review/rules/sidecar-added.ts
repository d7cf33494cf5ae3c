import { shown, type Values } from '../../exposure';
import { API, planOf, service, updated } from '../fragment';
import type { Rule } from '../rule';
import { serviceChanges } from '../service-settings';

const IMAGES = 'europe-docker.pkg.dev/acme/apps';
const MAIN = { name: 'api', image: `${IMAGES}/api:1.0.0`, ports: [{ container_port: 8080 }] };
const PROXY = { name: 'proxy', image: `${IMAGES}/proxy:1.0.0` };

export const sidecarAdded: Rule = {
  id: 'sidecar-added',
  severity: 'medium',
  finds: 'a container is added to a service: it can see the requests and runs as the same account',
  remedy: 'remove the container, if you do not know its image',
  find: ({ changes }) =>
    serviceChanges(changes).flatMap(({ address, name, before, after }) => {
      const [old, fresh] = [before.containers, after.containers];
      if (fresh.length <= old.length) return [];
      const known = new Set(old.flatMap((container) => [nameOf(container), imageOf(container)]));
      const added = fresh.filter((container) => !known.has(nameOf(container)) && !known.has(imageOf(container)));
      return (added.length > 0 ? added : fresh.slice(old.length)).map((container) => ({
        address,
        message: `${name} gets a container ${nameOf(container) || 'without a name'} with the image ${shown(container.image)}`,
      }));
    }),
  example: {
    found: planOf(
      updated(API, service({ template: [{ containers: [MAIN] }] }), { template: [{ containers: [MAIN, PROXY] }] }),
    ),
    notFound: planOf(
      updated(API, service({ template: [{ containers: [MAIN, PROXY] }] }), {
        template: [{ containers: [MAIN, { ...PROXY, image: `${IMAGES}/proxy:1.1.0` }] }],
      }),
    ),
  },
};

/** Empty if it has no name: the first container often has none until a second is added. */
function nameOf({ name }: Values): string {
  return shown(name);
}

function imageOf({ image }: Values): string {
  return shown(image);
}
