import type { GoogleProviderVersions } from '../core/google-provider';
import { nonEmpty, sortedEntries } from '../core/order';
import type { CloudRunServiceProps } from './cloud-run-service-props';
import { type ContainerProps, DEFAULT_PORT } from './container';
import type { NewerArguments, NewerContainerArguments } from './newer-arguments';
import { renderReadinessProbe } from './probe';
import { ingressMounts, type Mount, sidecarMounts } from './volume';

/** The first supported 7.x version. It has all of these arguments; 6.50 has none. */
const FIRST = '7.44';

/** The arguments of a service that the bindings lack and the provider has. Defaults are written too, so that removing a key restores its default. */
export function newerArguments(props: CloudRunServiceProps, provider: GoogleProviderVersions): NewerArguments {
  if (!provider.isAtLeast(FIRST)) return {};
  return {
    iap_enabled: props.iap !== undefined,
    default_uri_disabled: props.defaultUrl === false,
    tags: props.tags,
    scaling: { max_instance_count: props.max },
    template: {
      health_check_disabled: props.healthCheck === false,
      containers: [
        newerContainerArguments(props, ingressMounts(props), props.port ?? DEFAULT_PORT),
        ...sortedEntries(props.sidecars).map(([, sidecar]) => newerContainerArguments(sidecar, sidecarMounts(sidecar))),
      ],
      volumes: nonEmpty(
        sortedEntries(props.volumes).map(([, volume]) =>
          'gcs' in volume ? { gcs: { mount_options: volume.gcs.mountOptions } } : {},
        ),
      ),
    },
  };
}

function newerContainerArguments(
  { readinessProbe }: ContainerProps,
  mounts: readonly Mount[],
  port?: number,
): NewerContainerArguments {
  return {
    readiness_probe: readinessProbe && renderReadinessProbe(readinessProbe, port),
    volume_mounts: nonEmpty(mounts.map(({ subPath }) => ({ sub_path: subPath }))),
  };
}
