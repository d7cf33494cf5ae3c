import type { IamTarget } from '../../iam/target';
import { SERVICE_ID } from './service';

/** The v1 and v2 APIs show the same services. */
export const CLOUD_RUN_SERVICES = [
  { type: 'google_cloud_run_v2_service', id: SERVICE_ID },
  { type: 'google_cloud_run_service', id: 'locations/{location}/namespaces/{project}/services/{name}' },
];

export const cloudRunV2ServiceIam: IamTarget = {
  prefix: 'google_cloud_run_v2_service',
  source: 'google/services/cloudrunv2/iam_cloud_run_v2_service.go',
  noun: 'cloudrunv2 service',
  policy: SERVICE_ID,
  argument: 'name',
  longName: true,
  forceNew: ['name', 'location', 'project'],
  mustExist: CLOUD_RUN_SERVICES,
};
