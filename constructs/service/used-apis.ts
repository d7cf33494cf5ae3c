import type { CloudRunService } from './cloud-run-service';

/** APIs that a service needs beyond those of the things it names, which exist already. */
export function usedApis({ environment, props }: CloudRunService): string[] {
  return [
    ...environment.api('run'),
    ...(props.cloudSqlInstances?.length ? environment.api('sqladmin') : []),
    ...(props.network || props.subnet ? environment.api('compute') : []),
    ...(props.vpcConnector ? environment.api('vpcaccess') : []),
    ...(props.binaryAuthorization ? environment.api('binaryauthorization') : []),
  ];
}
