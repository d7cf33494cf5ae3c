import { SCHEDULE_DEFAULTS, SCHEDULER_JOB, type SchedulerJob } from '../connections/scheduler-job';
import { isToken } from '../core/literal';
import { sortedEntries } from '../core/order';
import type { CloudRunService } from '../service/cloud-run-service';
import { isInWords, wordsProblem } from './app-engine-schedule';
import { type Check, exampleFile } from './check';
import { isHeaderName, isHeaderValue } from './http-headers';
import { type Limits, outside, rangeInWords, reversedDelays } from './limits';
import { below, wrongLocation } from './triggers';

/** Signs of other kinds of cron that unix-cron does not have: `L`, `W`, `#`, `?`, `@daily`. */
const NOT_UNIX_CRON = /[^\d\s*,/A-Z-]|(?<![A-Z])(?:[A-Z]{1,2}|[A-Z]{4,})(?![A-Z])/i;

/** Cloud Scheduler, "Quotas and limits", and gcloud's reference of `scheduler jobs create http`. */
export const SCHEDULE_LIMITS = {
  attemptDeadline: { least: '15s', most: '30m' },
  maxRetryAttempts: { least: 0, most: 5 },
  maxRetryDuration: { least: '0s' },
  minBackoff: { least: '0s' },
  maxBackoff: { least: '0s' },
  // The provider does not send a 0, so the product's own default would apply.
  maxDoublings: { least: 1 },
} satisfies Limits;
export const SCHEDULE_DESCRIPTION = { least: 0, most: 500 };

/** Cloud Scheduler API, HttpTarget. */
const METHODS_WITH_BODY = ['PATCH', 'POST', 'PUT'];
const OWN_HEADER =
  /^(?:authorization|content-length|host|user-agent|x-appengine-.*|x-cloudscheduler(?:-.*)?|x-google-.*)$/i;
const HEADER_BYTES = 80_000;
const URL_LENGTH = 2083;

/** Cloud Scheduler jobs. */
export const scheduleChecks: readonly Check<CloudRunService>[] = [
  {
    code: 'cron-syntax',
    severity: 'error',
    summary:
      'A schedule is five fields of unix-cron with at least one possible time, or in App Engine\'s format (Cloud Scheduler, "Cron job format and time zone").',
    example: exampleFile('worker: {schedules: {nightly: {schedule: 0 25 * * *}}}'),
    *find(service) {
      for (const { props, origin } of jobsOf(service)) {
        const problem = isToken(props.schedule) ? undefined : cronProblem(props.schedule);
        if (problem === undefined) continue;
        const message = `'${props.schedule}' is not a schedule: ${problem}`;
        const remedy = "write minute, hour, day, month and day of week, such as '0 3 * * *'";
        yield { ...below(origin, 'schedule'), message, remedy };
      }
    },
  },
  {
    code: 'time-zone',
    severity: 'error',
    summary: 'A time zone is a name of the tz database (gcloud `--time-zone`).',
    example: exampleFile('worker: {schedules: {nightly: {schedule: 0 3 * * *, timeZone: Europe/Berlim}}}'),
    *find(service) {
      for (const { props, origin } of jobsOf(service)) {
        const { timeZone } = props;
        if (timeZone === undefined || isToken(timeZone) || isTimeZone(timeZone)) continue;
        const remedy = "write a name such as 'Europe/Berlin' or 'Etc/UTC'";
        yield { ...below(origin, 'timeZone'), message: `'${timeZone}' is not a time zone`, remedy };
      }
    },
  },
  {
    code: 'schedule-limits',
    severity: 'error',
    summary: `An attempt of a job lasts ${rangeInWords(SCHEDULE_LIMITS.attemptDeadline)}, and is repeated at most ${SCHEDULE_LIMITS.maxRetryAttempts.most} times; a description has at most ${SCHEDULE_DESCRIPTION.most} characters (gcloud \`scheduler jobs create http\`).`,
    example: exampleFile(
      'worker: {schedules: {nightly: {schedule: 0 3 * * *, attemptDeadline: 1h, maxRetryAttempts: 9}}}',
    ),
    *find(service) {
      for (const { props, origin } of jobsOf(service)) {
        yield* outside(SCHEDULE_LIMITS, props, origin);
        const { description = '' } = props;
        if (isToken(description) || description.length <= SCHEDULE_DESCRIPTION.most) continue;
        const message = `the description has ${description.length} characters`;
        yield { ...below(origin, 'description'), message, remedy: `shorten it to ${SCHEDULE_DESCRIPTION.most}` };
      }
    },
  },
  {
    code: 'schedule-backoff',
    severity: 'error',
    summary: 'The least time to wait between two attempts is at most the longest (Cloud Scheduler API, RetryConfig).',
    example: exampleFile('worker: {schedules: {nightly: {schedule: 0 3 * * *, minBackoff: 2h}}}'),
    *find(service) {
      for (const { props, origin } of jobsOf(service)) {
        yield* reversedDelays(['minBackoff', 'maxBackoff'], props, SCHEDULE_DEFAULTS, origin);
      }
    },
  },
  {
    code: 'schedule-header',
    severity: 'error',
    summary:
      'Cloud Scheduler sets `Host`, `Content-Length`, `User-Agent`, `Authorization` and headers that begin with `X-Google-`, `X-AppEngine-` or `X-CloudScheduler` itself. All headers together have less than 80 KB (Cloud Scheduler API, HttpTarget).',
    example: exampleFile('worker: {schedules: {nightly: {schedule: 0 3 * * *, headers: {Content-Length: "1"}}}}'),
    *find(service) {
      for (const { props, origin } of jobsOf(service)) {
        const headers = sortedEntries(props.headers);
        for (const [name, value] of headers) {
          const message = headerProblem(name, value);
          if (message) yield { ...below(below(origin, 'headers'), name), ...message };
        }
        const bytes = Buffer.byteLength(headers.flat().join(''));
        if (bytes < HEADER_BYTES) continue;
        const message = `the headers have ${bytes} bytes`;
        yield { ...below(origin, 'headers'), message, remedy: `keep them below ${HEADER_BYTES}` };
      }
    },
  },
  {
    code: 'schedule-body',
    severity: 'error',
    summary: `Only ${METHODS_WITH_BODY.join(', ')} have a body (Cloud Scheduler API, HttpTarget.body).`,
    example: exampleFile('worker: {schedules: {nightly: {schedule: 0 3 * * *, httpMethod: GET, messageBody: all}}}'),
    *find(service) {
      for (const { props, origin } of jobsOf(service)) {
        const { httpMethod = 'POST', messageBody = '' } = props;
        if (messageBody === '' || METHODS_WITH_BODY.includes(httpMethod)) continue;
        const message = `a request by ${httpMethod} has no body`;
        yield { ...below(origin, 'messageBody'), message, remedy: "remove it, or write 'httpMethod: POST'" };
      }
    },
  },
  {
    code: 'schedule-url',
    severity: 'error',
    summary: `The URL that a job calls has at most ${URL_LENGTH} characters (Cloud Scheduler API, HttpTarget.uri).`,
    example: exampleFile(`worker: {schedules: {nightly: {schedule: 0 3 * * *, path: /${'long/'.repeat(420)}}}}`),
    *find(service) {
      for (const { props, origin } of jobsOf(service)) {
        // The host is not known yet. It contains the service's name and at least this text.
        const shortest = `https://${service.serviceName}.a.run.app${props.path ?? ''}`;
        const length = Buffer.byteLength(shortest);
        if (isToken(shortest) || length <= URL_LENGTH) continue;
        const message = `the URL has at least ${length} characters`;
        yield { ...below(origin, 'path'), message, remedy: `shorten the path, to ${URL_LENGTH} for the whole` };
      }
    },
  },
  {
    code: 'schedule-location',
    severity: 'error',
    summary: 'A job is in a region, which may differ from the service\'s (Cloud Scheduler, "Supported regions").',
    example: exampleFile('worker: {schedules: {nightly: {schedule: 0 3 * * *, location: eu}}}'),
    *find(service) {
      for (const job of jobsOf(service)) yield* wrongLocation(job);
    },
  },
];

function jobsOf({ triggers }: CloudRunService): SchedulerJob[] {
  return triggers.filter((trigger): trigger is SchedulerJob => trigger.kind === SCHEDULER_JOB);
}

function headerProblem(name: string, value: string): { message: string; remedy: string } | undefined {
  if (!isHeaderName(name))
    return { message: `'${name}' is not the name of a header`, remedy: "write it like 'X-Kind'" };
  if (OWN_HEADER.test(name))
    return { message: `the header ${name} is set by Cloud Scheduler itself`, remedy: 'remove it' };
  if (isToken(value) || isHeaderValue(value)) return undefined;
  return { message: `the value of ${name} has control characters`, remedy: 'remove them' };
}

/** What is wrong with a schedule. The library is loaded only for the first schedule, because loading takes 6 ms. */
function cronProblem(schedule: string): string | undefined {
  if (isInWords(schedule)) return wordsProblem(schedule);
  const fields = schedule.trim().split(/\s+/).length;
  if (/^@/.test(schedule)) return 'it is from another kind of cron';
  if (fields !== 5)
    return `it has ${fields} ${fields === 1 ? 'field' : 'fields'} of five${fields === 6 ? ', and no field of seconds' : ''}`;
  if (NOT_UNIX_CRON.test(schedule)) return 'it has characters that unix-cron does not know';
  const { Cron } = require('croner') as typeof import('croner');
  try {
    // With a time zone, the library formats each date with Intl, which takes four times as long.
    const cron = new Cron(schedule, { paused: true, mode: '5-part', utcOffset: 0 });
    return cron.nextRun(new Date(0)) ? undefined : 'there is no such day';
  } catch (error) {
    return (error as Error).message
      .replace(/^CronPattern: /, '')
      .replace(/\.$/, '')
      .replace(/^./, (first) => first.toLowerCase());
  }
}

function isTimeZone(name: string): boolean {
  try {
    const { timeZone } = new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions();
    // Names in the tz database are case-sensitive. Intl ignores case, and also accepts offsets.
    return /^[A-Z]/.test(name) && (timeZone === name || timeZone.toLowerCase() !== name.toLowerCase());
  } catch {
    return false;
  }
}
