import { isToken } from '../core/literal';
import type { CloudRunService } from '../service/cloud-run-service';
import { type Check, exampleFile } from './check';
import { containersOf } from './containers';

/** A host for `docker pull`: it has a dot or a port, or is `localhost`. Any other first part is a folder of Docker Hub. */
const HOST = /^((?:[A-Za-z0-9-]+\.)+[A-Za-z0-9-]+(?::\d+)?|[A-Za-z0-9-]+:\d+|localhost)\//;
/** Cloud Run, "Deploying container images": the hosts that it pulls from directly. */
const PULLED_FROM =
  /^(?:(?:[a-z0-9-]+\.)?gcr\.io|(?:[a-z0-9-]+-)?docker\.pkg\.dev|(?:index\.|registry-1\.)?docker\.io)$/;

/** Images of Docker Hub that keep data, and what to use instead. */
const STORES: Readonly<Record<string, string>> = {
  postgres: 'use Cloud SQL, and write its instance in cloudSqlInstances of the services that use it',
  mysql: 'use Cloud SQL, and write its instance in cloudSqlInstances of the services that use it',
  mariadb: 'use Cloud SQL, and write its instance in cloudSqlInstances of the services that use it',
  redis: 'use Memorystore, and write its network in the services that use it',
  memcached: 'use Memorystore, and write its network in the services that use it',
  mongo: 'use a database outside of Cloud Run',
  rabbitmq: 'use taskQueues or subscriptions',
};

/** The hosts and tags of images. */
export const imageChecks: readonly Check<CloudRunService>[] = [
  {
    code: 'image-registry',
    severity: 'error',
    summary:
      'Cloud Run pulls images only from Artifact Registry, Container Registry and Docker Hub. For another registry, use a remote repository of Artifact Registry (Cloud Run, "Deploying container images").',
    example: exampleFile('api: {image: "ghcr.io/acme/api:1.0.0"}'),
    *find(service) {
      for (const { props, path } of containersOf(service)) {
        const host = isToken(props.image) ? undefined : HOST.exec(props.image)?.[1];
        if (host === undefined || PULLED_FROM.test(host)) continue;
        const message = `Cloud Run does not pull from '${host}'`;
        const remedy =
          'copy the image to Artifact Registry, or make a remote repository there and name the image in it, such as europe-docker.pkg.dev/acme/remote/api:1.0.0';
        yield { path: [...path, 'image'], message, remedy };
      }
    },
  },
  {
    code: 'image-without-tag',
    severity: 'warning',
    summary:
      'An image without tag or digest means `latest`. The file then does not show which image runs. A new image with that tag changes no plan, so it is not deployed.',
    example: exampleFile('api: {image: europe-docker.pkg.dev/acme/apps/api}'),
    *find(service) {
      // Images that are deployed outside Terraform are also named there.
      if (service.props.imageUpdates === 'external') return;
      for (const { props, path } of containersOf(service)) {
        if (isToken(props.image) || /[@:]/.test(props.image.replace(HOST, ''))) continue;
        const message = `'${props.image}' has no tag and no digest`;
        yield { path: [...path, 'image'], message, remedy: `write a tag, such as '${props.image}:1.0.0', or a digest` };
      }
    },
  },
  {
    code: 'image-of-a-store',
    severity: 'warning',
    summary:
      'Cloud Run sends only HTTP requests to a service, and the files that an instance writes are lost with the instance. So databases, caches and brokers do not work there (Cloud Run, "Container runtime contract").',
    example: exampleFile('db: {image: "postgres:16"}'),
    *find({ props: { image } }) {
      const [, name = ''] =
        (!isToken(image) && /^(?:docker\.io\/)?(?:library\/)?([a-z]+)(?:[:@].*)?$/.exec(image)) || [];
      if (!Object.hasOwn(STORES, name)) return;
      const message = `'${name}' takes no HTTP, and its data is lost with the instance`;
      yield { path: ['image'], message, remedy: STORES[name] ?? '' };
    },
  },
];
