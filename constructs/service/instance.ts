/** CPU allocation and GPU of a whole instance. */
export interface InstanceProps {
  /**
   * Whether CPU is allocated only while a request is served.
   * @default true, with `gpu` false
   * @gcloud --[no-]cpu-throttling
   * @terraform template.containers.resources.cpu_idle
   */
  readonly cpuThrottling?: boolean;

  /**
   * Whether a container gets more CPU while it starts.
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
   * Whether GPU capacity is reserved in a second zone in case a zone fails (costs more, and has a quota of its own).
   * @default true
   * @gcloud --[no-]gpu-zonal-redundancy
   * @terraform template.gpu_zonal_redundancy_disabled
   */
  readonly gpuZonalRedundancy?: boolean;
}

/** Cloud Run's defaults. They are always written, so that removing a key restores the default. */
export const DEFAULTS = { cpu: 1, memory: '512Mi', cpuThrottling: true };
/** Defaults of `gcloud run deploy --gpu`. */
const GPU_DEFAULTS = { cpu: 4, memory: '16Gi', cpuThrottling: false };

/** CPU and memory of a container. */
interface Resources {
  readonly cpu?: number | string;
  readonly memory?: string;
}

/** CPU, memory and CPU allocation of the ingress container, with defaults. */
export function ingressResources(props: Resources & InstanceProps) {
  const defaults = props.gpu ? GPU_DEFAULTS : DEFAULTS;
  return {
    cpu: props.cpu ?? defaults.cpu,
    memory: props.memory ?? defaults.memory,
    cpuThrottling: props.cpuThrottling ?? defaults.cpuThrottling,
  };
}
