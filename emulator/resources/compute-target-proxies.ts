import type { Behaviour, PlanRules } from '../behaviour';
import { digits } from '../cloud';
import { idFrom } from '../identity';
import { storedObject } from '../stored';
import { sameReference, sameReferences, sameShortName } from '../suppress';
import { oneOf } from '../validation';

const FIXED = ['description', 'http_keep_alive_timeout_sec', 'name', 'project', 'proxy_bind'];

const http: PlanRules = { forceNew: FIXED, project: 'provider', suppress: { url_map: sameReference } };

const https: PlanRules = {
  forceNew: [...FIXED, 'tls_early_data'],
  project: 'provider',
  defaults: { quic_override: 'NONE' },
  suppress: {
    url_map: sameReference,
    ssl_certificates: sameReferences,
    ssl_policy: sameShortName,
    server_tls_policy: sameShortName,
    certificate_manager_certificates: sameReferences,
  },
};

const proxyId = (proxy: Parameters<typeof idFrom>[1], creation: number) =>
  Number(digits(15, 'proxy', idFrom('{project}/{name}', proxy), creation));

const USED_BY = [{ type: 'google_compute_global_forwarding_rule', path: 'target', kind: 'target_proxy' }];

export const computeTargetHttpProxy: Behaviour = {
  type: 'google_compute_target_http_proxy',
  source: 'google/services/compute/resource_compute_target_http_proxy.go',
  plan: http,
  operations: storedObject('google_compute_target_http_proxy', http, {
    id: 'projects/{project}/global/targetHttpProxies/{name}',
    noun: 'TargetHttpProxy',
    selfLinks: ['url_map'],
    needs: { url_map: ['google_compute_url_map'] },
    computed: (proxy, _, creation) => ({ proxy_id: proxyId(proxy, creation) }),
    usedBy: USED_BY,
  }),
};

export const computeTargetHttpsProxy: Behaviour = {
  type: 'google_compute_target_https_proxy',
  source: 'google/services/compute/resource_compute_target_https_proxy.go',
  plan: https,
  check: {
    values: {
      quic_override: oneOf('NONE', 'ENABLE', 'DISABLE'),
      tls_early_data: oneOf('STRICT', 'PERMISSIVE', 'UNRESTRICTED', 'DISABLED'),
    },
    conflicts: { certificate_manager_certificates: ['ssl_certificates'] },
  },
  operations: storedObject('google_compute_target_https_proxy', https, {
    id: 'projects/{project}/global/targetHttpsProxies/{name}',
    noun: 'TargetHttpsProxy',
    defaults: { tls_early_data: 'DISABLED' },
    selfLinks: ['url_map', 'ssl_certificates', 'ssl_policy'],
    needs: { url_map: ['google_compute_url_map'] },
    computed: (proxy, _, creation) => ({ proxy_id: proxyId(proxy, creation) }),
    usedBy: USED_BY,
  }),
};
