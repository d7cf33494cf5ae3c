import { PORT } from '../../constructs/checks/containers';
import { boundsOf, type Limit, rangeInWords } from '../../constructs/checks/limits';
import { MAX_CERTIFICATES } from '../../constructs/checks/load-balancer-domains';
import { WEIGHT } from '../../constructs/checks/load-balancer-routes';
import { SAMPLE_RATE } from '../../constructs/checks/load-balancer-settings';
import { SERVICE_DESCRIPTION } from '../../constructs/checks/names';
import { PROBE_LIMITS } from '../../constructs/checks/probes';
import { GiB, LEAST_FOR_L4 } from '../../constructs/checks/resources';
import { REQUEST_TIMEOUT, SCALING_LIMITS } from '../../constructs/checks/scaling';
import { SCHEDULE_DESCRIPTION, SCHEDULE_LIMITS } from '../../constructs/checks/schedules';
import { SUBSCRIPTION_LIMITS } from '../../constructs/checks/subscriptions';
import { QUEUE_LIMITS } from '../../constructs/checks/task-queues';
import { SMALLEST_DISK } from '../../constructs/checks/volumes';
import { ACCOUNT_ID_LENGTH } from '../../constructs/core/account-id';
import { SERVICE_NAME_LENGTH } from '../../constructs/core/forms';
import { FIRST_PRIORITY, RULES_PER_LIST } from '../../constructs/load-balancer/security-policy';
import type { JsonSchema } from '../schema/json-schema';
import { withoutLayers } from './layers';

/** The values that the checks accept for a key, by the interface that declares it. Every range in a doc comment must be here. */
type Accepted = Readonly<Record<string, Readonly<Record<string, Limit | readonly Limit[]>>>>;

const { startupProbe, livenessProbe } = PROBE_LIMITS;
const ACCEPTED: Accepted = {
  CloudRunServiceProps: { name: SERVICE_NAME_LENGTH },
  MetadataProps: { description: SERVICE_DESCRIPTION },
  NamedServiceAccount: { name: ACCOUNT_ID_LENGTH },
  ScalingProps: { ...SCALING_LIMITS, timeout: REQUEST_TIMEOUT },
  InstanceProps: { gpu: { least: LEAST_FOR_L4.cpus } },
  IngressContainerProps: { port: PORT },
  ProbeTiming: {
    initialDelaySeconds: [startupProbe.initialDelaySeconds, livenessProbe.initialDelaySeconds],
    periodSeconds: [startupProbe.periodSeconds, livenessProbe.periodSeconds],
  },
  ScheduleProps: { ...SCHEDULE_LIMITS, description: SCHEDULE_DESCRIPTION },
  TaskQueueSettings: QUEUE_LIMITS,
  SubscriptionSettings: SUBSCRIPTION_LIMITS,
  EmptyDirVolume: { sizeLimit: { least: SMALLEST_DISK } },
  ExternalLoadBalancerProps: { certificate: { least: 0, most: MAX_CERTIFICATES } },
  LoggingProps: { sampleRate: SAMPLE_RATE },
  RouteToServices: { services: WEIGHT },
  SecurityPolicyProps: Object.fromEntries(
    Object.entries(FIRST_PRIORITY).map(([key, first]) => [key, { least: first, most: first + RULES_PER_LIST - 1 }]),
  ),
};

const UNITS: Readonly<Record<string, number>> = { second: 1, minute: 60, hour: 60 * 60, day: 24 * 60 * 60, Gi: GiB };
const UNIT = `(${Object.keys(UNITS).join('|')})s?\\b`;
const AMOUNT = `(?:(-?\\d+(?:\\.\\d+)?)(?: ?${UNIT})?|(?:one|an?) ${UNIT})`;
const RANGE = new RegExp(`\\b(?:at (most|least) ${AMOUNT}|${AMOUNT} to ${AMOUNT})`, 'gi');

/** A range in the doc comment of a key. */
interface Range {
  readonly words: string;
  readonly least?: number;
  readonly most?: number;
}

/** The ranges in doc comments that differ from the values that the checks accept, each reported at the interface that declares the key. */
export function wrongRanges(definitions: Readonly<Record<string, JsonSchema>>, accepted = ACCEPTED): string[] {
  const lines = withoutLayers(definitions).flatMap(([name, schema]) => {
    const size = Object.keys(schema.properties ?? {}).length;
    return docLines(schema).map((line) => ({ ...line, name, size }));
  });
  const problems = lines.flatMap(({ key, text }) => {
    // An interface that extends another one has its keys, with the same doc lines. The smallest one is the other one.
    const same = lines.filter((line) => line.key === key && line.text === text).sort((a, b) => a.size - b.size);
    const declaring = same[0]?.name ?? '';
    const limits = same.flatMap(({ name }) => accepted[name]?.[key] ?? []);
    const wrong = rangesIn(text).filter((range) => !limits.some((limit) => isRangeOf(limit, range)));
    return wrong.map(({ words }) => `${declaring}.${key}: the doc line says '${words}', ${accept(limits, declaring)}`);
  });
  return [...new Set(problems)];
}

function accept(limits: readonly Limit[], name: string): string {
  if (limits.length > 0) return `and the checks accept ${limits.map(rangeInWords).join(' or ')}`;
  return `which no check is known to accept; add the limit of the check under '${name}' to ACCEPTED in services-yaml/generate/limits.ts`;
}

/** Every key with its doc line, those of inner maps and alternatives included. */
function docLines(schema: JsonSchema): { key: string; text: string }[] {
  const { properties = {}, anyOf = [] } = schema;
  const own = Object.entries(properties).flatMap(([key, value]) => [
    { key, text: (value.description ?? '').replaceAll(/\s+/g, ' ').replaceAll('`', '') },
    ...docLines(value),
  ]);
  return [...own, ...anyOf.flatMap(docLines)];
}

function rangesIn(text: string): Range[] {
  return [...text.matchAll(RANGE)].map(
    ([words, bound, count, unit, one, from, fromUnit, fromOne, to, toUnit, toOne]) => {
      if (bound) return { words, [bound.toLowerCase()]: amount(count, unit ?? one) };
      const last = toUnit ?? toOne;
      return { words, least: amount(from, fromUnit ?? fromOne ?? last), most: amount(to, last) };
    },
  );
}

function amount(count = '1', unit = ''): number {
  return Number(count) * (UNITS[unit] ?? 1);
}

function isRangeOf(limit: Limit, { least, most }: Range): boolean {
  const bounds = boundsOf(limit);
  return (least ?? bounds.least) === bounds.least && (most ?? bounds.most) === bounds.most;
}
