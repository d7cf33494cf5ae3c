import type { ExternalLoadBalancer } from '../load-balancer/external-load-balancer';
import type { CloudRunService } from '../service/cloud-run-service';
import { accessChecks } from './access';
import { callChecks, callGraphChecks } from './calls';
import { callsBetweenStacksChecks } from './calls-between-stacks';
import { cdnChecks } from './cdn';
import type { Check } from './check';
import { containerChecks } from './containers';
import { deadlineChecks } from './deadlines';
import { defaultUrlChecks } from './default-url';
import { domainChecks } from './domains';
import { eventChecks } from './events';
import { googleProviderChecks } from './google-provider';
import { accountChecks, identityChecks } from './identity';
import { identityAwareProxyChecks } from './identity-aware-proxy';
import { imageChecks } from './images';
import { instanceChecks } from './instances';
import { environmentLabelChecks, labelChecks } from './labels';
import { loadBalancerDomainChecks, sharedDomainChecks } from './load-balancer-domains';
import { loadBalancerHeaderChecks } from './load-balancer-headers';
import { routeChecks } from './load-balancer-routes';
import { loadBalancedServiceChecks, loadBalancingChecks } from './load-balancer-services';
import { loadBalancerSettingChecks } from './load-balancer-settings';
import { nameChecks } from './names';
import { networkChecks } from './network';
import { newerSettingChecks } from './newer-settings';
import { organizationPolicyChecks } from './organization-policies';
import { probeChecks } from './probes';
import { regionChecks } from './regions';
import { resourceChecks } from './resources';
import { scalingChecks } from './scaling';
import { scheduleChecks } from './schedules';
import { secretReferenceChecks } from './secret-references';
import { securityPolicyChecks } from './security-policies';
import { serviceIapChecks, serviceIapStackChecks } from './service-iap';
import { environmentChecks } from './stack';
import type { StackContents } from './stack-contents';
import { subscriptionChecks, topicChecks } from './subscriptions';
import { taskQueueChecks } from './task-queues';
import { trafficChecks } from './traffic';
import { triggerChecks, triggerStackChecks } from './triggers';
import { unknownRegionChecks } from './unknown-regions';
import { volumeChecks } from './volumes';

export { type Check, findProblems, untilRefused } from './check';

/** Checks of one service. */
export const serviceChecks: readonly Check<CloudRunService>[] = [
  ...nameChecks,
  ...regionChecks,
  ...labelChecks,
  ...accessChecks,
  ...serviceIapChecks,
  ...networkChecks,
  ...containerChecks,
  ...imageChecks,
  ...secretReferenceChecks,
  ...resourceChecks,
  ...instanceChecks,
  ...scalingChecks,
  ...probeChecks,
  ...volumeChecks,
  ...newerSettingChecks,
  ...trafficChecks,
  ...identityChecks,
  ...organizationPolicyChecks,
  ...callChecks,
  ...triggerChecks,
  ...scheduleChecks,
  ...taskQueueChecks,
  ...subscriptionChecks,
  ...eventChecks,
  ...deadlineChecks,
];

/** Checks of one load balancer. */
export const loadBalancerChecks: readonly Check<ExternalLoadBalancer>[] = [
  ...loadBalancerDomainChecks,
  ...routeChecks,
  ...loadBalancedServiceChecks,
  ...identityAwareProxyChecks,
  ...securityPolicyChecks,
  ...loadBalancerSettingChecks,
  ...loadBalancerHeaderChecks,
  ...cdnChecks,
];

/** Checks of a whole stack. */
export const stackChecks: readonly Check<StackContents>[] = [
  ...environmentChecks,
  ...googleProviderChecks,
  ...environmentLabelChecks,
  ...unknownRegionChecks,
  ...domainChecks,
  ...defaultUrlChecks,
  ...serviceIapStackChecks,
  ...accountChecks,
  ...sharedDomainChecks,
  ...loadBalancingChecks,
  ...callGraphChecks,
  ...callsBetweenStacksChecks,
  ...triggerStackChecks,
  ...topicChecks,
];
