import type {
  CloudRunV2ServiceScaling,
  CloudRunV2ServiceTemplateScaling,
} from '@cdktf/provider-google/lib/cloud-run-v2-service';
import type { GoogleProviderVersions } from '../core/google-provider';

/** The number of instances, and the requests that each takes. */
export interface ScalingProps {
  /**
   * Requests an instance takes at a time, 1 to 1000; 1 with less than one CPU.
   * @default 80, with less than one CPU 1
   * @gcloud --concurrency
   * @terraform template.max_instance_request_concurrency
   */
  readonly concurrency?: number;

  /**
   * Time a request may take, at most one hour: seconds (`300`, `300s`) or `5m`, `1h`, `10m5s`.
   * @default "300s"
   * @gcloud --timeout
   * @terraform template.timeout
   */
  readonly timeout?: number | string;

  /**
   * Instances each revision keeps running, also without requests.
   * @default 0
   * @gcloud --min-instances
   * @terraform template.scaling.min_instance_count
   */
  readonly minInstances?: number;

  /**
   * Most instances of each revision. Without it, Cloud Run chooses by the project's quota, and Terraform does not change that.
   * @default Cloud Run's choice
   * @gcloud --max-instances
   * @terraform template.scaling.max_instance_count
   */
  readonly maxInstances?: number;

  /**
   * Instances that the whole service keeps running, divided among its revisions by their traffic.
   * @default 0
   * @gcloud --min
   * @terraform scaling.min_instance_count
   */
  readonly min?: number;

  /**
   * Most instances of the whole service, divided among its revisions by their traffic. Without it, Cloud Run chooses, and
   * Terraform does not change that. Needs the google provider 7.0 or later.
   * @default Cloud Run's choice
   * @gcloud --max
   * @terraform scaling.max_instance_count
   */
  readonly max?: number;

  /**
   * `auto`, or a fixed count of instances (manual scaling). A count excludes `min`, `max`, `minInstances` and
   * `maxInstances`.
   * @default "auto"
   * @gcloud --scaling
   * @terraform scaling.scaling_mode, scaling.manual_instance_count
   */
  readonly scaling?: 'auto' | number;
}

/**
 * Scaling of the whole service. The API reports it for every service, so without it every plan would show a difference.
 * Since 7.0 the provider keeps the counts that are not written, so a count that does not apply is written as 0.
 */
export function renderServiceScaling(
  { min, scaling }: ScalingProps,
  provider: GoogleProviderVersions,
): CloudRunV2ServiceScaling {
  const none = provider.isAtLeast('7') ? 0 : undefined;
  if (typeof scaling !== 'number') return { minInstanceCount: min ?? 0, manualInstanceCount: none };
  return { scalingMode: 'MANUAL', manualInstanceCount: scaling, minInstanceCount: none };
}

/** Scaling of each revision. */
export function renderRevisionScaling({ minInstances, maxInstances }: ScalingProps): CloudRunV2ServiceTemplateScaling {
  return { minInstanceCount: minInstances ?? 0, maxInstanceCount: maxInstances };
}

/**
 * The arguments that Terraform ignores. Without `maxInstances`, Cloud Run chooses the number by the project's quota. The provider keeps
 * this number since 7.44; earlier versions would plan to remove it.
 */
export function scalingIgnores({ maxInstances }: ScalingProps, provider: GoogleProviderVersions): string[] {
  if (maxInstances !== undefined || provider.isAtLeast('7.44')) return [];
  return ['template[0].scaling[0].max_instance_count'];
}

/** Requests at a time: 1 with less than one CPU, because Cloud Run then allows no more. */
export function defaultConcurrency(cpus: number | undefined): number {
  return cpus !== undefined && cpus < 1 ? 1 : 80;
}
