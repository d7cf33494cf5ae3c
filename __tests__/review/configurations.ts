import type { Configuration } from '../emulator/harness';
import { loadBalancer, member, service } from '../emulator/stacks';

export type Resources = Readonly<Record<string, Readonly<Record<string, object>>>>;

export const location = 'europe-west1';

/** The service `api`, with these settings and beside these resources. */
export function api(values: object = {}, others: Resources = {}): Configuration {
  return { resource: { google_cloud_run_v2_service: { api: service(values) }, ...others } };
}

/** Grants of the invoker role on the service, in its region. */
export function members(principals: Readonly<Record<string, string>>): Resources {
  const place = { location: '${google_cloud_run_v2_service.api.location}' };
  const grants = Object.entries(principals).map(([name, principal]) => [name, { ...member(principal), ...place }]);
  return { google_cloud_run_v2_service_iam_member: Object.fromEntries(grants) };
}

/** A grant of a role on the project. */
export function projectGrant(name: string, role: string, principal: string, values: object = {}): Resources {
  return { google_project_iam_member: { [name]: { project: 'acme-prod', role, member: principal, ...values } } };
}

export const LOAD_BALANCED = { ingress: 'INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER' };

/** A load balancer for www.example.com in front of the service; its backend service has a security policy only if `backend` says so. */
export function loadBalanced(backend: object = {}, certificate: object = {}, others: Resources = {}): Configuration {
  const { google_cloud_run_v2_service: _, ...parts } = loadBalancer({
    google_compute_backend_service: { security_policy: undefined, ...backend },
    google_compute_managed_ssl_certificate: certificate,
  }).resource as Resources;
  return api(LOAD_BALANCED, { ...parts, ...others });
}

/** A secret, the service, and the account that it runs as. */
export function secretReader(grants: Resources): Configuration {
  return {
    resource: {
      google_service_account: { api: { account_id: 'api-account' } },
      google_cloud_run_v2_service: { api: service({}, { service_account: '${google_service_account.api.email}' }) },
      google_secret_manager_secret: { db: { secret_id: 'db-password', replication: { auto: {} } } },
      ...grants,
    },
  };
}

export function armor(rules: readonly object[]) {
  const match = (range: string) => ({ versioned_expr: 'SRC_IPS_V1', config: { src_ip_ranges: [range] } });
  const rule = [...rules, { action: 'allow', priority: 2147483647, match: match('*'), description: 'default rule' }];
  return { name: 'edge', rule };
}

export const DENY = {
  action: 'deny(403)',
  priority: 1000,
  match: { versioned_expr: 'SRC_IPS_V1', config: { src_ip_ranges: ['198.51.100.0/24'] } },
};

export function mapping(metadata: object = {}) {
  return {
    name: 'api.example.com',
    location,
    metadata: { namespace: 'acme-prod', ...metadata },
    spec: { route_name: '${google_cloud_run_v2_service.api.name}' },
  };
}

export const mapped: Resources = { google_cloud_run_domain_mapping: { api: mapping() } };

export function subscription(values: object = {}): Configuration {
  return {
    resource: {
      google_pubsub_topic: { orders: { name: 'orders' } },
      google_pubsub_subscription: { orders: { name: 'orders', topic: '${google_pubsub_topic.orders.id}', ...values } },
    },
  };
}

/** Lets this principal read the secret. */
export function accessor(name: string, member: string): Resources {
  const secret_id = '${google_secret_manager_secret.db.id}';
  return {
    google_secret_manager_secret_iam_member: {
      [name]: { secret_id, role: 'roles/secretmanager.secretAccessor', member },
    },
  };
}

export const binding = (invokers: readonly string[]): Resources => ({
  google_cloud_run_v2_service_iam_binding: {
    api: { name: '${google_cloud_run_v2_service.api.name}', location, role: 'roles/run.invoker', members: invokers },
  },
});

/** The first generation of the resource, whose ingress is an annotation, and which everybody may call. */
export function first(ingress: string): Configuration {
  const annotations = { 'run.googleapis.com/ingress': ingress };
  const template = { spec: { containers: [{ image: 'europe-docker.pkg.dev/acme/apps/api:1' }] } };
  const name = '${google_cloud_run_service.api.name}';
  return {
    resource: {
      google_cloud_run_service: { api: { name: 'api', location, metadata: { annotations }, template } },
      google_cloud_run_service_iam_member: {
        public: { service: name, location, role: 'roles/run.invoker', member: 'allUsers' },
      },
    },
  };
}

export function queue(name: string): Configuration {
  return { resource: { google_cloud_tasks_queue: { mail: { name, location } } } };
}

/** The load balancer, with an SSL policy that its proxy uses. */
export function tls(
  policy: object,
  proxy: object = { ssl_policy: '${google_compute_ssl_policy.edge.id}' },
): Configuration {
  return {
    resource: {
      ...loadBalanced().resource,
      google_compute_ssl_policy: { edge: { name: 'edge', profile: 'MODERN', ...policy } },
      google_compute_target_https_proxy: {
        edge: {
          name: 'edge',
          url_map: '${google_compute_url_map.edge.id}',
          ssl_certificates: ['${google_compute_managed_ssl_certificate.edge.id}'],
          ...proxy,
        },
      },
    },
  };
}

/** A version of a secret, beside the service. */
export function version(deletion_policy: string): Configuration {
  return {
    resource: {
      google_cloud_run_v2_service: { api: service() },
      google_secret_manager_secret: { db: { secret_id: 'db-password', replication: { auto: {} } } },
      google_secret_manager_secret_version: {
        db: { secret: '${google_secret_manager_secret.db.id}', secret_data: 'canary-value', deletion_policy },
      },
    },
  };
}

/** A function of the second generation that allUsers may call by a grant of this type. */
export function fn(ingress_settings: string, grant?: string): Configuration {
  const on =
    grant === 'google_cloudfunctions2_function_iam_member'
      ? { cloud_function: '${google_cloudfunctions2_function.orders.name}' }
      : { name: '${google_cloudfunctions2_function.orders.service_config[0].service}' };
  const source = { storage_source: { bucket: 'acme-source', object: 'orders.zip' } };
  return {
    resource: {
      google_cloudfunctions2_function: {
        orders: {
          name: 'orders_in',
          location,
          build_config: { runtime: 'nodejs22', entry_point: 'run', source },
          service_config: { ingress_settings, environment_variables: { PASSWORD: 'canary-value' } },
        },
      },
      ...(grant ? { [grant]: { public: { ...on, location, role: 'roles/run.invoker', member: 'allUsers' } } } : {}),
    },
  };
}
