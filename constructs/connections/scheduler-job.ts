import { CloudSchedulerJob } from '@cdktf/provider-google/lib/cloud-scheduler-job';
import { Fn } from 'cdktf';
import type { Construct } from 'constructs';
import { renderDuration } from '../core/duration';
import { isToken, literal } from '../core/literal';
import { nonEmpty } from '../core/order';
import { withoutStackTraces } from '../core/stack-traces';
import type { Text } from '../core/text';
import { nameFits, Trigger, type TriggerKind, type TriggerProps, type TriggerTarget } from './trigger';

/** A Cloud Scheduler job that calls the service. */
export interface ScheduleProps extends TriggerProps {
  /**
   * When to call: in unix-cron format (`0 3 * * *`) or in App Engine's format (`every 12 hours`).
   * @gcloud gcloud scheduler jobs create http --schedule
   * @terraform google_cloud_scheduler_job schedule
   */
  readonly schedule: string;

  /**
   * Time zone of the schedule, by its name in the tz database.
   * @default "Etc/UTC"
   * @gcloud --time-zone
   * @terraform google_cloud_scheduler_job time_zone
   */
  readonly timeZone?: string;

  /**
   * Path to call on the service's run.app URL.
   * @default the service's root
   * @gcloud --uri
   * @terraform google_cloud_scheduler_job http_target.uri
   */
  readonly path?: string;

  /**
   * Method of the request.
   * @default "POST"
   * @gcloud --http-method
   * @terraform google_cloud_scheduler_job http_target.http_method
   */
  readonly httpMethod?: 'DELETE' | 'GET' | 'HEAD' | 'OPTIONS' | 'PATCH' | 'POST' | 'PUT';

  /**
   * Body of the request.
   * @default none
   * @gcloud --message-body
   * @terraform google_cloud_scheduler_job http_target.body
   */
  readonly messageBody?: Text;

  /**
   * Headers of the request. Cloud Scheduler itself sets `User-Agent` and headers that begin with `X-CloudScheduler`.
   * @default none
   * @gcloud --headers
   * @terraform google_cloud_scheduler_job http_target.headers
   */
  readonly headers?: Readonly<Record<string, Text>>;

  /**
   * Time that the service has to answer, 15 seconds to 30 minutes.
   * @default "180s"
   * @gcloud --attempt-deadline
   * @terraform google_cloud_scheduler_job attempt_deadline
   */
  readonly attemptDeadline?: number | string;

  /**
   * Attempts after a failed one, before the schedule's next time: 0 to 5.
   * @default 0
   * @gcloud --max-retry-attempts
   * @terraform google_cloud_scheduler_job retry_config.retry_count
   */
  readonly maxRetryAttempts?: number;

  /**
   * Time after the first attempt during which the job is tried again; 0 for no limit.
   * @default "0s"
   * @gcloud --max-retry-duration
   * @terraform google_cloud_scheduler_job retry_config.max_retry_duration
   */
  readonly maxRetryDuration?: number | string;

  /**
   * Time to wait before the second attempt.
   * @default "5s"
   * @gcloud --min-backoff
   * @terraform google_cloud_scheduler_job retry_config.min_backoff_duration
   */
  readonly minBackoff?: number | string;

  /**
   * Longest time to wait between two attempts.
   * @default "1h"
   * @gcloud --max-backoff
   * @terraform google_cloud_scheduler_job retry_config.max_backoff_duration
   */
  readonly maxBackoff?: number | string;

  /**
   * How often the waiting time is doubled. After that it grows by the same amount each time.
   * @default 5
   * @gcloud --max-doublings
   * @terraform google_cloud_scheduler_job retry_config.max_doublings
   */
  readonly maxDoublings?: number;

  /**
   * Whether the job is paused.
   * @default false
   * @gcloud gcloud scheduler jobs pause
   * @terraform google_cloud_scheduler_job paused
   */
  readonly paused?: boolean;

  /**
   * What the job is for, at most 500 characters.
   * @default none
   * @gcloud --description
   * @terraform google_cloud_scheduler_job description
   */
  readonly description?: Text;

  /**
   * Region of the job, which may differ from the service's. A change replaces the job.
   * @default the service's region
   * @gcloud --location
   * @terraform google_cloud_scheduler_job region
   */
  readonly location?: string;
}

/** Cloud Scheduler's own defaults. They are always written, so that removing a key restores the default. */
export const SCHEDULE_DEFAULTS = {
  timeZone: 'Etc/UTC',
  httpMethod: 'POST',
  attemptDeadline: '180s',
  maxRetryAttempts: 0,
  maxRetryDuration: '0s',
  minBackoff: '5s',
  maxBackoff: '1h',
  maxDoublings: 5,
  paused: false,
};

/** The properties that all Cloud Scheduler jobs share. */
export const SCHEDULER_JOB: TriggerKind = {
  word: 'schedule',
  product: 'Cloud Scheduler job',
  nameProblem: nameFits(/^[A-Za-z0-9_-]{1,500}$/, 'letters, digits, dashes and underscores, at most 500'),
  needsProjectNumber: false,
  needsOwnProject: true,
};

/** A Cloud Scheduler job that calls a service with an identity token. */
export class SchedulerJob extends Trigger<ScheduleProps> {
  /** The `google_cloud_scheduler_job` that Terraform creates. */
  readonly resource: CloudSchedulerJob;
  /** Region of the job. */
  readonly location: string;

  constructor(scope: Construct, id: string, props: ScheduleProps & TriggerTarget) {
    super(scope, id, SCHEDULER_JOB, props);
    this.location = props.location ?? this.target.location;
    this.resource = withoutStackTraces(() => this.render());
    this.resource.dependsOn = nonEmpty(this.environment.apis.require('cloudscheduler'));
    this.environment.addresses.place(this.resource, this.addressPrefix, this.origin);
  }

  override get fullName(): string {
    return `projects/${this.environment.props.project}/locations/${this.location}/jobs/${this.triggerName}`;
  }

  private render(): CloudSchedulerJob {
    const props = this.propsWith(SCHEDULE_DEFAULTS);
    return new CloudSchedulerJob(this, 'Default', {
      project: this.environment.props.project,
      region: this.location,
      name: literal(this.triggerName),
      description: props.description,
      schedule: props.schedule,
      timeZone: props.timeZone,
      paused: props.paused,
      attemptDeadline: renderDuration(props.attemptDeadline),
      httpTarget: {
        uri: `${this.audience}${props.path ?? ''}`,
        // The API reports the method and the argument is not computed, so without it every plan would show a difference.
        httpMethod: props.httpMethod,
        body: renderBody(this.props.messageBody),
        headers: props.headers,
        oidcToken: this.oidcToken,
      },
      retryConfig: {
        retryCount: props.maxRetryAttempts,
        maxRetryDuration: renderDuration(props.maxRetryDuration),
        minBackoffDuration: renderDuration(props.minBackoff),
        maxBackoffDuration: renderDuration(props.maxBackoff),
        maxDoublings: props.maxDoublings,
      },
    });
  }
}

/** The provider accepts a body only in base64. */
function renderBody(body: string | undefined): string | undefined {
  if (body === undefined) return undefined;
  return isToken(body) ? Fn.base64encode(body) : Buffer.from(body).toString('base64');
}
