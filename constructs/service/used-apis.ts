import type { ServiceWithProps } from './cloud-run-service-props';

/** APIs that a service needs beyond those of the things it names, which exist already. */
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
