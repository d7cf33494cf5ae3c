import type { Rule } from '../rule';
import { addressChanged } from './address-changed';
import { anyGoogleAccount } from './any-google-account';
import { authoritativeGrants } from './authoritative-grants';
import { backendLoggingOff } from './backend-logging-off';
import { binaryAuthorizationLoosened } from './binary-authorization-loosened';
import { callerAdded } from './caller-added';
import { callerRemoved } from './caller-removed';
import { certificateReplaced } from './certificate-replaced';
import { cloudArmorLoosened } from './cloud-armor-loosened';
import { cloudArmorLost } from './cloud-armor-lost';
import { conditionChanged } from './condition-changed';
import { deletionAbandons } from './deletion-abandons';
import { deletionProtectionOff } from './deletion-protection-off';
import { domainMappingReplaced } from './domain-mapping-replaced';
import { drift } from './drift';
import { egressLoosened } from './egress-loosened';
import { encryptionKeyRemoved } from './encryption-key-removed';
import { gateUnknown } from './gate-unknown';
import { iapLost } from './iap-lost';
import { iapSettingsLoosened } from './iap-settings-loosened';
import { identityChanged } from './identity-changed';
import { imageSourceChanged } from './image-source-changed';
import { imported } from './imported';
import { incompletePlan } from './incomplete-plan';
import { indirectAccess } from './indirect-access';
import { ingressNarrowed } from './ingress-narrowed';
import { ingressWidened } from './ingress-widened';
import { invokerCheckOff } from './invoker-check-off';
import { nameLeadsNowhere } from './name-leads-nowhere';
import { newRevision } from './new-revision';
import { notUnderstood } from './not-understood';
import { organizationPolicyOpened } from './organization-policy-opened';
import { powerfulAccount } from './powerful-account';
import { protectedServiceDestroyed } from './protected-service-destroyed';
import { publicBehindIngress } from './public-behind-ingress';
import { publicNameAdded } from './public-name-added';
import { publicNameRemoved } from './public-name-removed';
import { publicService } from './public-service';
import { queueReplaced } from './queue-replaced';
import { scalingChanged } from './scaling-changed';
import { secretAccessRemoved } from './secret-access-removed';
import { secretForEverybody } from './secret-for-everybody';
import { secretInPlainText } from './secret-in-plain-text';
import { serviceDestroyed } from './service-destroyed';
import { serviceReplaced } from './service-replaced';
import { sidecarAdded } from './sidecar-added';
import { subscriptionReplaced } from './subscription-replaced';
import { tlsLowered } from './tls-lowered';
import { trafficMoved } from './traffic-moved';

/** All rules, most severe first: findings of one severity come in this order. */
export const RULES: readonly Rule[] = [
  publicService,
  iapLost,
  cloudArmorLost,
  anyGoogleAccount,
  secretForEverybody,
  notUnderstood,
  incompletePlan,
  ingressWidened,
  invokerCheckOff,
  gateUnknown,
  publicBehindIngress,
  conditionChanged,
  indirectAccess,
  powerfulAccount,
  organizationPolicyOpened,
  iapSettingsLoosened,
  binaryAuthorizationLoosened,
  egressLoosened,
  encryptionKeyRemoved,
  tlsLowered,
  protectedServiceDestroyed,
  serviceDestroyed,
  serviceReplaced,
  callerRemoved,
  authoritativeGrants,
  publicNameRemoved,
  nameLeadsNowhere,
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
  identityChanged,
  imageSourceChanged,
  secretInPlainText,
  sidecarAdded,
  backendLoggingOff,
  deletionAbandons,
  ingressNarrowed,
  newRevision,
  scalingChanged,
  imported,
  drift,
];

export const ruleIds: readonly string[] = RULES.map(({ id }) => id);
