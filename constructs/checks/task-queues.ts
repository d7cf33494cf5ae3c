import { QUEUE_DEFAULTS, TASK_QUEUE, type TaskQueue } from '../connections/task-queue';
import type { CloudRunService } from '../service/cloud-run-service';
import { type Check, exampleFile } from './check';
import { type Limits, outside, reversedDelays } from './limits';
import { below, wrongLocation } from './triggers';

/** Cloud Tasks API, RateLimits and RetryConfig. */
export const QUEUE_LIMITS = {
  maxDispatchesPerSecond: { least: 0.001, most: 500, fraction: true },
  maxConcurrentDispatches: { least: 1, most: 5000 },
  maxAttempts: { least: -1 },
  maxRetryDuration: { least: '0s', fraction: true },
  minBackoff: { least: '0s', fraction: true },
  maxBackoff: { least: '0s', fraction: true },
  // The provider does not send a 0, so the product's own default would apply.
  maxDoublings: { least: 1 },
  logSamplingRatio: { least: 0, most: 1, fraction: true },
} satisfies Limits;

/** Cloud Tasks queues. */
export const taskQueueChecks: readonly Check<CloudRunService>[] = [
  {
    code: 'queue-limits',
    severity: 'error',
    summary: `A queue sends at most ${QUEUE_LIMITS.maxDispatchesPerSecond.most} tasks a second and ${QUEUE_LIMITS.maxConcurrentDispatches.most} at a time; attempts are ${QUEUE_LIMITS.maxAttempts.least} for no limit, or at least 1 (Cloud Tasks API, RateLimits and RetryConfig).`,
    example: exampleFile('worker: {taskQueues: {mail: {maxDispatchesPerSecond: 1000, maxAttempts: 0}}}'),
    *find(service) {
      for (const { props, origin } of queuesOf(service)) {
        yield* outside(QUEUE_LIMITS, props, origin);
        if (props.maxAttempts !== 0) continue;
        const message = "maxAttempts can't be 0";
        yield { ...below(origin, 'maxAttempts'), message, remedy: 'write -1 for no limit, or at least 1' };
      }
    },
  },
  {
    code: 'queue-backoff',
    severity: 'error',
    summary: 'The least time to wait between two attempts is at most the longest (Cloud Tasks API, RetryConfig).',
    example: exampleFile('worker: {taskQueues: {mail: {minBackoff: 10s, maxBackoff: 5s}}}'),
    *find(service) {
      for (const { props, origin } of queuesOf(service)) {
        yield* reversedDelays(['minBackoff', 'maxBackoff'], props, QUEUE_DEFAULTS, origin);
      }
    },
  },
  {
    code: 'queue-location',
    severity: 'error',
    summary: 'A queue is in a region, which may differ from the service\'s (Cloud Tasks, "Locations").',
    example: exampleFile('worker: {taskQueues: {mail: {location: europe}}}'),
    *find(service) {
      for (const queue of queuesOf(service)) yield* wrongLocation(queue);
    },
  },
];

function queuesOf({ triggers }: CloudRunService): TaskQueue[] {
  return triggers.filter((trigger): trigger is TaskQueue => trigger.kind === TASK_QUEUE);
}
