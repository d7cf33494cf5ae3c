import type { ObjectValue } from '../protocol/values';
import { atMost, blocksIn, bytes, entriesAt, form, numbersAt, type Rule, stringsAt, within } from './rules';

const INT32_MAX = 2 ** 31 - 1;
const GIB = 2 ** 30;
const UNITS: { readonly [unit: string]: number } = { k: 1e3, M: 1e6, G: 1e9, Ki: 2 ** 10, Mi: 2 ** 20, Gi: GIB };
const LABEL = /^(?:[a-z]([-a-z0-9]*[a-z0-9])?)$/;

/** cloud.google.com/run/docs/reference/rest/v2/projects.locations.services, and "Quotas and limits" of Cloud Run. */
export const cloudRunRules: readonly Rule[] = [
  bytes('description', 2048),
  labels,
  (service) => {
    const wrong = entriesAt(service, 'annotations').find(
      ([key]) => !/^(?:[-a-z0-9.]+\/)?[A-Za-z0-9](?:[-\w.]{0,61}[A-Za-z0-9])?$/.test(key),
    );
    return wrong && `Violation in service.annotations: '${wrong[0]}' is not a qualified name`;
  },
  (service) => {
    const environments = blocksIn(service, 'template.containers').map((container) => blocksIn(container, 'env'));
    return environments.some((env) => env.length > 1000)
      ? 'template.containers.env: at most 1000 variables'
      : undefined;
  },
  (service) => {
    const names = blocksIn(service, 'template.containers.env').find(
      ({ name }) => !/^[^\s=\p{Cc}]+$/u.test(String(name)),
    );
    return names && `template.containers.env: '${names.name}' is not the name of a variable`;
  },
  bytes('template.containers.env.value', 32_768),
  form('template.containers.name', /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/, 'must be a DNS label'),
  form('template.volumes.name', /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/, 'must be a DNS label'),
  form(
    'template.containers.volume_mounts.mount_path',
    /^\/(?!(?:dev|proc|sys)(?:\/|$))[^:]+$/,
    'the path is not allowed',
  ),
  form('template.vpc_access.network_interfaces.tags', LABEL, 'must be an RFC 1035 label'),
  atMost('template.vpc_access.network_interfaces.tags', 64),
  within('template.scaling.max_instance_count', 0, INT32_MAX),
  within('template.scaling.min_instance_count', 0, INT32_MAX),
  within('scaling.manual_instance_count', 0, INT32_MAX),
  within('template.max_instance_request_concurrency', 0, 1000),
  within('template.timeout', 0, 3600),
  ({ scaling }) => {
    const [{ scaling_mode: mode, manual_instance_count: count } = {} as ObjectValue] = blocksIn({ scaling }, 'scaling');
    return mode === 'MANUAL' && !count ? 'scaling: manual_instance_count must be set with MANUAL' : undefined;
  },
  minAboveMax,
  traffic,
  otherRegion,
  instance,
  probes,
];

function labels(service: ObjectValue): string | undefined {
  const all = entriesAt(service, 'effective_labels');
  if (all.length > 64) return `service.labels: ${all.length} labels, at most 64 are allowed`;
  const wrong = all.find(
    ([key, value]) =>
      !/^[\p{Ll}\p{Lo}][\p{Ll}\p{Lo}\p{N}_-]{0,62}$/u.test(key) || !/^[\p{Ll}\p{Lo}\p{N}_-]{0,63}$/u.test(value),
  );
  return wrong && !wrong[0].includes('/') ? `service.labels: '${wrong.join(': ')}' is not a label` : undefined;
}

function minAboveMax(service: ObjectValue): string | undefined {
  const [least = 0] = numbersAt(service, 'template.scaling.min_instance_count');
  const [most = 0] = numbersAt(service, 'template.scaling.max_instance_count');
  return most > 0 && least > most
    ? 'template.scaling: min_instance_count must not exceed max_instance_count'
    : undefined;
}

function traffic(service: ObjectValue): string | undefined {
  const targets = blocksIn(service, 'traffic');
  const total = targets.reduce((sum, { percent }) => sum + Number(percent ?? 0), 0);
  if (targets.length > 0 && total !== 100) return 'service.traffic: Traffic target percentages must add up to 100.';
  const tags = stringsAt(service, 'traffic.tag');
  if (new Set(tags).size < tags.length) return 'service.traffic: tags must be unique.';
  const long = tags.find((tag) => tag.length + String(service.name).length > 46);
  return (
    long &&
    `traffic[].tag: traffic tag '${long}' and service name '${service.name}' together are too long. Combined traffic tag and service name cannot exceed 46 characters.`
  );
}

function otherRegion(service: ObjectValue): string | undefined {
  const named = [
    ...stringsAt(service, 'template.vpc_access.connector'),
    ...stringsAt(service, 'template.vpc_access.network_interfaces.subnetwork'),
    ...stringsAt(service, 'template.encryption_key'),
  ];
  const other = named.find((name) => {
    const region = /\/(?:regions|locations)\/([^/]+)\//.exec(name)?.[1];
    return region !== undefined && region !== service.location;
  });
  return other && `template: '${other}' is not in the location '${service.location}'`;
}

function instance(service: ObjectValue): string | undefined {
  const limits = blocksIn(service, 'template.containers.resources.limits');
  const cpus = limits.map(({ cpu }) =>
    /m$/.test(String(cpu)) ? Number.parseInt(String(cpu), 10) / 1000 : Number(cpu ?? 1),
  );
  const memories = limits.map(({ memory }) => {
    const [, number = '512', unit = 'Mi'] = /^([\d.]+)(k|M|G|Ki|Mi|Gi)$/.exec(String(memory ?? '512Mi')) ?? [];
    return Number(number) * (UNITS[unit] ?? 0);
  });
  const sum = (list: number[]) => list.reduce((total, each) => total + each, 0);
  const hasGpu = limits.some((limit) => limit['nvidia.com/gpu'] !== undefined);
  const [generation = ''] = stringsAt(service, 'template.execution_environment');
  if (cpus.some((cpu) => !(cpu >= 0.08 && (cpu < 1 || hasGpu || [1, 2, 4, 6, 8].includes(cpu)))))
    return 'Invalid value specified for cpu';
  if (!hasGpu && (sum(cpus) > 8 || sum(memories) > 32 * GIB))
    return 'the containers of an instance exceed 8 CPU or 32Gi';
  if (hasGpu && generation.endsWith('GEN1')) return 'GPUs need the second generation execution environment';
  if (generation.endsWith('GEN2') && limits.length > 0 && sum(memories) < GIB / 2)
    return 'Total memory < 512 Mi is not supported with gen2';
  return undefined;
}

function probes(service: ObjectValue): string | undefined {
  for (const kind of ['startup_probe', 'liveness_probe']) {
    for (const probe of blocksIn(service, `template.containers.${kind}`)) {
      const { timeout_seconds: timeout = 1, period_seconds: period = 10, failure_threshold: failures = 3 } = probe;
      if (Number(timeout) > Number(period))
        return `${kind}: timeout_seconds must be less than or equal to period_seconds`;
      if (kind === 'startup_probe' && Number(period) * Number(failures) > 240)
        return `${kind}: at most 240 seconds to start`;
    }
  }
  return undefined;
}
