import type {
  CloudRunV2ServiceTemplateContainers,
  CloudRunV2ServiceTemplateContainersEnv,
  CloudRunV2ServiceTemplateContainersLivenessProbe,
} from '@cdktf/provider-google/lib/cloud-run-v2-service';
import { nonEmpty, sortedEntries } from '../core/order';
import { renderCpu } from '../core/quantity';
import type { Text } from '../core/text';
import { textOf } from '../core/token';
import { DEFAULTS, type InstanceProps, ingressResources } from './instance';
import { defaultStartupProbe, type LivenessProbe, type ReadinessProbe, renderProbe, type StartupProbe } from './probe';
import { ingressMounts, sidecarMounts, type VolumeMount, type VolumesProps } from './volume';

/** A value kept in Secret Manager; the service's account is granted access to it. */
export interface SecretReference {
  /** The secret: its id in the service's project, or `projects/P/secrets/S` for one of another project. */
  readonly secret: string;
  /**
   * The version: a number in quotes, or `latest`. Every new instance reads `latest` again (a warning: instances of one revision may
   * then differ).
   * @default "latest"
   */
  readonly version?: string;
}

/** Props of every container of a service: the ingress container and the sidecars. */
export interface ContainerProps {
  /**
   * The container image, with a tag or digest.
   * @gcloud --image
   * @terraform template.containers.image
   */
  readonly image: string;

  /**
   * The command to run instead of the image's entrypoint.
   * @default the image's entrypoint
   * @gcloud --command
   * @terraform template.containers.command
   */
  readonly command?: readonly Text[];

  /**
   * Arguments of the command.
   * @default the image's arguments
   * @gcloud --args
   * @terraform template.containers.args
   */
  readonly args?: readonly Text[];

  /**
   * Working directory of the command.
   * @default the image's
   * @terraform template.containers.working_dir
   */
  readonly workingDir?: string;

  /**
   * Environment variables: a string (numbers and booleans in quotes), or a secret. `PORT`, `K_SERVICE`, `K_REVISION` and
   * `K_CONFIGURATION` are refused here: Cloud Run sets them itself.
   * @default none
   * @gcloud --set-env-vars, --set-secrets
   * @terraform template.containers.env
   */
  readonly env?: Readonly<Record<string, Text | SecretReference>>;

  /**
   * CPUs: 1, 2, 4, 6 or 8, a fraction from 0.08 below 1, or millicores such as `"1000m"`.
   * @default 1, with `gpu` 4
   * @gcloud --cpu
   * @terraform template.containers.resources.limits
   */
  readonly cpu?: number | string;

  /**
   * Memory, as `512Mi` or `2Gi`.
   * @default "512Mi", with `gpu` "16Gi"
   * @gcloud --memory
   * @terraform template.containers.resources.limits
   */
  readonly memory?: string;

  /**
   * When the container counts as started.
   * @default for the ingress container a TCP connection to its port within 240 seconds, for a sidecar none
   * @gcloud --startup-probe
   * @terraform template.containers.startup_probe
   */
  readonly startupProbe?: StartupProbe;

  /**
   * When Cloud Run restarts the container.
   * @default none
   * @gcloud --liveness-probe
   * @terraform template.containers.liveness_probe
   */
  readonly livenessProbe?: LivenessProbe;

  /**
   * When the container takes requests. While the probe fails, requests go to other instances. Needs the google provider 7.19 or later.
   * @default none
   * @gcloud --readiness-probe
   * @terraform template.containers.readiness_probe
   */
  readonly readinessProbe?: ReadinessProbe;

  /**
   * Names of the containers that must be started before this one. A container with a `startupProbe` is started when the probe
   * succeeds, any other at once. The ingress container's name is its `containerName`, or else the service's name.
   * @default none
   * @gcloud --depends-on
   * @terraform template.containers.depends_on
   */
  readonly dependsOn?: readonly string[];
}

/** Props that only the container that takes the requests has. */
export interface IngressContainerProps extends ContainerProps {
  /**
   * Name of the container, by which sidecars wait for it.
   * @default none, with `sidecars` the service's name
   * @gcloud --container
   * @terraform template.containers.name
   */
  readonly containerName?: string;

  /**
   * The port the container listens on, 1 to 65535; Cloud Run passes it as `PORT`.
   * @default 8080
   * @gcloud --port
   * @terraform template.containers.ports.container_port
   */
  readonly port?: number;

  /**
   * Whether requests reach the container as HTTP/2 cleartext (needed by gRPC streaming).
   * @default false
   * @gcloud --[no-]use-http2
   * @terraform template.containers.ports.name
   */
  readonly useHttp2?: boolean;
}

/** A container beside the one that takes the requests. */
export interface SidecarProps extends ContainerProps {
  /**
   * Volumes of the service that this container mounts too: from volume name to absolute path, or to path and `subPath`.
   * @default none
   * @gcloud --add-volume-mount
   * @terraform template.containers.volume_mounts
   */
  readonly volumeMounts?: Readonly<Record<string, string | VolumeMount>>;
}

/** The port of a container that sets none. */
export const DEFAULT_PORT = 8080;

/** CPU and memory of a sidecar, with defaults. */
export function sidecarResources({ cpu = DEFAULTS.cpu, memory = DEFAULTS.memory }: SidecarProps) {
  return { cpu, memory };
}

/** The container that takes the requests. `name` is its name if `containerName` is not set: sidecars need a name to wait for. */
export function renderIngressContainer(
  props: IngressContainerProps & InstanceProps & VolumesProps,
  name: string | undefined,
): CloudRunV2ServiceTemplateContainers {
  const port = props.port ?? DEFAULT_PORT;
  const { cpu, memory, cpuThrottling } = ingressResources(props);
  return {
    ...renderContainer(props, port),
    name: props.containerName ?? name,
    ports: { name: props.useHttp2 ? 'h2c' : 'http1', containerPort: port },
    resources: {
      limits: {
        cpu: renderCpu(cpu),
        memory,
        ...(props.gpu ? { 'nvidia.com/gpu': textOf(props.gpu) } : {}),
      },
      cpuIdle: cpuThrottling,
      startupCpuBoost: props.cpuBoost ?? true,
    },
    startupProbe: props.startupProbe ? renderProbe(props.startupProbe, port) : defaultStartupProbe(port),
    volumeMounts: nonEmpty(ingressMounts(props).map(({ name, mountPath }) => ({ name, mountPath }))),
  };
}

/** A sidecar, with the CPU allocation of the whole instance. */
export function renderSidecar(
  name: string,
  props: SidecarProps,
  instance: IngressContainerProps & InstanceProps,
): CloudRunV2ServiceTemplateContainers {
  const { cpu, memory } = sidecarResources(props);
  return {
    ...renderContainer(props),
    name,
    resources: {
      limits: { cpu: renderCpu(cpu), memory },
      cpuIdle: ingressResources(instance).cpuThrottling,
      startupCpuBoost: instance.cpuBoost ?? true,
    },
    startupProbe: props.startupProbe && renderProbe(props.startupProbe),
    volumeMounts: nonEmpty(sidecarMounts(props).map(({ name, mountPath }) => ({ name, mountPath }))),
  };
}

function renderContainer(props: ContainerProps, port?: number): CloudRunV2ServiceTemplateContainers {
  return {
    image: props.image,
    command: props.command && [...props.command],
    args: props.args && [...props.args],
    workingDir: props.workingDir,
    env: nonEmpty(sortedEntries(props.env).map(([name, value]) => renderEnv(name, value))),
    livenessProbe:
      props.livenessProbe &&
      (renderProbe(props.livenessProbe, port) as CloudRunV2ServiceTemplateContainersLivenessProbe),
    dependsOn: props.dependsOn && [...props.dependsOn],
  };
}

function renderEnv(name: string, value: string | SecretReference): CloudRunV2ServiceTemplateContainersEnv {
  if (typeof value === 'string') return { name, value };
  // Without a version, every plan shows a difference.
  return { name, valueSource: { secretKeyRef: { secret: value.secret, version: value.version ?? 'latest' } } };
}
