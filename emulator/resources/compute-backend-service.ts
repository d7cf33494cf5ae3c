import type { Behaviour, PlanRules } from '../behaviour';
import { hash } from '../cloud';
import { apiError, Refusal } from '../errors';
import { idFrom, referencedId } from '../identity';
import { isZero, type ObjectValue, objectsIn } from '../protocol/values';
import { storedObject, valuesAt } from '../stored';
import { sameReference, sameShortName } from '../suppress';
import { oneOf } from '../validation';
import { BACKENDS } from './compute-url-map';

const type = 'google_compute_backend_service';

const plan: PlanRules = {
  forceNew: ['name', 'project'],
  project: 'provider',
  keptBlocks: ['cdn_policy', 'iap', 'log_config'],
  defaults: {
    'backend.balancing_mode': 'UTILIZATION',
    'backend.capacity_scaler': 1,
    'backend.custom_metrics.max_utilization': 0.8,
    'cdn_policy.signed_url_cache_max_age_sec': 3600,
    'circuit_breakers.max_connections': 1024,
    'circuit_breakers.max_pending_requests': 1024,
    'circuit_breakers.max_requests': 1024,
    'circuit_breakers.max_retries': 3,
    connection_draining_timeout_sec: 300,
    'consistent_hash.minimum_ring_size': 1024,
    load_balancing_scheme: 'EXTERNAL',
    'log_config.sample_rate': 1,
  },
  suppress: {
    'backend.group': sameReference,
    security_policy: sameShortName,
    edge_security_policy: sameShortName,
    // `suppressWhenDisabled`: the rate has no effect without logging
    'log_config.sample_rate': (_prior, _wanted, { enable }) => isZero(enable),
  },
};

export const computeBackendService: Behaviour = {
  type,
  source: 'google/services/compute/resource_compute_backend_service.go',
  schemaVersion: 1,
  sensitive: [
    'iap.oauth2_client_secret',
    'iap.oauth2_client_secret_sha256',
    'security_settings.aws_v4_authentication.access_key',
  ],
  plan,
  check: {
    values: {
      'backend.balancing_mode': oneOf('UTILIZATION', 'RATE', 'CONNECTION', 'CUSTOM_METRICS'),
      'cdn_policy.cache_mode': oneOf('USE_ORIGIN_HEADERS', 'FORCE_CACHE_ALL', 'CACHE_ALL_STATIC'),
      'backend.preference': oneOf('PREFERRED', 'DEFAULT'),
      external_managed_migration_state: oneOf('PREPARE', 'TEST_BY_PERCENTAGE', 'TEST_ALL_TRAFFIC'),
      ip_address_selection_policy: oneOf('IPV4_ONLY', 'PREFER_IPV6', 'IPV6_ONLY'),
      'log_config.optional_mode': oneOf('INCLUDE_ALL_OPTIONAL', 'EXCLUDE_ALL_OPTIONAL', 'CUSTOM'),
      compression_mode: oneOf('AUTOMATIC', 'DISABLED'),
      load_balancing_scheme: oneOf('EXTERNAL', 'INTERNAL_SELF_MANAGED', 'INTERNAL_MANAGED', 'EXTERNAL_MANAGED'),
      protocol: oneOf('HTTP', 'HTTPS', 'HTTP2', 'TCP', 'SSL', 'UDP', 'GRPC', 'UNSPECIFIED', 'H2C'),
      session_affinity: oneOf(
        'NONE',
        'CLIENT_IP',
        'CLIENT_IP_PORT_PROTO',
        'CLIENT_IP_PROTO',
        'GENERATED_COOKIE',
        'HEADER_FIELD',
        'HTTP_COOKIE',
        'STRONG_COOKIE_AFFINITY',
      ),
    },
  },
  operations: storedObject(type, plan, {
    id: 'projects/{project}/global/backendServices/{name}',
    noun: 'BackendService',
    // cloud.google.com/compute/docs/reference/rest/v1/backendServices
    defaults: {
      protocol: 'HTTP',
      port_name: (service) => (isServerless(service) ? '' : 'http'),
      session_affinity: 'NONE',
      timeout_sec: 30,
      'cdn_policy.cache_mode': 'CACHE_ALL_STATIC',
      'cdn_policy.client_ttl': 3600,
      'cdn_policy.default_ttl': 3600,
      'cdn_policy.max_ttl': 86400,
      'log_config.optional_mode': 'EXCLUDE_ALL_OPTIONAL',
      'backend.max_utilization': (backend) => (isServerlessGroup(backend.group) ? 0 : 0.8),
    },
    selfLinks: ['backend.group', 'security_policy', 'edge_security_policy'],
    needs: {
      'backend.group': ['google_compute_region_network_endpoint_group'],
    },
    // cloud.google.com/load-balancing/docs/negs/serverless-neg-concepts#limitations
    refuse: (service, was) => {
      if (!isServerless(service)) return;
      for (const [argument, field, text] of SERVERLESS_REFUSALS) {
        if (isZero(service[argument]) || was?.[argument] === service[argument]) continue;
        throw new Refusal(
          apiError(
            400,
            `Invalid value for field 'resource.${field}': ${text} is not supported for a backend service with Serverless network endpoint groups.`,
            'invalid',
          ),
        );
      }
    },
    settle: (service, was) => {
      refuseDetaching(service, was);
      for (const iap of objectsIn(service.iap)) {
        if (!isZero(iap.oauth2_client_secret)) {
          iap.oauth2_client_secret_sha256 = hash(String(iap.oauth2_client_secret));
        }
      }
    },
    usedBy: BACKENDS.map((path) => ({ type: 'google_compute_url_map', path, kind: 'backend_service' })),
    policies: (_, service) => [idFrom('projects/{project}/iap_web/compute/services/{name}', service)],
  }),
};

const SERVERLESS_REFUSALS = [
  ['health_checks', 'healthChecks', 'A health check'],
  ['timeout_sec', 'timeoutSec', 'Timeout sec'],
  ['port_name', 'portName', 'Port name'],
] as const;

function isServerless(service: ObjectValue): boolean {
  return valuesAt(service, 'backend.group').some(isServerlessGroup);
}

function isServerlessGroup(group: unknown): boolean {
  return /\/regions\/[^/]+\/networkEndpointGroups\//.test(referencedId(String(group ?? '')));
}

/** The scheme of a backend service cannot change while a URL map uses it. */
function refuseDetaching(service: ObjectValue, was: ObjectValue | undefined): void {
  if (was === undefined || was.load_balancing_scheme === service.load_balancing_scheme) return;
  throw new Refusal(
    apiError(
      400,
      "Invalid value for field 'resource.loadBalancingScheme': Load balancing scheme cannot be changed",
      'invalid',
    ),
  );
}
