import type { PlanJson } from '../exposure';
import { API, service, unchanged } from './fragment';

type Arguments = Readonly<Record<string, unknown>>;

const GLOBAL = 'projects/acme-prod/global';

/** A backend service in front of the service `api`, for examples. */
export function backend(values: Arguments = {}): Arguments {
  const group = 'projects/acme-prod/regions/europe-west1/networkEndpointGroups/edge-api';
  return { name: 'edge-api', project: 'acme-prod', backend: [{ group }], ...values };
}

/** A load balancer for www.example.com in front of the service `api`, without its backend service. */
export function loadBalancer(
  settings: { readonly service?: Arguments } = {},
): NonNullable<PlanJson['resource_changes']> {
  const project = 'acme-prod';
  return [
    unchanged(API, service(settings.service)),
    unchanged('google_compute_region_network_endpoint_group.edge_api', {
      name: 'edge-api',
      project,
      region: 'europe-west1',
      cloud_run: [{ service: 'api' }],
    }),
    unchanged('google_compute_url_map.edge', {
      name: 'edge',
      project,
      host_rule: [{ hosts: ['www.example.com'], path_matcher: 'www' }],
      path_matcher: [{ name: 'www', default_service: `${GLOBAL}/backendServices/edge-api` }],
    }),
    unchanged('google_compute_target_https_proxy.edge', { name: 'edge', project, url_map: `${GLOBAL}/urlMaps/edge` }),
    unchanged('google_compute_global_forwarding_rule.edge_https', {
      name: 'edge-https',
      project,
      target: `${GLOBAL}/targetHttpsProxies/edge`,
      load_balancing_scheme: 'EXTERNAL_MANAGED',
      ip_address: '203.0.113.7',
    }),
  ];
}
