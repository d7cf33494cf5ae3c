import { isToken } from '../core/literal';
import { parseCpu, parseMemory } from '../core/quantity';
import type { CloudRunService } from '../service/cloud-run-service';
import { ingressResources } from '../service/instance';
import { type Check, exampleFile, type Problem } from './check';
import { containersOf } from './containers';

export const MiB = 2 ** 20;
export const GiB = 2 ** 30;
const WHOLE_CPUS = [1, 2, 4, 6, 8];
const LEAST_CPU = 0.08;

/** Cloud Run, "Configure CPU limits for services": CPUs, and the least and most memory for them. */
const MEMORY_FOR_CPU: readonly { cpus: number; least: number; most: number }[] = [
  { cpus: 8, least: 4 * GiB, most: 32 * GiB },
  { cpus: 6, least: 4 * GiB, most: 24 * GiB },
  { cpus: 4, least: 2 * GiB, most: 16 * GiB },
  { cpus: 2, least: 128 * MiB, most: 8 * GiB },
  { cpus: 1, least: 128 * MiB, most: 4 * GiB },
  { cpus: 0.5, least: 128 * MiB, most: 1 * GiB },
  { cpus: LEAST_CPU, least: 128 * MiB, most: 512 * MiB },
];

/** Cloud Run, "GPU support for services": the least CPU and memory of an instance with the GPU. */
export const LEAST_FOR_L4 = { cpus: 4, memory: 16 * GiB };
const LEAST_FOR_GPU: Readonly<Record<string, { cpus: number; memory: number }>> = {
  'nvidia-l4': LEAST_FOR_L4,
  'nvidia-rtx-pro-6000': { cpus: 20, memory: 80 * GiB },
};

/** CPU, memory and GPU combinations that Cloud Run refuses. */
export const resourceChecks: readonly Check<CloudRunService>[] = [
  {
    code: 'cpu-amount',
    severity: 'error',
    summary: `CPUs are one of ${WHOLE_CPUS.join(', ')}, or a fraction from ${LEAST_CPU} below 1 (Cloud Run, "Configure CPU limits for services"). With a GPU the machine of its type sets the limit.`,
    example: exampleFile('api: {cpu: 3}'),
    *find(service) {
      for (const { props, path } of containersOf(service)) {
        const { cpu } = props;
        if (cpu === undefined || isToken(cpu)) continue;
        const cpus = parseCpu(cpu);
        if (cpus !== undefined && (isCpuAmount(cpus) || (service.props.gpu && cpus >= 1))) continue;
        yield {
          path: [...path, 'cpu'],
          message: `'${cpu}' is not an amount of CPU`,
          remedy: `write one of ${WHOLE_CPUS.join(', ')}, or a fraction from ${LEAST_CPU} below 1`,
        };
      }
    },
  },
  {
    code: 'memory-amount',
    severity: 'error',
    summary: 'Memory is a number and a unit, such as `512Mi` or `2Gi` (gcloud `--memory`).',
    example: exampleFile('api: {memory: 512MB}'),
    *find(service) {
      for (const { props, path } of containersOf(service)) {
        if (props.memory === undefined || isToken(props.memory) || parseMemory(props.memory) !== undefined) continue;
        yield {
          path: [...path, 'memory'],
          message: `'${props.memory}' is not an amount of memory`,
          remedy: memoryRemedy(props.memory),
        };
      }
    },
  },
  {
    code: 'memory-for-cpu',
    severity: 'error',
    summary: `Each amount of CPU has a least and a most amount of memory: ${memoryForEachCpu()} (Cloud Run, "Configure CPU limits for services").`,
    example: exampleFile('api: {cpu: 1, memory: 8Gi}'),
    *find({ props }) {
      if (props.gpu) return;
      const { cpu, memory } = ingressResources(props);
      const cpus = parseCpu(cpu);
      const bytes = parseMemory(memory);
      const row = MEMORY_FOR_CPU.find((entry) => cpus !== undefined && cpus >= entry.cpus);
      if (!row || bytes === undefined || (bytes >= row.least && bytes <= row.most)) return;
      yield {
        path: [props.memory === undefined ? 'cpu' : 'memory'],
        message: `${cpu} CPU cannot be used with ${memory} of memory`,
        remedy: `write memory from ${amount(row.least)} to ${amount(row.most)}, or another cpu`,
      };
    },
  },
  {
    code: 'below-one-cpu',
    severity: 'error',
    summary:
      'With less than one CPU an instance takes one request at a time, has CPU only during requests, and runs on gen1 (Cloud Run, "Configure CPU limits for services").',
    example: exampleFile('api: {cpu: 0.5, concurrency: 10}'),
    *find({ props }) {
      const cpus = parseCpu(ingressResources(props).cpu);
      if (cpus === undefined || cpus >= 1) return;
      const refused: [keyof typeof props, boolean, string][] = [
        ['concurrency', props.concurrency !== undefined && props.concurrency !== 1, 'remove concurrency'],
        ['cpuThrottling', props.cpuThrottling === false, 'remove cpuThrottling'],
        ['executionEnvironment', props.executionEnvironment === 'gen2', "write 'executionEnvironment: gen1'"],
      ];
      for (const [key, wrong, remedy] of refused) {
        if (!wrong) continue;
        const message = `${key} '${props[key]}' needs at least one CPU`;
        yield { path: [key], message, remedy: `${remedy}, or write 'cpu: 1'` };
      }
    },
  },
  {
    code: 'gpu-needs',
    severity: 'error',
    summary: `An instance has one GPU, at least the CPU and memory of its type (${LEAST_FOR_L4.cpus} and ${amount(LEAST_FOR_L4.memory)} for nvidia-l4), CPU always allocated, gen2, and a \`maxInstances\`, since the project's GPU quota is small (Cloud Run, "GPU support for services").`,
    example: exampleFile('llm: {gpu: 1, cpu: 2}'),
    *find({ props }) {
      if (!props.gpu) {
        yield* withoutGpu(props);
        return;
      }
      const { cpu, memory, cpuThrottling } = ingressResources(props);
      const type = props.gpuType ?? 'nvidia-l4';
      const least = LEAST_FOR_GPU[type];
      if (props.executionEnvironment === 'gen1') {
        const message = 'a GPU needs gen2';
        yield { path: ['executionEnvironment'], message, remedy: 'remove executionEnvironment' };
      }
      if (props.gpu !== 1)
        yield { path: ['gpu'], message: `${props.gpu} is not a count of GPUs`, remedy: "write 'gpu: 1'" };
      if (props.maxInstances === undefined) {
        yield { path: ['gpu'], message: 'a GPU needs a limit on instances', remedy: 'write maxInstances' };
      }
      if (cpuThrottling) {
        const message = 'a GPU needs CPU that is always allocated';
        yield { path: ['cpuThrottling'], message, remedy: 'remove cpuThrottling' };
      }
      if (least && (parseCpu(cpu) ?? least.cpus) < least.cpus) {
        yield {
          path: ['cpu'],
          message: `${cpu} CPU is too little for ${type}`,
          remedy: `write 'cpu: ${least.cpus}' or more`,
        };
      }
      if (least && (parseMemory(memory) ?? least.memory) < least.memory) {
        const message = `${memory} of memory is too little for ${type}`;
        yield { path: ['memory'], message, remedy: `write 'memory: ${amount(least.memory)}' or more` };
      }
    },
  },
];

function* withoutGpu({ gpu, gpuType, gpuZonalRedundancy }: CloudRunService['props']): Iterable<Problem> {
  if (gpu !== undefined)
    yield { path: ['gpu'], message: `${gpu} is not a count of GPUs`, remedy: "write 'gpu: 1' or remove it" };
  for (const [key, value] of Object.entries({ gpuType, gpuZonalRedundancy })) {
    if (value === undefined) continue;
    yield { path: [key], message: `${key} is given without a GPU`, remedy: `write 'gpu: 1' or remove ${key}` };
  }
}

/** The memory for whole CPUs, in words. The least of up to two CPUs is less than anybody writes. */
function memoryForEachCpu(): string {
  const rows = MEMORY_FOR_CPU.filter(({ cpus }) => cpus >= 1).reverse();
  return rows
    .map(({ cpus, least, most }) => `${least < GiB ? 'up to' : `${amount(least)} to`} ${amount(most)} with ${cpus}`)
    .join(', ');
}

function isCpuAmount(cpus: number): boolean {
  return WHOLE_CPUS.includes(cpus) || (cpus >= LEAST_CPU && cpus < 1);
}

/** An amount of memory in Cloud Run's form. */
export function amount(bytes: number): string {
  return bytes >= GiB ? `${bytes / GiB}Gi` : `${bytes / MiB}Mi`;
}

/** What to write instead: the amount in Cloud Run's units if the number and unit are clear, or else an example. */
function memoryRemedy(text: string): string {
  const [, amount, unit] = /^(\d+)\s*(m|g)(?:b|i|ib)?$/i.exec(text) ?? [];
  return amount && unit ? `write '${amount}${unit.toUpperCase()}i'` : "write it like '512Mi' or '2Gi'";
}
