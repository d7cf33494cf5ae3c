import type { Rule } from '../rule';
import { addressChanged } from './address-changed';
import { anyGoogleAccount } from './any-google-account';
import { authoritativeGrants } from './authoritative-grants';
import { callerAdded } from './caller-added';
import { callerRemoved } from './caller-removed';
import { certificateReplaced } from './certificate-replaced';
import { cloudArmorLoosened } from './cloud-armor-loosened';
import { cloudArmorLost } from './cloud-armor-lost';
import { deletionProtectionOff } from './deletion-protection-off';
import { domainMappingReplaced } from './domain-mapping-replaced';
import { drift } from './drift';
import { iapLost } from './iap-lost';
import { incompletePlan } from './incomplete-plan';
import { ingressNarrowed } from './ingress-narrowed';
import { ingressWidened } from './ingress-widened';
import { invokerCheckOff } from './invoker-check-off';
import { newRevision } from './new-revision';
import { notUnderstood } from './not-understood';
import { publicBehindIngress } from './public-behind-ingress';
import { publicNameAdded } from './public-name-added';
import { publicNameRemoved } from './public-name-removed';
import { publicService } from './public-service';
import { queueReplaced } from './queue-replaced';
import { scalingChanged } from './scaling-changed';
import { secretAccessRemoved } from './secret-access-removed';
import { serviceDestroyed } from './service-destroyed';
import { serviceReplaced } from './service-replaced';
import { subscriptionReplaced } from './subscription-replaced';
import { trafficMoved } from './traffic-moved';

/** All rules, most severe first: findings of one severity come in this order. */
export const RULES: readonly Rule[] = [
  publicService,
  iapLost,
  cloudArmorLost,
  anyGoogleAccount,
  notUnderstood,
  incompletePlan,
  ingressWidened,
  invokerCheckOff,
  publicBehindIngress,
  serviceDestroyed,
  serviceReplaced,
  callerRemoved,
  authoritativeGrants,
  publicNameRemoved,
  domainMappingReplaced,
  certificateReplaced,
  addressChanged,
  subscriptionReplaced,
  queueReplaced,
  deletionProtectionOff,
  callerAdded,
  publicNameAdded,
  trafficMoved,
  secretAccessRemoved,
  cloudArmorLoosened,
  ingressNarrowed,
  newRevision,
  scalingChanged,
  drift,
];
