import type { Configuration } from './harness';

/** Small configurations the tests share. */

export const SERVICE_ID = 'projects/acme-prod/locations/europe-west1/services/api';
export const SERVICE = 'google_cloud_run_v2_service.api';

/** A service as a careful author writes it: the second plan is empty. */
export function service(arguments_: object = {}, template: object = {}, container: object = {}): object {
  return {
    name: 'api',
    location: 'europe-west1',
    deletion_protection: false,
    scaling: { min_instance_count: 0 },
    template: { containers: [{ image: 'europe-docker.pkg.dev/acme/apps/api:1', ...container }], ...template },
    ...arguments_,
  };
}

export function oneService(arguments_: object = {}, template: object = {}, container: object = {}): Configuration {
  return { resource: { google_cloud_run_v2_service: { api: service(arguments_, template, container) } } };
}

export function member(principal: string, role = 'roles/run.invoker'): object {
  return { name: '${google_cloud_run_v2_service.api.name}', location: 'europe-west1', role, member: principal };
}

/** The service and who may call it. */
export function serviceWith(members: { [name: string]: string }): Configuration {
  const grants = Object.entries(members).map(([name, principal]) => [name, member(principal)]);
  return {
    resource: {
      google_cloud_run_v2_service: { api: service() },
      ...(grants.length > 0 && { google_cloud_run_v2_service_iam_member: Object.fromEntries(grants) }),
    },
  };
}

/** An external load balancer in front of the service, with everything it needs. */
export function loadBalancer(overrides: { [type: string]: object } = {}): Configuration {
  const resources: { [type: string]: { [name: string]: object } } = {
    google_cloud_run_v2_service: { api: service() },
    google_compute_global_address: { edge: { name: 'edge' } },
    google_compute_region_network_endpoint_group: {
      edge: { name: 'edge', region: 'europe-west1', cloud_run: { service: 'api' } },
    },
    google_compute_security_policy: {
      edge: {
        name: 'edge',
        rule: [
          {
            action: 'allow',
            priority: 2147483647,
            match: { versioned_expr: 'SRC_IPS_V1', config: { src_ip_ranges: ['*'] } },
            description: 'default rule',
          },
        ],
      },
    },
    google_compute_backend_service: {
      edge: {
        name: 'edge',
        load_balancing_scheme: 'EXTERNAL_MANAGED',
        security_policy: '${google_compute_security_policy.edge.id}',
        backend: [{ group: '${google_compute_region_network_endpoint_group.edge.id}' }],
      },
    },
    google_compute_url_map: {
      edge: { name: 'edge', default_service: '${google_compute_backend_service.edge.id}' },
    },
    google_compute_managed_ssl_certificate: { edge: { name: 'edge', managed: { domains: ['www.example.com'] } } },
    google_compute_target_https_proxy: {
      edge: {
        name: 'edge',
        url_map: '${google_compute_url_map.edge.id}',
        ssl_certificates: ['${google_compute_managed_ssl_certificate.edge.id}'],
      },
    },
    google_compute_global_forwarding_rule: {
      edge: {
        name: 'edge',
        target: '${google_compute_target_https_proxy.edge.id}',
        ip_address: '${google_compute_global_address.edge.id}',
        port_range: '443',
        load_balancing_scheme: 'EXTERNAL_MANAGED',
      },
    },
  };
  for (const [type, values] of Object.entries(overrides)) {
    resources[type] = { ...resources[type], edge: { ...resources[type]?.edge, ...values } };
  }
  return { resource: resources };
}
