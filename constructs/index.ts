export type { CallsProps, ServiceCall } from './connections/calls';
export type { ConnectionsProps } from './connections/connections';
export { type EventProps, EventTrigger } from './connections/event-trigger';
export type { Grantee, ServiceGrantee } from './connections/grantee';
export { PushSubscription, type SubscriptionProps, type SubscriptionSettings } from './connections/push-subscription';
export { type ScheduleProps, SchedulerJob } from './connections/scheduler-job';
export { TaskQueue, type TaskQueueProps, type TaskQueueSettings } from './connections/task-queue';
export { type ExistingTopic, Topic, type TopicReference } from './connections/topic';
export { Trigger, type TriggerProps } from './connections/trigger';
export type { DnsRecord } from './core/dns';
export type { Finding, Severity } from './core/finding';
export type { IdentityProps, NamedServiceAccount } from './core/identity-props';
export { ServiceAccount } from './core/service-account';
export {
  DomainMapping,
  type DomainMappingProps,
  type DomainsProps,
  type MappedDomain,
} from './domain-mapping/domain-mapping';
export type { BackendProps, LoggingProps, OutlierDetectionProps } from './load-balancer/backend';
export type { CdnProps } from './load-balancer/cdn';
export type { CertificateProps, ExistingCertificateMap, ExistingCertificates } from './load-balancer/certificate';
export type { DnsZone } from './load-balancer/dns';
export { ExternalLoadBalancer, type ExternalLoadBalancerProps } from './load-balancer/external-load-balancer';
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
export type { AccessProps } from './service/access';
export { CloudRunService } from './service/cloud-run-service';
export type { CloudRunServiceProps } from './service/cloud-run-service-props';
export type {
  ContainerProps,
  IngressContainerProps,
  SecretReference,
  SidecarProps,
} from './service/container';
export type { ServiceIapProps } from './service/identity-aware-proxy';
export type { InstanceProps } from './service/instance';
export type { MetadataProps } from './service/metadata';
export type { NetworkProps } from './service/network';
export type { LivenessProbe, ReadinessProbe, StartupProbe } from './service/probe';
export type { RegionProps } from './service/region';
export type { RegionalService } from './service/regional-service';
export type { ScalingProps } from './service/scaling';
export type { TrafficProps, TrafficTarget } from './service/traffic';
export type { Volume, VolumeMount, VolumesProps } from './service/volume';
export { CloudRunStack, type DomainRecords } from './stack/cloud-run-stack';

import './stack/findings';

export type { TriggersProps } from './connections/triggers';
export type { Ingress } from './core/ingress';
export type { InvokerGrantee } from './core/principal';
export type {
  ICloudRunService,
  ICreatedService,
  IDomainMapping,
  IMappedService,
  IRegionalService,
  ITrigger,
  ServiceAttributes,
} from './core/service';
export type { Backend, CloudRunStackProps, OrganizationPolicies } from './core/stack-props';
