import type { IamTarget } from '../iam/resources';

export const cloudRunV2ServiceIam: IamTarget = {
  prefix: 'google_cloud_run_v2_service',
  source: 'google/services/cloudrunv2/iam_cloud_run_v2_service.go',
  noun: 'cloudrunv2 service',
  policy: 'projects/{project}/locations/{location}/services/{name}',
  argument: 'name',
  longName: true,
  forceNew: ['name', 'location', 'project'],
  mustExist: { type: 'google_cloud_run_v2_service', id: 'projects/{project}/locations/{location}/services/{name}' },
};
