import { CloudTasksQueue } from '@cdktf/provider-google/lib/cloud-tasks-queue';
import { CloudTasksQueueIamMember } from '@cdktf/provider-google/lib/cloud-tasks-queue-iam-member';
import type { Construct } from 'constructs';
import { referenceTo } from '../core/address';
import { renderSeconds } from '../core/duration';
import type { Origin } from '../core/finding';
import { Grants } from '../core/grants';
import { isToken, literal } from '../core/literal';
import { nonEmpty } from '../core/order';
import { Kind } from '../core/registry';
import type { ICloudRunService } from '../core/service';
import { withoutStackTraces } from '../core/stack-traces';
import { type Grantable, type Grantee, grantToService } from './grantee';
import { nameFits, Trigger, type TriggerKind, type TriggerProps, type TriggerTarget } from './trigger';

/** A Cloud Tasks queue that sends all its tasks to the service with the queue's own token. The URL of a task is ignored. */
export interface TaskQueueSettings extends TriggerProps {
  /**
   * Path that every task calls on the service's run.app URL.
   * @default each task's own path
   * @gcloud gcloud tasks queues create --http-uri-override
   * @terraform google_cloud_tasks_queue http_target.uri_override
   */
  readonly path?: string;

  /**
   * Method of every request.
   * @default "POST"
   * @gcloud --http-method-override
   * @terraform google_cloud_tasks_queue http_target.http_method
   */
  readonly httpMethod?: 'DELETE' | 'GET' | 'HEAD' | 'OPTIONS' | 'PATCH' | 'POST' | 'PUT';

  /**
   * Tasks a second, at most 500.
   * @default 500
   * @gcloud --max-dispatches-per-second
   * @terraform google_cloud_tasks_queue rate_limits.max_dispatches_per_second
   */
  readonly maxDispatchesPerSecond?: number;

  /**
   * Tasks at a time, at most 5000.
   * @default 1000
   * @gcloud --max-concurrent-dispatches
   * @terraform google_cloud_tasks_queue rate_limits.max_concurrent_dispatches
   */
  readonly maxConcurrentDispatches?: number;

  /**
   * Attempts of a task, the first included; -1 for no limit.
   * @default 100
   * @gcloud --max-attempts
   * @terraform google_cloud_tasks_queue retry_config.max_attempts
   */
  readonly maxAttempts?: number;

  /**
   * Time after the first attempt during which a task is tried again; 0 for no limit.
   * @default "0s"
   * @gcloud --max-retry-duration
   * @terraform google_cloud_tasks_queue retry_config.max_retry_duration
   */
  readonly maxRetryDuration?: number | string;

  /**
   * Time to wait before the second attempt.
   * @default "0.1s"
   * @gcloud --min-backoff
   * @terraform google_cloud_tasks_queue retry_config.min_backoff
   */
  readonly minBackoff?: number | string;

  /**
   * Longest time to wait between two attempts.
   * @default "1h"
   * @gcloud --max-backoff
   * @terraform google_cloud_tasks_queue retry_config.max_backoff
   */
  readonly maxBackoff?: number | string;

  /**
   * How often the waiting time is doubled. After that it grows by the same amount each time.
   * @default 16
   * @gcloud --max-doublings
   * @terraform google_cloud_tasks_queue retry_config.max_doublings
   */
  readonly maxDoublings?: number;

  /**
   * Share of the operations that are written to Cloud Logging, 0 to 1.
   * @default 0
   * @gcloud --log-sampling-ratio
   * @terraform google_cloud_tasks_queue stackdriver_logging_config.sampling_ratio
   */
  readonly logSamplingRatio?: number;

  /**
   * Region of the queue, which may differ from the service's. A change replaces the queue.
   * @default the service's region
   * @gcloud --location
   * @terraform google_cloud_tasks_queue location
   */
  readonly location?: string;
}

/** A queue and who may add tasks to it. */
export interface TaskQueueProps<Service> extends TaskQueueSettings {
  /**
   * Who may add tasks: services and principals. A service gets the queue's full name in `<QUEUE>_QUEUE`. Each is granted
   * `roles/cloudtasks.enqueuer` on this queue only. Nobody needs to act as the queue's account, because the queue sends its own token.
   * @default no one
   * @terraform google_cloud_tasks_queue_iam_member.<service>_<key>_enqueuer_<principal>
   */
  readonly enqueuers?: readonly Grantee<Service>[];
}

/** Cloud Tasks' own defaults. They are always written, so that removing a key restores the default. */
export const QUEUE_DEFAULTS = {
  httpMethod: 'POST',
  maxDispatchesPerSecond: 500,
  maxConcurrentDispatches: 1000,
  maxAttempts: 100,
  maxRetryDuration: '0s',
  minBackoff: '0.1s',
  maxBackoff: '1h',
  maxDoublings: 16,
};

/** The Cloud Tasks queues of a stack. */
export const QUEUES = new Kind<TaskQueue>('queues');

/** The properties that all Cloud Tasks queues share. */
export const TASK_QUEUE: TriggerKind = {
  word: 'queue',
  product: 'Cloud Tasks queue',
  nameProblem: nameFits(/^[A-Za-z0-9-]{1,100}$/, 'letters, digits and dashes, at most 100'),
  needsProjectNumber: false,
  needsOwnProject: true,
};

/** A Cloud Tasks queue that sends its tasks to a service with an identity token. */
export class TaskQueue extends Trigger<TaskQueueSettings> implements Grantable {
  readonly variableEnding = 'QUEUE';
  /** The `google_cloud_tasks_queue` that Terraform creates. */
  readonly resource: CloudTasksQueue;
  /** Region of the queue. */
  readonly location: string;
  /** The grants to add tasks. */
  readonly enqueuerGrants = new Grants(this.environment, ({ member, part }, origin) => {
    const id = `enqueuer_${part}`;
    const grant = new CloudTasksQueueIamMember(this, id, {
      project: this.environment.props.project,
      location: this.location,
      name: referenceTo(this.resource, 'name'),
      role: 'roles/cloudtasks.enqueuer',
      member,
    });
    return this.environment.addresses.place(grant, `${this.addressPrefix}_${id}`, origin);
  });

  constructor(scope: Construct, id: string, props: TaskQueueSettings & TriggerTarget) {
    super(scope, id, TASK_QUEUE, props);
    const { environment } = this;
    this.location = props.location ?? this.target.location;
    this.resource = withoutStackTraces(() => this.render());
    this.resource.dependsOn = nonEmpty(environment.apis.require('cloudtasks'));
    environment.addresses.place(this.resource, this.addressPrefix, this.origin);
    environment.registry.add(QUEUES, this);
  }

  override get fullName(): string {
    return `projects/${this.environment.props.project}/locations/${this.location}/queues/${this.triggerName}`;
  }

  override get grantable(): this {
    return this;
  }

  get shortName(): string {
    return isToken(this.triggerName) ? this.key : this.triggerName;
  }

  /** Lets a principal add tasks. Granting it again changes nothing. */
  grant(principal: string, origin: Origin): void {
    this.enqueuerGrants.to(principal, origin);
  }

  /** Lets a service add tasks, and sets an environment variable of the service to the queue's full name. */
  grantEnqueue(service: ICloudRunService, { env }: { readonly env?: string } = {}): void {
    grantToService(this, service, env, { subject: service, path: [] });
  }

  private render(): CloudTasksQueue {
    const props = this.propsWith(QUEUE_DEFAULTS);
    return new CloudTasksQueue(this, 'Default', {
      project: this.environment.props.project,
      location: this.location,
      name: literal(this.triggerName),
      rateLimits: {
        maxDispatchesPerSecond: props.maxDispatchesPerSecond,
        maxConcurrentDispatches: props.maxConcurrentDispatches,
      },
      retryConfig: {
        maxAttempts: props.maxAttempts,
        maxRetryDuration: renderSeconds(props.maxRetryDuration),
        minBackoff: renderSeconds(props.minBackoff),
        maxBackoff: renderSeconds(props.maxBackoff),
        maxDoublings: props.maxDoublings,
      },
      stackdriverLoggingConfig: renderLogging(props.logSamplingRatio),
      httpTarget: {
        httpMethod: props.httpMethod,
        uriOverride: this.renderUriOverride(props.path),
        oidcToken: this.oidcToken,
      },
    });
  }

  /** The queue's target replaces that of each task, so that a task can neither call another service nor choose its token. */
  private renderUriOverride(target: string | undefined) {
    const [path, query] = target?.split(/\?(.*)/s) ?? [];
    return {
      scheme: 'HTTPS',
      host: `\${trimprefix(${this.audience.slice(2, -1)}, "https://")}`,
      pathOverride: path === undefined ? undefined : { path },
      queryOverride: query === undefined ? undefined : { queryParams: query },
      uriOverrideEnforceMode: 'ALWAYS',
    };
  }
}

/** Without the block for a ratio of 0: the provider does not send 0, so every plan would show a difference (its `expandCloudTasksQueueStackdriverLoggingConfig`). */
function renderLogging(samplingRatio = 0) {
  return samplingRatio > 0 || isToken(samplingRatio) ? { samplingRatio } : undefined;
}
