export type { AccessProps } from './access';
export type { CallersProps } from './callers';
export type { ExternalCall, ExternalService, ServiceCall } from './calls';
export { CloudRunService, type CloudRunServiceProps } from './cloud-run-service';
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
export { ExternalLoadBalancer, type ExternalLoadBalancerProps } from './external-load-balancer';
export type { Finding, Severity } from './finding';
export type { BackendProps, LoggingProps, OutlierDetectionProps } from './load-balancer/backend';
export type { CdnProps } from './load-balancer/cdn';
export type { CertificateProps, ExistingCertificateMap, ExistingCertificates } from './load-balancer/certificate';
export type { DnsZone } from './load-balancer/dns';
export type { AddressProps, FrontendProps } from './load-balancer/frontend';
export type { IapProps } from './load-balancer/identity-aware-proxy';
export type { ExistingResource } from './load-balancer/parts';
export type { Redirect, Route } from './load-balancer/routes';
export type {
  PreconfiguredWaf,
  RateLimit,
  SecurityPolicyProps,
  SecurityRule,
} from './load-balancer/security-policy';
export type { Ingress, NetworkProps } from './network';
export type { LivenessProbe, StartupProbe } from './probe';
export type { RegionProps } from './region';
export type { RegionalService } from './regional-service';
export type { ScalingProps } from './scaling';
export { type IdentityProps, type NamedServiceAccount, ServiceAccount } from './service-account';
export type { TrafficProps, TrafficTarget } from './traffic';
export { type EventProps, EventTrigger } from './triggers/event-trigger';
export type { Grantee, ServiceGrantee } from './triggers/grantee';
export { PushSubscription, type SubscriptionProps, type SubscriptionSettings } from './triggers/push-subscription';
export { type ScheduleProps, SchedulerJob } from './triggers/scheduler-job';
export { TaskQueue, type TaskQueueProps, type TaskQueueSettings } from './triggers/task-queue';
export { type ExistingTopic, Topic, type TopicReference } from './triggers/topic';
export { Trigger, type TriggerProps } from './triggers/trigger';
export type { Volume, VolumesProps } from './volume';
