import { sortedEntries } from '../core/order';
import { parseCpu, parseMemory } from '../core/quantity';
import type { CloudRunService } from '../service/cloud-run-service';
import { sidecarResources } from '../service/container';
import { ingressResources } from '../service/instance';
import { needsGen2 } from '../service/volume';
import { type Check, exampleFile } from './check';
import { amount, GiB, MiB } from './resources';

/** Cloud Run, "Quotas and limits": the most for an instance. */
const MOST = { cpus: 8, memory: 32 * GiB };
/** Cloud Run, "Memory limits": on gen2, and with CPU that is always allocated ("Billing settings"). */
const LEAST_MEMORY = 512 * MiB;
/** Machines with this GPU are larger (Cloud Run, "GPU support for services"). */
const LARGER_GPU = 'nvidia-rtx-pro-6000';

/** CPU and memory of all containers of an instance together. */
export const instanceChecks: readonly Check<CloudRunService>[] = [
  {
    code: 'instance-size',
    severity: 'error',
    summary: `The containers of an instance together have at most ${MOST.cpus} CPU and ${amount(MOST.memory)} of memory (Cloud Run, "Quotas and limits").`,
    example: exampleFile(`
api:
  cpu: 8
  memory: 4Gi
  sidecars: {cache: {image: acme/cache:1.0.0, cpu: 2}}`),
    *find(service) {
      if (service.props.gpu && service.props.gpuType === LARGER_GPU) return;
      const { cpus, memory } = instanceResources(service);
      if (cpus <= MOST.cpus && memory <= MOST.memory) return;
      const message = `the containers of an instance have ${cpus} CPU and ${amount(memory)} of memory together`;
      yield { path: ['sidecars'], message, remedy: `use at most ${MOST.cpus} CPU and ${amount(MOST.memory)}` };
    },
  },
  {
    code: 'gen2-memory',
    severity: 'error',
    summary: `On gen2 an instance has at least ${amount(LEAST_MEMORY)} of memory (Cloud Run, "Memory limits"); buckets, NFS shares and disks need gen2.`,
    example: exampleFile('api: {executionEnvironment: gen2, memory: 256Mi}'),
    *find(service) {
      const { props } = service;
      const isMounted = Object.values(props.volumes ?? {}).some(needsGen2);
      const { memory } = instanceResources(service);
      if ((props.executionEnvironment !== 'gen2' && !isMounted) || memory >= LEAST_MEMORY) return;
      const message = `${amount(memory)} of memory is too little for gen2`;
      yield { path: ['memory'], message, remedy: `write 'memory: ${amount(LEAST_MEMORY)}' or more` };
    },
  },
  {
    code: 'always-allocated-memory',
    severity: 'error',
    summary: `With CPU always allocated an instance has at least ${amount(LEAST_MEMORY)} of memory (Cloud Run, "Billing settings").`,
    example: exampleFile('api: {cpuThrottling: false, memory: 256Mi}'),
    *find(service) {
      const { memory } = instanceResources(service);
      if (ingressResources(service.props).cpuThrottling || memory >= LEAST_MEMORY) return;
      const message = `${amount(memory)} of memory is too little for CPU that is always allocated`;
      yield {
        path: ['memory'],
        message,
        remedy: `write 'memory: ${amount(LEAST_MEMORY)}' or remove cpuThrottling`,
      };
    },
  },
];

/** CPUs and bytes of all containers. A wrong amount counts as 0; another check reports it. */
function instanceResources({ props }: CloudRunService): { cpus: number; memory: number } {
  const all = [
    ingressResources(props),
    ...sortedEntries(props.sidecars).map(([, sidecar]) => sidecarResources(sidecar)),
  ];
  return {
    cpus: all.reduce((sum, { cpu }) => sum + (parseCpu(cpu) ?? 0), 0),
    memory: all.reduce((sum, { memory }) => sum + (parseMemory(memory) ?? LEAST_MEMORY), 0),
  };
}
