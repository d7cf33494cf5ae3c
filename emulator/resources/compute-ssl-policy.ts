import type { Behaviour, PlanRules } from '../behaviour';
import { storedObject } from '../stored';
import { oneOf } from '../validation';

const type = 'google_compute_ssl_policy';

const plan: PlanRules = {
  forceNew: ['description', 'name', 'project'],
  project: 'provider',
  defaults: { min_tls_version: 'TLS_1_0', profile: 'COMPATIBLE' },
};

export const computeSslPolicy: Behaviour = {
  type,
  source: 'google/services/compute/resource_compute_ssl_policy.go',
  plan,
  check: {
    values: {
      min_tls_version: oneOf('TLS_1_0', 'TLS_1_1', 'TLS_1_2'),
      profile: oneOf('COMPATIBLE', 'MODERN', 'RESTRICTED', 'CUSTOM'),
    },
  },
  operations: storedObject(type, plan, {
    id: 'projects/{project}/global/sslPolicies/{name}',
    noun: 'SslPolicy',
    // A cipher that all profiles allow (cloud.google.com/load-balancing/docs/ssl-policies-concepts).
    computed: () => ({ enabled_features: ['TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256'] }),
    usedBy: [{ type: 'google_compute_target_https_proxy', path: 'ssl_policy', kind: 'ssl_policy' }],
  }),
};
