export type { AccessProps } from './access';
export { CloudRunService, type CloudRunServiceProps, type RegionProps } from './cloud-run-service';
export {
  type Backend,
  CloudRunStack,
  type CloudRunStackProps,
  type DomainRecords,
  type OrganizationPolicies,
} from './cloud-run-stack';
export type { ContainerProps, IngressContainerProps, InstanceProps, SecretReference, SidecarProps } from './container';
export type { DnsRecord } from './dns';
export { DomainMapping, type DomainMappingProps, type DomainsProps, type MappedDomain } from './domain-mapping';
export type { Finding, Severity } from './finding';
export type { Ingress, NetworkProps } from './network';
export type { LivenessProbe, StartupProbe } from './probe';
export type { RegionalService } from './regional-service';
export type { ScalingProps } from './scaling';
export { type IdentityProps, type NamedServiceAccount, ServiceAccount } from './service-account';
export type { TrafficProps, TrafficTarget } from './traffic';
export type { Volume, VolumesProps } from './volume';
