import { isToken } from '../core/literal';
import { sortedEntries } from '../core/order';
import type { CloudRunService } from '../service/cloud-run-service';
import { isDisk, subPathOf } from '../service/volume';
import { type Check, exampleFile, type Problem } from './check';
import { containersOf } from './containers';

type Path = NonNullable<Problem['path']>;

/** Keys of a service with arguments that the google provider has since a version after 6.50 (its changelog). */
const SINCE = {
  iap: '7.21',
  defaultUrl: '7.7',
  max: '7.0',
  tags: '7.41',
  healthCheck: '7.7',
  readinessProbe: '7.19',
  subPath: '7.3',
  mountOptions: '7.5',
  // The first supported version that has it. The changelog does not name the version that added it.
  'medium: disk': '7.44',
} as const;

/** Settings that version 6.50.0 of the google provider cannot write. */
export const newerSettingChecks: readonly Check<CloudRunService>[] = [
  {
    code: 'google-provider-lacks-setting',
    severity: 'error',
    summary:
      'A setting needs its argument in every version of the google provider that the stack allows. 6.50.0 lacks some arguments that 7.x has.',
    example: exampleFile('api: {defaultUrl: false}', 'googleProvider: 6.50.0'),
    *find(service) {
      const { googleProvider } = service.environment;
      for (const { key, path } of newerKeys(service)) {
        if (googleProvider.isAtLeast('7.44')) continue;
        const message = `google provider '${googleProvider.constraint}' cannot write ${key}, which ${SINCE[key]} and later can`;
        yield { path, message, remedy: `write the environment's 'googleProvider: 7.45.0', or remove ${key}` };
      }
    },
  },
  {
    code: 'resource-manager-tag',
    severity: 'error',
    summary: 'A resource manager tag is the id of its key and of its value (provider documentation, `tags`).',
    example: exampleFile('api: {tags: {environment: production}}'),
    *find({ props }) {
      for (const [key, value] of sortedEntries(props.tags)) {
        if (/^tagKeys\/\d+$/.test(key) && (isToken(value) || /^tagValues\/\d+$/.test(value))) continue;
        const message = `'${key}: ${value}' is not a resource manager tag`;
        yield { path: ['tags', key], message, remedy: "write ids, such as 'tagKeys/123: tagValues/456'" };
      }
    },
  },
  {
    code: 'mount-option',
    severity: 'error',
    summary:
      'A mount option is a flag of Cloud Storage FUSE without its dashes (provider documentation, `mount_options`).',
    example: exampleFile(
      'api: {volumes: {data: {mountPath: /data, gcs: {bucket: acme-data, mountOptions: [--implicit-dirs]}}}}',
    ),
    *find({ props }) {
      for (const [name, volume] of sortedEntries(props.volumes)) {
        const options = 'gcs' in volume ? (volume.gcs.mountOptions ?? []) : [];
        for (const [index, option] of options.entries()) {
          if (isToken(option) || /^[a-z]/.test(option)) continue;
          const path = ['volumes', name, 'gcs', 'mountOptions', index];
          yield { path, message: `'${option}' is not a mount option`, remedy: `write '${option.replace(/^-+/, '')}'` };
        }
      }
    },
  },
  {
    code: 'mount-sub-path',
    severity: 'error',
    summary: '`subPath` is a relative path in the volume, and needs a container that mounts the volume.',
    example: exampleFile('api: {volumes: {cache: {mountPath: /cache, subPath: ../other, emptyDir: {}}}}'),
    *find(service) {
      for (const { subPath, path } of subPaths(service)) {
        if (isToken(subPath) || (!subPath.startsWith('/') && !subPath.split('/').includes('..'))) continue;
        yield { path, message: `'${subPath}' is not a path below the volume`, remedy: 'write a relative path' };
      }
      for (const [name, volume] of sortedEntries(service.props.volumes)) {
        if (subPathOf(volume) === undefined || volume.mountPath !== undefined) continue;
        const message = `the ingress container does not mount the volume '${name}'`;
        yield { path: ['volumes', name, 'subPath'], message, remedy: 'write mountPath, or subPath in a sidecar' };
      }
    },
  },
];

/** The keys of a service that need a provider after 6.50, and their places. */
function* newerKeys(service: CloudRunService): Iterable<{ key: keyof typeof SINCE; path: Path }> {
  const { props } = service;
  for (const key of ['iap', 'defaultUrl', 'max', 'tags', 'healthCheck'] as const) {
    if (props[key] !== undefined) yield { key, path: [key] };
  }
  for (const { props: container, path } of containersOf(service)) {
    if (container.readinessProbe) yield { key: 'readinessProbe', path: [...path, 'readinessProbe'] };
  }
  for (const { path } of subPaths(service)) yield { key: 'subPath', path };
  for (const [name, volume] of sortedEntries(props.volumes)) {
    if (isDisk(volume)) yield { key: 'medium: disk', path: ['volumes', name, 'emptyDir', 'medium'] };
    if (!('gcs' in volume) || volume.gcs.mountOptions === undefined) continue;
    yield { key: 'mountOptions', path: ['volumes', name, 'gcs', 'mountOptions'] };
  }
}

/** Every `subPath` of a service's mounts, and its place. */
function* subPaths({ props }: CloudRunService): Iterable<{ subPath: string; path: Path }> {
  for (const [name, volume] of sortedEntries(props.volumes)) {
    const subPath = subPathOf(volume);
    if (subPath !== undefined) yield { subPath, path: ['volumes', name, 'subPath'] };
  }
  for (const [sidecar, { volumeMounts }] of sortedEntries(props.sidecars)) {
    for (const [name, mount] of sortedEntries(volumeMounts)) {
      if (typeof mount === 'string' || mount.subPath === undefined) continue;
      yield { subPath: mount.subPath, path: ['sidecars', sidecar, 'volumeMounts', name, 'subPath'] };
    }
  }
}
