import { addressOf } from '../core/address';
import type { Origin } from '../core/finding';
import { isToken } from '../core/literal';
import { sortedEntries } from '../core/order';
import type { ServiceWithProps } from './cloud-run-service-props';
import type { ContainerProps } from './container';
import { cloudSqlInstances } from './volume';

/** Grants a service's account access to everything that the props use. Returns the addresses of the grants to wait for. */
export function grantWhatIsUsed(service: ServiceWithProps): string[] {
  return [...grantSecrets(service), ...grantBuckets(service), ...grantCloudSql(service), ...grantRoles(service)];
}

/** A secret that a service reads, and its place in the props. */
export interface SecretUse {
  readonly secret: string;
  readonly version?: string;
  readonly path: Origin['path'];
}

/** Every secret that a service reads, in environment variables and in volumes. */
export function secretsUsed({ props }: ServiceWithProps): SecretUse[] {
  return [
    ...envSecrets(props, []),
    ...sortedEntries(props.sidecars).flatMap(([name, sidecar]) => envSecrets(sidecar, ['sidecars', name])),
    ...sortedEntries(props.volumes).flatMap(([name, volume]) => {
      if (!('secret' in volume)) return [];
      const path = ['volumes', name];
      if (!volume.items?.length) return [{ secret: volume.secret, version: volume.version, path }];
      return volume.items.map(({ version }, index) => ({
        secret: volume.secret,
        version,
        path: [...path, 'items', index],
      }));
    }),
  ];
}

function envSecrets({ env }: ContainerProps, base: Origin['path']): SecretUse[] {
  return sortedEntries(env).flatMap(([name, value]) =>
    typeof value === 'string' ? [] : [{ ...value, path: [...base, 'env', name] }],
  );
}

function grantSecrets(service: ServiceWithProps): string[] {
  return secretsUsed(service).map(({ secret, path }) =>
    addressOf(service.serviceAccount.secretGrant(secret, { subject: service, path })),
  );
}

function grantBuckets(service: ServiceWithProps): string[] {
  return sortedEntries(service.props.volumes).flatMap(([name, volume]) => {
    if (!('gcs' in volume)) return [];
    const { bucket, readOnly = false } = volume.gcs;
    return [
      addressOf(service.serviceAccount.bucketGrant(bucket, readOnly, { subject: service, path: ['volumes', name] })),
    ];
  });
}

function grantCloudSql(service: ServiceWithProps): string[] {
  const { props, environment, serviceAccount } = service;
  return cloudSqlInstances(props, environment.props).map((instance, index) => {
    const project = isToken(instance) ? undefined : instance.split(':').slice(0, -2).join(':');
    const origin = { subject: service, path: ['cloudSqlInstances', index] };
    return addressOf(serviceAccount.projectGrant('roles/cloudsql.client', origin, project));
  });
}

function grantRoles(service: ServiceWithProps): string[] {
  return (service.props.roles ?? []).map((role, index) =>
    addressOf(service.serviceAccount.projectGrant(role, { subject: service, path: ['roles', index] })),
  );
}
