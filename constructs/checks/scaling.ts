import { parseDuration } from '../core/duration';
import { isToken } from '../core/literal';
import type { CloudRunService } from '../service/cloud-run-service';
import { type Check, exampleFile } from './check';
import { accepts, boundsOf, type Limit, type Limits, rangeInWords } from './limits';

export const SCALING_LIMITS = {
  minInstances: { least: 0 },
  maxInstances: { least: 1 },
  min: { least: 0 },
  max: { least: 1 },
  // The provider does not send a 0, so manual scaling would have no count.
  scaling: { least: 1 },
  concurrency: { least: 1, most: 1000 },
} satisfies Limits;
export const REQUEST_TIMEOUT = { least: '1s', most: '1h' };

const COUNTS = Object.entries(SCALING_LIMITS) as [keyof typeof SCALING_LIMITS, Limit][];
const MANY_INSTANCES = 1000;

/** Scaling and request limits that Cloud Run refuses. */
export const scalingChecks: readonly Check<CloudRunService>[] = [
  {
    code: 'instance-count',
    severity: 'error',
    summary: `Counts of instances are whole numbers, \`maxInstances\`, \`max\` and \`scaling\` at least 1 (the google provider does not send a 0), and \`concurrency\` is from ${rangeInWords(SCALING_LIMITS.concurrency)} (gcloud \`--min-instances\`, \`--max-instances\`, \`--max\`, \`--concurrency\`).`,
    example: exampleFile('api: {minInstances: -1, concurrency: 2000}'),
    *find({ props }) {
      for (const [key, limit] of COUNTS) {
        const value = props[key];
        if (typeof value !== 'number' || isToken(value) || accepts(limit, value)) continue;
        const { least, most } = boundsOf(limit);
        const remedy =
          limit.most === undefined && value <= most
            ? `write a whole number, at least ${least}`
            : `write a whole number from ${least} to ${most}`;
        yield { path: [key], message: `${key} can't be ${value}`, remedy };
      }
    },
  },
  {
    code: 'many-instances',
    severity: 'warning',
    summary: `More than ${MANY_INSTANCES} instances are more than Cloud Run's quota allows in most regions until it is raised (Cloud Run, "Quotas and limits").`,
    example: exampleFile('api: {maxInstances: 5000}'),
    *find({ props }) {
      for (const [key, limit] of COUNTS) {
        const value = props[key];
        if (key === 'concurrency' || typeof value !== 'number' || value <= MANY_INSTANCES) continue;
        if (value > boundsOf(limit).most) continue;
        const message = `${key} ${value} is more than most quotas allow`;
        yield { path: [key], message, remedy: 'ask Google for a higher quota first, or lower the number' };
      }
    },
  },
  {
    code: 'min-above-max',
    severity: 'error',
    summary: 'A revision cannot keep more instances running than its maximum.',
    example: exampleFile('api: {minInstances: 5, maxInstances: 2}'),
    *find({ props: { minInstances = 0, maxInstances = minInstances } }) {
      if (minInstances <= maxInstances) return;
      yield {
        path: ['minInstances'],
        message: `minInstances ${minInstances} is more than maxInstances ${maxInstances}`,
        remedy: 'lower minInstances or raise maxInstances',
      };
    },
  },
  {
    code: 'service-min-above-max',
    severity: 'error',
    summary: 'A service cannot keep more instances running than its maximum.',
    example: exampleFile('api: {min: 5, max: 2}'),
    *find({ props: { min = 0, max = min } }) {
      if (min <= max) return;
      yield { path: ['min'], message: `min ${min} is more than max ${max}`, remedy: 'lower min or raise max' };
    },
  },
  {
    code: 'manual-scaling',
    severity: 'error',
    summary: 'With a fixed count of instances, a least or most number has no effect (gcloud `--scaling`).',
    example: exampleFile('api: {scaling: 3, maxInstances: 10}'),
    *find({ props }) {
      if (typeof props.scaling !== 'number') return;
      for (const key of ['min', 'max', 'minInstances', 'maxInstances'] as const) {
        if (props[key] === undefined) continue;
        const message = `${key} has no effect with 'scaling: ${props.scaling}'`;
        yield { path: [key], message, remedy: `remove ${key} or scaling` };
      }
    },
  },
  {
    code: 'request-timeout',
    severity: 'error',
    summary: `A request may take from ${rangeInWords(REQUEST_TIMEOUT)}. The duration is in gcloud's format (\`--timeout\`).`,
    example: exampleFile('api: {timeout: 2h}'),
    *find({ props: { timeout } }) {
      if (timeout === undefined || isToken(timeout)) return;
      const seconds = parseDuration(timeout);
      if (seconds !== undefined && accepts(REQUEST_TIMEOUT, seconds)) return;
      const message = seconds === undefined ? `'${timeout}' is not a duration` : `a request can't take ${timeout}`;
      yield { path: ['timeout'], message, remedy: "write it like '300s', '5m' or '1h', at most an hour" };
    },
  },
];
