import type { LivenessProbe, StartupProbe } from './probe';

/** A value kept in Secret Manager; the service's account is granted access to it. */
export interface SecretReference {
  /** The secret: its id in the service's project, or `projects/P/secrets/S` for one of another project. */
  readonly secret: string;
  /**
   * The version, a number in quotes, or `latest`, which is read anew by every new instance (a warning: instances of one
   * revision may then differ).
   * @default "latest"
   */
  readonly version?: string;
}

/** What every container of a service has, the ingress container and sidecars alike. */
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
  readonly command?: readonly string[];

  /**
   * Arguments of the command.
   * @default the image's arguments
   * @gcloud --args
   * @terraform template.containers.args
   */
  readonly args?: readonly string[];

  /**
   * Working directory of the command.
   * @default the image's
   * @terraform template.containers.working_dir
   */
  readonly workingDir?: string;

  /**
   * Environment variables: a string (numbers and booleans in quotes), or a secret. Cloud Run sets `PORT`, `K_SERVICE`,
   * `K_REVISION` and `K_CONFIGURATION` itself and refuses them here.
   * @default none
   * @gcloud --set-env-vars, --set-secrets
   * @terraform template.containers.env
   */
  readonly env?: Readonly<Record<string, string | SecretReference>>;

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
   * When the container is to be restarted.
   * @default none
   * @gcloud --liveness-probe
   * @terraform template.containers.liveness_probe
   */
  readonly livenessProbe?: LivenessProbe;

  /**
   * Containers (names of sidecars) that have to be started before this one; each needs a `startupProbe`.
   * @default none
   * @gcloud --depends-on
   * @terraform template.containers.depends_on
   */
  readonly dependsOn?: readonly string[];
}

/** What only the container that takes the requests has. */
export interface IngressContainerProps extends ContainerProps {
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
   * Volumes of the service that this container sees too: volume name to absolute path.
   * @default none
   * @gcloud --add-volume-mount
   * @terraform template.containers.volume_mounts
   */
  readonly volumeMounts?: Readonly<Record<string, string>>;
}

/** CPU allocation and GPU, which hold for a whole instance. */
export interface InstanceProps {
  /**
   * Whether CPU is allocated only while a request is served.
   * @default true, with `gpu` false
   * @gcloud --[no-]cpu-throttling
   * @terraform template.containers.resources.cpu_idle
   */
  readonly cpuThrottling?: boolean;

  /**
   * Whether more CPU is given while a container starts.
   * @default true
   * @gcloud --[no-]cpu-boost
   * @terraform template.containers.resources.startup_cpu_boost
   */
  readonly cpuBoost?: boolean;

  /**
   * GPUs of the ingress container: 1. Needs `maxInstances`, and at least 4 CPU and 16Gi of memory.
   * @default none
   * @gcloud --gpu
   * @terraform template.containers.resources.limits
   */
  readonly gpu?: number;

  /**
   * Type of the GPU, such as `nvidia-l4`.
   * @default "nvidia-l4"
   * @gcloud --gpu-type
   * @terraform template.node_selector.accelerator
   */
  readonly gpuType?: string;

  /**
   * Whether GPU capacity is held in a second zone for failures (costs more, and has a quota of its own).
   * @default true
   * @gcloud --[no-]gpu-zonal-redundancy
   * @terraform template.gpu_zonal_redundancy_disabled
   */
  readonly gpuZonalRedundancy?: boolean;
}
