import type { Behaviour } from '../behaviour';
import { iamBehaviour } from '../iam/resources';
import * as certificateManager from './certificate-manager';
import { cloudRunDomainMapping } from './cloud-run-domain-mapping';
import { cloudRunService } from './cloud-run-service';
import { cloudRunV2Service } from './cloud-run-v2-service';
import { cloudRunV2ServiceIam } from './cloud-run-v2-service/iam';
import { cloudSchedulerJob } from './cloud-scheduler-job';
import { cloudTasksQueue } from './cloud-tasks-queue';
import { computeBackendService } from './compute-backend-service';
import { computeGlobalAddress } from './compute-global-address';
import { computeGlobalForwardingRule } from './compute-global-forwarding-rule';
import { computeManagedSslCertificate } from './compute-managed-ssl-certificate';
import { computeRegionNetworkEndpointGroup } from './compute-region-network-endpoint-group';
import { computeSecurityPolicy } from './compute-security-policy';
import { computeSslPolicy } from './compute-ssl-policy';
import { computeTargetHttpProxy, computeTargetHttpsProxy } from './compute-target-proxies';
import { computeUrlMap } from './compute-url-map';
import { dnsManagedZone, dnsRecordSet } from './dns';
import { eventarcTrigger } from './eventarc-trigger';
import * as iam from './iam-targets';
import { projectService } from './project-service';
import { pubsubSubscription, pubsubTopic } from './pubsub';
import { secretManagerSecret } from './secret-manager-secret';
import { serviceAccount } from './service-account';

/** All resources that the emulator knows. Others are refused by name. */
const BEHAVIOURS: readonly Behaviour[] = [
  cloudRunV2Service,
  iamBehaviour(cloudRunV2ServiceIam, 'member'),
  iamBehaviour(cloudRunV2ServiceIam, 'binding'),
  iamBehaviour(cloudRunV2ServiceIam, 'policy'),
  cloudRunService,
  iamBehaviour(iam.cloudRunServiceIam, 'member'),
  iamBehaviour(iam.cloudRunServiceIam, 'binding'),
  iamBehaviour(iam.cloudRunServiceIam, 'policy'),
  cloudRunDomainMapping,
  serviceAccount,
  iamBehaviour(iam.serviceAccountIam, 'member'),
  projectService,
  iamBehaviour(iam.projectIam, 'member'),
  secretManagerSecret,
  iamBehaviour(iam.secretIam, 'member'),
  iamBehaviour(iam.bucketIam, 'member'),
  dnsManagedZone,
  dnsRecordSet,
  computeRegionNetworkEndpointGroup,
  computeBackendService,
  computeUrlMap,
  computeTargetHttpProxy,
  computeTargetHttpsProxy,
  computeManagedSslCertificate,
  computeGlobalAddress,
  computeGlobalForwardingRule,
  computeSecurityPolicy,
  computeSslPolicy,
  certificateManager.certificateManagerDnsAuthorization,
  certificateManager.certificateManagerCertificate,
  certificateManager.certificateManagerCertificateMap,
  certificateManager.certificateManagerCertificateMapEntry,
  iamBehaviour(iam.iapBackendServiceIam, 'member'),
  iamBehaviour(iam.iapCloudRunServiceIam, 'member'),
  cloudSchedulerJob,
  cloudTasksQueue,
  iamBehaviour(iam.queueIam, 'member'),
  pubsubTopic,
  iamBehaviour(iam.topicIam, 'member'),
  pubsubSubscription,
  iamBehaviour(iam.subscriptionIam, 'member'),
  eventarcTrigger,
];

const BY_TYPE = new Map(BEHAVIOURS.map((behaviour) => [behaviour.type, behaviour]));

export function findBehaviour(type: string): Behaviour | undefined {
  return BY_TYPE.get(type);
}

export function resourceTypes(): string[] {
  return [...BY_TYPE.keys()];
}
