import { PUSH_SUBSCRIPTION, type PushSubscription, SUBSCRIPTION_DEFAULTS } from '../connections/push-subscription';
import { SCHEDULE_DEFAULTS, SCHEDULER_JOB, type SchedulerJob } from '../connections/scheduler-job';
import { TASK_QUEUE } from '../connections/task-queue';
import type { Trigger } from '../connections/trigger';
import { parseDuration } from '../core/duration';
import { isToken } from '../core/literal';
import type { CloudRunService } from '../service/cloud-run-service';
import { type Check, exampleFile } from './check';

/** How long a trigger waits for the service's answer, and the key that sets it. */
interface Deadline {
  readonly who: string;
  readonly wait: number | string;
  readonly key?: string;
}

/** The time that a service may take, and the time that its triggers wait. */
export const deadlineChecks: readonly Check<CloudRunService>[] = [
  {
    code: 'timeout-over-deadline',
    severity: 'warning',
    summary:
      'A trigger calls again after its deadline, while the first request still runs until `timeout` (Cloud Scheduler, `attemptDeadline`; Pub/Sub, `ackDeadline`; Cloud Tasks, at most 30 minutes). Reported only if `timeout` is set.',
    example: exampleFile('worker: {timeout: 15m, schedules: {nightly: {schedule: 0 3 * * *}}}'),
    *find({ props: { timeout }, triggers }) {
      const seconds = timeout === undefined ? undefined : secondsOf(timeout);
      if (seconds === undefined) return;
      for (const trigger of triggers) {
        const { who, wait, key } = deadlineOf(trigger) ?? { wait: seconds };
        const waits = secondsOf(wait) ?? seconds;
        if (seconds <= waits) continue;
        const message = `${who} waits ${waits} seconds for an answer that may take ${seconds}, and calls again`;
        const raise = key ? `raise ${key}, or lower timeout` : 'lower timeout';
        yield { ...trigger.origin, message, remedy: `${raise}, unless the work may be done twice` };
      }
    },
  },
];

function deadlineOf(trigger: Trigger): Deadline | undefined {
  switch (trigger.kind) {
    case SCHEDULER_JOB: {
      const { attemptDeadline: wait = SCHEDULE_DEFAULTS.attemptDeadline } = (trigger as SchedulerJob).props;
      return { who: 'the job of Cloud Scheduler', wait, key: 'attemptDeadline' };
    }
    case PUSH_SUBSCRIPTION: {
      const { ackDeadline: wait = SUBSCRIPTION_DEFAULTS.ackDeadline } = (trigger as PushSubscription).props;
      return { who: 'the subscription of Pub/Sub', wait, key: 'ackDeadline' };
    }
    // Each task has its own deadline, at most half an hour.
    case TASK_QUEUE:
      return { who: 'a task of Cloud Tasks', wait: 1800 };
    default:
      return undefined;
  }
}

function secondsOf(duration: number | string): number | undefined {
  return isToken(duration) ? undefined : parseDuration(duration);
}
