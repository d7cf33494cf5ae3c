import type { ServiceWithProps } from './cloud-run-service-props';

/** The APIs that a service needs, without those of existing resources that it refers to. */
export function usedApis({ environment, props }: ServiceWithProps): string[] {
  return [
    ...environment.apis.require('run'),
    ...(props.iap ? environment.apis.require('iap') : []),
    ...(props.cloudSqlInstances?.length ? environment.apis.require('sqladmin') : []),
    ...(props.network || props.subnet ? environment.apis.require('compute') : []),
    ...(props.vpcConnector ? environment.apis.require('vpcaccess') : []),
    ...(props.binaryAuthorization ? environment.apis.require('binaryauthorization') : []),
  ];
}
