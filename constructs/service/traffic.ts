import type { CloudRunV2ServiceTraffic } from '@cdktf/provider-google/lib/cloud-run-v2-service';

interface TrafficShare {
  /**
   * Share of the requests in percent. All shares add up to 100.
   * @default 0
   */
  readonly percent?: number;
  /**
   * Tag that gives the revision a URL of its own, `https://TAG---…`, also with a share of 0.
   * @default none
   */
  readonly tag?: string;
}

/** A share of the requests for the latest revision that is ready. */
export interface LatestRevisionTraffic extends TrafficShare {
  /** The latest revision. */
  readonly latest: true;
}

/** A share of the requests for one revision by name. */
export interface RevisionTraffic extends TrafficShare {
  /** The revision's full name, which begins with the service's name. */
  readonly revision: string;
}

/** A share of the requests. */
export type TrafficTarget = LatestRevisionTraffic | RevisionTraffic;

/** The traffic split, and who deploys. */
export interface TrafficProps {
  /**
   * How requests are split among revisions.
   * @default all to the latest revision
   * @minItems 1
   * @gcloud gcloud run services update-traffic
   * @terraform traffic
   */
  readonly traffic?: readonly TrafficTarget[];

  /**
   * End of the next revision's name, after the service's name and a dash (a warning: with the same suffix, the next change of the
   * service is refused, because the revision already exists).
   * @default a name that Cloud Run chooses
   * @gcloud --revision-suffix
   * @terraform template.revision
   */
  readonly revisionSuffix?: string;

  /**
   * Whether a deployment fails when the new revision does not start. Needs the google provider 7.7 or later to be `false`.
   * @default true
   * @gcloud --[no-]deploy-health-check
   * @terraform template.health_check_disabled
   */
  readonly healthCheck?: boolean;

  /**
   * Who sets the image: `terraform`, or `external` if CI deploys it with gcloud or Cloud Build. Terraform then uses the file's image
   * only to create the service, and does not change the image later.
   * @default "terraform"
   * @terraform lifecycle.ignore_changes
   */
  readonly imageUpdates?: 'terraform' | 'external';

  /**
   * Who sets the traffic split: `terraform`, or `external` for `gcloud run services update-traffic`.
   * @default "terraform"
   * @terraform lifecycle.ignore_changes
   */
  readonly trafficUpdates?: 'terraform' | 'external';
}

const EVERYTHING_TO_LATEST: readonly TrafficTarget[] = [{ latest: true, percent: 100 }];

/** The traffic split, by default all to the latest revision. */
export function renderTraffic(traffic: TrafficProps['traffic']): CloudRunV2ServiceTraffic[] {
  return (traffic ?? EVERYTHING_TO_LATEST).map((target) => ({
    ...('revision' in target
      ? { type: 'TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION', revision: target.revision }
      : { type: 'TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST' }),
    percent: target.percent ?? 0,
    tag: target.tag,
  }));
}

/** gcloud and Cloud Build set these on the revisions that they deploy. */
const DEPLOYMENT_LABELS = [
  'managed-by',
  'commit-sha',
  'gcb-build-id',
  'gcb-trigger-id',
  'gcb-trigger-region',
  'client.knative.dev/nonce',
  'run.googleapis.com/startupProbeType',
];
const DEPLOYMENT_ANNOTATIONS = [
  'run.googleapis.com/client-name',
  'run.googleapis.com/client-version',
  'client.knative.dev/user-image',
];

const IMAGE_DEPLOYMENT = [
  'build_config',
  'template[0].containers[0].base_image_uri',
  'template[0].containers[0].image',
  'template[0].containers[0].name',
  'template[0].revision',
  ...DEPLOYMENT_ANNOTATIONS.map((name) => `template[0].annotations["${name}"]`),
  ...DEPLOYMENT_LABELS.map((name) => `template[0].labels["${name}"]`),
];

/** Arguments that Terraform ignores: always the name of the deploying client, the others if deployments are external. */
export function deploymentIgnores({ imageUpdates, trafficUpdates }: TrafficProps): string[] {
  return [
    'client',
    'client_version',
    ...(imageUpdates === 'external' ? IMAGE_DEPLOYMENT : []),
    ...(trafficUpdates === 'external' ? ['traffic'] : []),
  ];
}
