import type { IamTarget } from '../iam/target';
import { matching } from '../validation';
import { CLOUD_RUN_SERVICES } from './cloud-run-v2-service/iam';

/** Other resources with an IAM policy. `index.ts` lists which of their IAM resources are emulated. */

/** google/services/cloudrun/iam_cloud_run_service.go: the same policy as in the v2 API. */
export const cloudRunServiceIam: IamTarget = {
  prefix: 'google_cloud_run_service',
  source: 'google/services/cloudrun/iam_cloud_run_service.go',
  noun: 'cloudrun service',
  policy: 'projects/{project}/locations/{location}/services/{service}',
  id: 'v1/projects/{project}/locations/{location}/services/{service}',
  argument: 'service',
  longName: true,
  forceNew: ['service', 'location', 'project'],
  mustExist: CLOUD_RUN_SERVICES.map(({ type, id }) => ({ type, id: id.replace('{name}', '{service}') })),
};

export const secretIam: IamTarget = {
  prefix: 'google_secret_manager_secret',
  source: 'google/services/secretmanager/iam_secret_manager_secret.go',
  noun: 'secretmanager secret',
  policy: 'projects/{project}/secrets/{secret_id}',
  argument: 'secret_id',
  longName: true,
  forceNew: ['secret_id', 'project'],
};

export const projectIam: IamTarget = {
  prefix: 'google_project',
  source: 'google/services/resourcemanager/iam_project.go',
  noun: 'project',
  policy: 'projects/{project}',
  id: '{project}',
  argument: 'project',
  longName: false,
  forceNew: ['project'],
};

export const serviceAccountIam: IamTarget = {
  prefix: 'google_service_account',
  source: 'google/services/resourcemanager/iam_service_account.go',
  noun: 'service account',
  policy: '{service_account_id}',
  argument: 'service_account_id',
  longName: false,
  forceNew: ['service_account_id'],
  // verify.ServiceAccountLinkRegex
  check: { service_account_id: matching(/^projects\/[^/]+\/serviceAccounts\/[^/]+$/) },
};

export const bucketIam: IamTarget = {
  prefix: 'google_storage_bucket',
  source: 'google/services/storage/iam_storage_bucket.go',
  noun: 'storage bucket',
  policy: 'b/{bucket}',
  argument: 'bucket',
  longName: true,
  forceNew: ['bucket'],
};

export const queueIam: IamTarget = {
  prefix: 'google_cloud_tasks_queue',
  source: 'google/services/cloudtasks/iam_cloud_tasks_queue.go',
  noun: 'cloudtasks queue',
  policy: 'projects/{project}/locations/{location}/queues/{name}',
  argument: 'name',
  longName: true,
  forceNew: ['name', 'location', 'project'],
};

export const topicIam: IamTarget = {
  prefix: 'google_pubsub_topic',
  source: 'google/services/pubsub/iam_pubsub_topic.go',
  noun: 'pubsub topic',
  policy: 'projects/{project}/topics/{topic}',
  argument: 'topic',
  longName: true,
  forceNew: ['topic', 'project'],
};

export const subscriptionIam: IamTarget = {
  prefix: 'google_pubsub_subscription',
  source: 'google/services/pubsub/iam_pubsub_subscription.go',
  noun: 'pubsub subscription',
  policy: 'projects/{project}/subscriptions/{subscription}',
  argument: 'subscription',
  longName: false,
  forceNew: ['subscription', 'project'],
};

export const iapBackendServiceIam: IamTarget = {
  prefix: 'google_iap_web_backend_service',
  source: 'google/services/iap/iam_iap_web_backend_service.go',
  noun: 'iap webbackendservice',
  policy: 'projects/{project}/iap_web/compute/services/{web_backend_service}',
  argument: 'web_backend_service',
  longName: true,
  forceNew: ['web_backend_service', 'project'],
  mustExist: [
    { type: 'google_compute_backend_service', id: 'projects/{project}/global/backendServices/{web_backend_service}' },
  ],
};

export const iapCloudRunServiceIam: IamTarget = {
  prefix: 'google_iap_web_cloud_run_service',
  source: 'google/services/iap/iam_iap_web_cloud_run_service.go',
  noun: 'iap webcloudrunservice',
  policy: 'projects/{project}/iap_web/cloud_run-{location}/services/{cloud_run_service_name}',
  argument: 'cloud_run_service_name',
  longName: true,
  forceNew: ['cloud_run_service_name', 'location', 'project'],
  mustExist: CLOUD_RUN_SERVICES.map(({ type, id }) => ({ type, id: id.replace('{name}', '{cloud_run_service_name}') })),
};
