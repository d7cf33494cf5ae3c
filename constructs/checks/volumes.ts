import { posix } from 'node:path';
import { isToken } from '../core/literal';
import { sortedEntries } from '../core/order';
import { parseMemory } from '../core/quantity';
import { secretsUsed } from '../service/account-grants';
import type { CloudRunService } from '../service/cloud-run-service';
import { isDisk, needsGen2 } from '../service/volume';
import { type Check, exampleFile, type Problem } from './check';
import { amount, GiB } from './resources';

const SYSTEM_PATH = /^\/(?:dev|proc|sys)(?:\/|$)/;

export const SMALLEST_DISK = 10 * GiB;

type Path = NonNullable<Problem['path']>;

/** Volumes, mounts and secrets that Cloud Run refuses, or that have unexpected effects. */
export const volumeChecks: readonly Check<CloudRunService>[] = [
  {
    code: 'mount-path',
    severity: 'error',
    summary:
      'A volume is mounted at an absolute path without `:`, and each container uses a path once. `/cloudsql` belongs to Cloud SQL, and `/dev`, `/proc` and `/sys` to the system (provider documentation, `volume_mounts`; Cloud Run, "Configure secrets").',
    example: exampleFile('api: {volumes: {cache: {mountPath: cache, emptyDir: {}}}}'),
    *find(service) {
      for (const mounts of mountsOf(service)) {
        const taken = new Set(['/cloudsql']);
        for (const { mountPath, path } of mounts) {
          if (isToken(mountPath)) continue;
          const clean = mountPath.replace(/\/+$/, '');
          const message = !/^\/[^:\p{Cc}]+$/u.test(clean)
            ? `'${mountPath}' is not a path to mount at`
            : SYSTEM_PATH.test(posix.normalize(clean))
              ? `'${mountPath}' belongs to the system`
              : taken.has(clean) && `'${mountPath}' is taken`;
          taken.add(clean);
          if (message) yield { path, message, remedy: "write an absolute path of its own, such as '/data'" };
        }
      }
    },
  },
  {
    code: 'volume-of-mount',
    severity: 'error',
    summary: 'A sidecar mounts volumes of its service, and every volume is mounted by some container.',
    example: exampleFile(`
api:
  volumes: {cache: {mountPath: /cache, emptyDir: {}}}
  sidecars:
    warmer: {image: acme/warmer:1.0.0, volumeMounts: {cash: /cache}}`),
    *find({ props }) {
      const volumes = sortedEntries(props.volumes);
      const known = [...volumes.map(([name]) => name), ...(props.cloudSqlInstances?.length ? ['cloudsql'] : [])];
      const mounts = sortedEntries(props.sidecars).flatMap(([sidecar, { volumeMounts }]) =>
        sortedEntries(volumeMounts).map(([volume]) => ({
          volume,
          path: ['sidecars', sidecar, 'volumeMounts', volume],
        })),
      );
      for (const { volume, path } of mounts) {
        if (known.includes(volume)) continue;
        const remedy = known.length > 0 ? `name one of ${known.join(', ')}` : 'add it to volumes';
        yield { path, message: `there is no volume '${volume}'`, remedy };
      }
      for (const [name, { mountPath }] of volumes) {
        if (mountPath !== undefined || mounts.some(({ volume }) => volume === name)) continue;
        const message = `no container mounts the volume '${name}'`;
        yield { path: ['volumes', name], message, remedy: 'write its mountPath, or mount it in a sidecar' };
      }
    },
  },
  {
    code: 'volume-needs-gen2',
    severity: 'error',
    summary:
      'Buckets, NFS shares and disks are mounted only on gen2 (gcloud `--add-volume`; Cloud Run, "Configure an ephemeral disk").',
    example: exampleFile(
      'api: {executionEnvironment: gen1, volumes: {data: {mountPath: /data, gcs: {bucket: acme-data}}}}',
    ),
    *find({ props }) {
      if (props.executionEnvironment !== 'gen1') return;
      for (const [name, volume] of sortedEntries(props.volumes)) {
        if (!needsGen2(volume)) continue;
        const message = `the volume '${name}' can't be mounted on gen1`;
        yield { path: ['volumes', name], message, remedy: "write 'executionEnvironment: gen2'" };
      }
    },
  },
  {
    code: 'secret-form',
    severity: 'error',
    summary:
      'A secret is named by its id (letters, digits, dashes, underscores), or as `projects/P/secrets/S` if it is in another project (provider documentation, `secret`).',
    example: exampleFile('api: {env: {TOKEN: {secret: "projects/other/token", version: "1"}}}'),
    *find(service) {
      for (const { secret, path } of secretsUsed(service)) {
        if (isToken(secret) || /^(?:projects\/[^/]+\/secrets\/)?[A-Za-z0-9_-]{1,255}$/.test(secret)) continue;
        yield { path, message: `'${secret}' is not a secret`, remedy: "write its id, or 'projects/P/secrets/S'" };
      }
    },
  },
  {
    code: 'secret-version-form',
    severity: 'error',
    summary: 'A version of a secret is a number, or `latest` (gcloud `--set-secrets`).',
    example: exampleFile('api: {env: {TOKEN: {secret: token, version: v1}}}'),
    *find(service) {
      for (const { version, path } of secretsUsed(service)) {
        if (version === undefined || isToken(version) || /^(?:latest|[1-9]\d*)$/.test(version)) continue;
        const message = `'${version}' is not a version of a secret`;
        yield { path: [...path, 'version'], message, remedy: `write a number in quotes, such as "3"` };
      }
    },
  },
  {
    code: 'secret-latest',
    severity: 'warning',
    summary:
      'An instance reads the latest version of a secret when it starts. So instances get a new version one by one, and there is no revision to roll back to. A pinned version is deployed like an image.',
    example: exampleFile('api: {env: {TOKEN: {secret: token}}}'),
    *find(service) {
      for (const { secret, version = 'latest', path } of secretsUsed(service)) {
        if (version !== 'latest') continue;
        const message = `the secret '${secret}' is read at its latest version`;
        yield { path, message, remedy: `pin one, such as 'version: "3"'` };
      }
    },
  },
  {
    code: 'secret-files',
    severity: 'error',
    summary:
      'A secret volume is one file (`version`, `path`) or several (`items`); paths are relative, and modes octal strings up to 0777.',
    example: exampleFile('api: {volumes: {keys: {mountPath: /keys, secret: keys, mode: "999"}}}'),
    *find({ props }) {
      for (const [name, volume] of sortedEntries(props.volumes)) {
        if (!('secret' in volume)) continue;
        const path = ['volumes', name];
        if (volume.items && (volume.version !== undefined || volume.path !== undefined)) {
          const message = "'items' excludes 'version' and 'path'";
          yield { path: [...path, 'items'], message, remedy: 'write the version and path in the item' };
        }
        yield* fileProblems(volume, path);
        for (const [index, item] of (volume.items ?? []).entries())
          yield* fileProblems(item, [...path, 'items', index]);
      }
    },
  },
  {
    code: 'bucket-name',
    severity: 'error',
    summary:
      'A bucket is named without a scheme: 3 to 63 lower-case letters, digits, dashes, underscores and dots (Cloud Storage, "Bucket names").',
    example: exampleFile('api: {volumes: {data: {mountPath: /data, gcs: {bucket: "gs://acme-data"}}}}'),
    *find({ props }) {
      for (const [name, volume] of sortedEntries(props.volumes)) {
        const bucket = 'gcs' in volume ? volume.gcs.bucket : undefined;
        if (bucket === undefined || isToken(bucket) || /^[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]$/.test(bucket)) continue;
        const path = ['volumes', name, 'gcs', 'bucket'];
        const own = /^gs:\/\/([a-z0-9][a-z0-9._-]+[a-z0-9])/.exec(bucket)?.[1];
        const remedy = own ? `write '${own}'` : "write its name, such as 'acme-data'";
        yield { path, message: `'${bucket}' is not a bucket`, remedy };
      }
    },
  },
  {
    code: 'nfs-share',
    severity: 'error',
    summary: 'An NFS share is a server and an absolute path on it (gcloud `--add-volume`).',
    example: exampleFile('api: {volumes: {share: {mountPath: /share, nfs: {server: 10.0.0.2, path: export}}}}'),
    *find({ props }) {
      for (const [name, volume] of sortedEntries(props.volumes)) {
        if (!('nfs' in volume) || isToken(volume.nfs.path) || volume.nfs.path.startsWith('/')) continue;
        const path = ['volumes', name, 'nfs', 'path'];
        yield { path, message: `'${volume.nfs.path}' is not an absolute path`, remedy: `write '/${volume.nfs.path}'` };
      }
    },
  },
  {
    code: 'directory-size',
    severity: 'error',
    summary: 'The size of a directory is written like an amount of memory, such as `256Mi`.',
    example: exampleFile('api: {volumes: {cache: {mountPath: /cache, emptyDir: {sizeLimit: 1GB}}}}'),
    *find({ props }) {
      for (const [name, volume] of sortedEntries(props.volumes)) {
        const size = 'emptyDir' in volume ? volume.emptyDir.sizeLimit : undefined;
        if (size === undefined || isToken(size) || parseMemory(size) !== undefined) continue;
        const path = ['volumes', name, 'emptyDir', 'sizeLimit'];
        yield { path, message: `'${size}' is not an amount of memory`, remedy: "write it like '256Mi'" };
      }
    },
  },
  {
    code: 'disk-size',
    severity: 'error',
    summary: `A directory on disk has a size, at least ${amount(SMALLEST_DISK)} (Cloud Run, "Configure an ephemeral disk").`,
    example: exampleFile('api: {volumes: {work: {mountPath: /work, emptyDir: {medium: disk}}}}'),
    *find({ props }) {
      for (const [name, volume] of sortedEntries(props.volumes)) {
        if (!isDisk(volume)) continue;
        const { sizeLimit } = volume.emptyDir;
        if (
          sizeLimit !== undefined &&
          (isToken(sizeLimit) || (parseMemory(sizeLimit) ?? SMALLEST_DISK) >= SMALLEST_DISK)
        )
          continue;
        const message =
          sizeLimit === undefined ? 'a disk needs a size' : `'${sizeLimit}' is less than the smallest disk`;
        const path = ['volumes', name, 'emptyDir', ...(sizeLimit === undefined ? [] : ['sizeLimit'])];
        yield { path, message, remedy: `write 'sizeLimit: ${amount(SMALLEST_DISK)}', or more` };
      }
    },
  },
  {
    code: 'cloud-sql-instance',
    severity: 'error',
    summary:
      "A Cloud SQL instance is `project:region:name`, or only its name if it is in the environment's project and region (gcloud `--add-cloudsql-instances`).",
    example: exampleFile('api: {cloudSqlInstances: ["europe-west1:main"]}'),
    *find({ props }) {
      for (const [index, instance] of (props.cloudSqlInstances ?? []).entries()) {
        if (isToken(instance) || /^(?:(?:[a-z0-9.-]+:)?[a-z0-9-]+:[a-z0-9-]+:)?[a-z][a-z0-9-]*$/.test(instance))
          continue;
        const message = `'${instance}' is not a Cloud SQL instance`;
        yield { path: ['cloudSqlInstances', index], message, remedy: 'write project:region:name, or the name alone' };
      }
    },
  },
];

function* fileProblems(file: { path?: string; mode?: string }, path: Path): Iterable<Problem> {
  if (file.mode !== undefined && !isToken(file.mode) && !/^0?[0-7]{3}$/.test(file.mode)) {
    yield { path: [...path, 'mode'], message: `'${file.mode}' is not a file mode`, remedy: 'write it like "0444"' };
  }
  if (
    file.path !== undefined &&
    !isToken(file.path) &&
    (file.path.startsWith('/') || file.path.split('/').includes('..'))
  ) {
    const message = `'${file.path}' is not a path below the volume`;
    yield { path: [...path, 'path'], message, remedy: 'write a relative path' };
  }
}

/** Mounts by container, the ingress container first. */
function mountsOf({ props }: CloudRunService): { mountPath: string; path: Path }[][] {
  const ingress = sortedEntries(props.volumes).flatMap(([name, { mountPath }]) =>
    mountPath === undefined ? [] : [{ mountPath, path: ['volumes', name, 'mountPath'] }],
  );
  const sidecars = sortedEntries(props.sidecars).map(([sidecar, { volumeMounts }]) =>
    sortedEntries(volumeMounts)
      .filter(([volume]) => volume !== 'cloudsql')
      .map(([volume, mount]) => ({
        mountPath: typeof mount === 'string' ? mount : mount.mountPath,
        path: ['sidecars', sidecar, 'volumeMounts', volume],
      })),
  );
  return [ingress, ...sidecars];
}
