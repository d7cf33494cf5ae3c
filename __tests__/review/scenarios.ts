import type { Cloud } from '../../emulator';
import type { Configuration } from '../emulator/harness';

/** Something that somebody changes, for the real Terraform to plan. */
export interface Scenario {
  /** The rule that has to find it. */
  readonly rule: string;
  readonly does: string;
  readonly from: Configuration;
  /** What others do outside Terraform in between. */
  readonly meanwhile?: (cloud: Cloud) => void;
  readonly to: Configuration;
  readonly options?: readonly string[];
}

export type Resources = Readonly<Record<string, Readonly<Record<string, object>>>>;

export const location = 'europe-west1';
const API = 'projects/acme-prod/locations/europe-west1/services/api';

export function service(values: object = {}, template: object = {}, container: object = {}) {
  const containers = [{ image: 'europe-docker.pkg.dev/acme/apps/api:1', ...container }];
  return {
    name: 'api',
    location,
    deletion_protection: false,
    scaling: { min_instance_count: 0 },
    template: { containers, ...template },
    ...values,
  };
}

function invoker(member: string, values: object = {}) {
  return {
    name: '${google_cloud_run_v2_service.api.name}',
    location: '${google_cloud_run_v2_service.api.location}',
    role: 'roles/run.invoker',
    member,
    ...values,
  };
}

/** The service `api`, with these settings and beside these resources. */
export function api(values: object = {}, others: Resources = {}): Configuration {
  return { resource: { google_cloud_run_v2_service: { api: service(values) }, ...others } };
}

function members(members: Readonly<Record<string, string>>): Resources {
  return {
    google_cloud_run_v2_service_iam_member: Object.fromEntries(
      Object.entries(members).map(([name, member]) => [name, invoker(member)]),
    ),
  };
}

const SUPPORT = { support: 'group:support@example.com' };
const INTERNAL = { ingress: 'INGRESS_TRAFFIC_INTERNAL_ONLY' };
const LOAD_BALANCED = { ingress: 'INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER' };

/** A load balancer for www.example.com in front of the service. */
export function loadBalanced(backend: object = {}, certificate: object = {}, others: Resources = {}): Configuration {
  const scheme = { load_balancing_scheme: 'EXTERNAL_MANAGED' };
  return api(LOAD_BALANCED, {
    google_compute_global_address: { edge: { name: 'edge' } },
    google_compute_region_network_endpoint_group: {
      edge: { name: 'edge', region: location, cloud_run: { service: 'api' } },
    },
    google_compute_security_policy: { edge: armor([]) },
    google_compute_backend_service: {
      edge: {
        name: 'edge',
        ...scheme,
        backend: [{ group: '${google_compute_region_network_endpoint_group.edge.id}' }],
        ...backend,
      },
    },
    google_compute_url_map: { edge: { name: 'edge', default_service: '${google_compute_backend_service.edge.id}' } },
    google_compute_managed_ssl_certificate: {
      edge: { name: 'edge', managed: { domains: ['www.example.com'] }, ...certificate },
    },
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
        ...scheme,
      },
    },
    ...others,
  });
}

const ARMOR = { security_policy: '${google_compute_security_policy.edge.id}' };

function armor(rules: readonly object[]) {
  const match = (range: string) => ({ versioned_expr: 'SRC_IPS_V1', config: { src_ip_ranges: [range] } });
  const rule = [...rules, { action: 'allow', priority: 2147483647, match: match('*'), description: 'default rule' }];
  return { name: 'edge', rule };
}

const DENY = {
  action: 'deny(403)',
  priority: 1000,
  match: { versioned_expr: 'SRC_IPS_V1', config: { src_ip_ranges: ['198.51.100.0/24'] } },
};

function mapping(values: object = {}, metadata: object = {}) {
  return {
    name: 'api.example.com',
    location,
    metadata: { namespace: 'acme-prod', ...metadata },
    spec: { route_name: '${google_cloud_run_v2_service.api.name}', ...values },
  };
}

const mapped: Resources = { google_cloud_run_domain_mapping: { api: mapping() } };

function subscription(values: object = {}): Configuration {
  return {
    resource: {
      google_pubsub_topic: { orders: { name: 'orders' } },
      google_pubsub_subscription: { orders: { name: 'orders', topic: '${google_pubsub_topic.orders.id}', ...values } },
    },
  };
}

export function secretReader(grants: Resources): Configuration {
  const account = { service_account: '${google_service_account.api.email}' };
  return {
    resource: {
      google_service_account: { api: { account_id: 'api-account' } },
      google_cloud_run_v2_service: { api: service({}, account) },
      google_secret_manager_secret: { db: { secret_id: 'db-password', replication: { auto: {} } } },
      ...grants,
    },
  };
}

const secretGrant: Resources = {
  google_secret_manager_secret_iam_member: {
    api: {
      secret_id: '${google_secret_manager_secret.db.id}',
      role: 'roles/secretmanager.secretAccessor',
      member: '${google_service_account.api.member}',
    },
  },
};

const binding = (invokers: readonly string[]): Resources => ({
  google_cloud_run_v2_service_iam_binding: {
    api: { name: '${google_cloud_run_v2_service.api.name}', location, role: 'roles/run.invoker', members: invokers },
  },
});

/** The first generation of the resource, whose ingress is an annotation. */
function first(ingress: string, others: Resources = {}): Configuration {
  const annotations = { 'run.googleapis.com/ingress': ingress };
  const template = { spec: { containers: [{ image: 'europe-docker.pkg.dev/acme/apps/api:1' }] } };
  return {
    resource: {
      google_cloud_run_service: { api: { name: 'api', location, metadata: { annotations }, template } },
      ...others,
    },
  };
}

/** At least one change for each rule. */
export const SCENARIOS: readonly Scenario[] = [
  { rule: 'public-service', does: 'grants allUsers', from: api(), to: api({}, members({ public: 'allUsers' })) },
  {
    rule: 'public-service',
    does: 'opens the ingress of a first-generation service that allUsers may call',
    from: first('internal', {
      google_cloud_run_service_iam_member: {
        public: {
          service: '${google_cloud_run_service.api.name}',
          location,
          role: 'roles/run.invoker',
          member: 'allUsers',
        },
      },
    }),
    to: first('all', {
      google_cloud_run_service_iam_member: {
        public: {
          service: '${google_cloud_run_service.api.name}',
          location,
          role: 'roles/run.invoker',
          member: 'allUsers',
        },
      },
    }),
  },
  {
    rule: 'iap-lost',
    does: 'switches IAP off',
    from: loadBalanced({ iap: { enabled: true } }),
    to: loadBalanced({ iap: { enabled: false } }),
  },
  {
    rule: 'cloud-armor-lost',
    does: 'takes the policy off the backend service',
    from: loadBalanced(ARMOR),
    to: loadBalanced(),
  },
  {
    rule: 'any-google-account',
    does: 'grants allAuthenticatedUsers',
    from: api(),
    to: api({}, members({ all: 'allAuthenticatedUsers' })),
  },
  {
    rule: 'not-understood',
    does: 'grants a member that is known after apply',
    from: api(),
    to: api(
      {},
      {
        terraform_data: { member: { input: 'user:developer@example.com' } },
        google_cloud_run_v2_service_iam_member: { computed: invoker('${terraform_data.member.output}') },
      },
    ),
  },
  {
    rule: 'incomplete-plan',
    does: 'plans one resource with -target',
    from: api(),
    to: api({ description: 'Orders' }, members(SUPPORT)),
    options: ['-target=google_cloud_run_v2_service.api'],
  },
  {
    rule: 'ingress-widened',
    does: 'sets ingress to all',
    from: api(LOAD_BALANCED),
    to: api({ ingress: 'INGRESS_TRAFFIC_ALL' }),
  },
  { rule: 'invoker-check-off', does: 'disables the check', from: api(), to: api({ invoker_iam_disabled: true }) },
  {
    rule: 'public-behind-ingress',
    does: 'grants allUsers on an internal service',
    from: api(INTERNAL),
    to: api(INTERNAL, members({ public: 'allUsers' })),
  },
  {
    rule: 'protected-service-destroyed',
    does: 'removes a service and its callers in one step',
    from: api({ deletion_protection: true }, members(SUPPORT)),
    to: {},
  },
  { rule: 'service-destroyed', does: 'removes the service', from: api(), to: {} },
  {
    rule: 'service-replaced',
    does: 'moves the service to another region',
    from: api({}, members(SUPPORT)),
    to: api({ location: 'europe-west4' }, members(SUPPORT)),
  },
  { rule: 'caller-removed', does: 'removes a grant', from: api({}, members(SUPPORT)), to: api() },
  {
    rule: 'authoritative-grants',
    does: 'puts a binding over a grant',
    from: api({}, members(SUPPORT)),
    to: api({}, { ...members(SUPPORT), ...binding(['user:developer@example.com']) }),
  },
  {
    rule: 'authoritative-grants',
    does: 'drops a member whom somebody added in the console',
    from: api({}, binding(['user:developer@example.com'])),
    meanwhile: (cloud) =>
      cloud.setPolicy(API, { 'roles/run.invoker': ['user:developer@example.com', 'user:outsider@example.com'] }),
    to: api({}, binding(['user:developer@example.com'])),
  },
  { rule: 'public-name-removed', does: 'removes a domain mapping', from: api({}, mapped), to: api() },
  {
    rule: 'public-name-removed',
    does: 'shuts a mapped domain by the ingress',
    from: api({}, mapped),
    to: api(INTERNAL, mapped),
  },
  {
    rule: 'name-leads-nowhere',
    does: 'moves the service to another region, away from its endpoint group',
    from: loadBalanced(),
    to: {
      resource: { ...loadBalanced().resource, ...api({ location: 'europe-west4' }).resource },
    },
  },
  {
    rule: 'domain-mapping-replaced',
    does: 'labels a domain mapping',
    from: api({}, mapped),
    to: api({}, { google_cloud_run_domain_mapping: { api: mapping({}, { labels: { team: 'orders' } }) } }),
  },
  {
    rule: 'certificate-replaced',
    does: 'adds a name to a certificate',
    from: loadBalanced(),
    to: loadBalanced({}, { managed: { domains: ['www.example.com', 'shop.example.com'] } }),
  },
  {
    rule: 'address-changed',
    does: 'renames the address',
    from: loadBalanced(),
    to: loadBalanced({}, {}, { google_compute_global_address: { edge: { name: 'edge-2' } } }),
  },
  {
    rule: 'subscription-replaced',
    does: 'filters a subscription',
    from: subscription(),
    to: subscription({ filter: 'attributes.kind = "new"' }),
  },
  {
    rule: 'queue-replaced',
    does: 'renames a queue',
    from: { resource: { google_cloud_tasks_queue: { mail: { name: 'mail', location } } } },
    to: { resource: { google_cloud_tasks_queue: { mail: { name: 'mail-2', location } } } },
  },
  {
    rule: 'deletion-protection-off',
    does: 'switches the protection off',
    from: api({ deletion_protection: true }),
    to: api(),
  },
  { rule: 'caller-added', does: 'grants a group', from: api(), to: api({}, members(SUPPORT)) },
  {
    rule: 'caller-added',
    does: 'grants the invoker role on the whole project',
    from: api(),
    to: api(
      {},
      {
        google_project_iam_member: {
          ops: { project: 'acme-prod', role: 'roles/run.invoker', member: 'group:ops@example.com' },
        },
      },
    ),
  },
  { rule: 'public-name-added', does: 'maps a domain', from: api(), to: api({}, mapped) },
  {
    rule: 'traffic-moved',
    does: 'pins the traffic',
    from: api(),
    to: api({
      traffic: [{ type: 'TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION', revision: 'api-00001-abc', percent: 100 }],
    }),
  },
  {
    rule: 'secret-access-removed',
    does: 'removes the accessor grant',
    from: secretReader(secretGrant),
    to: secretReader({}),
  },
  {
    rule: 'secret-for-everybody',
    does: 'lets everybody with a Google account read a secret',
    from: secretReader({}),
    to: secretReader({
      google_secret_manager_secret_iam_member: {
        public: {
          secret_id: '${google_secret_manager_secret.db.id}',
          role: 'roles/secretmanager.secretAccessor',
          member: 'allAuthenticatedUsers',
        },
      },
    }),
  },
  {
    rule: 'cloud-armor-loosened',
    does: 'removes a deny rule',
    from: loadBalanced(ARMOR, {}, { google_compute_security_policy: { edge: armor([DENY]) } }),
    to: loadBalanced(ARMOR),
  },
  { rule: 'ingress-narrowed', does: 'sets ingress to internal', from: api(), to: api(INTERNAL) },
  {
    rule: 'new-revision',
    does: 'ships an image',
    from: api(),
    to: api({ template: { containers: [{ image: 'europe-docker.pkg.dev/acme/apps/api:2' }] } }),
  },
  { rule: 'scaling-changed', does: 'keeps an instance', from: api(), to: api({ scaling: { min_instance_count: 1 } }) },
  {
    rule: 'imported',
    does: 'imports a service that is there',
    from: {},
    meanwhile: (cloud) =>
      cloud.put('google_cloud_run_v2_service', API, {
        ...service({ ingress: 'INGRESS_TRAFFIC_ALL' }),
        project: 'acme-prod',
      }),
    to: { import: [{ to: 'google_cloud_run_v2_service.api', id: API }], ...api() },
  },
  {
    rule: 'drift',
    does: 'finds the ingress opened in the console',
    from: api(INTERNAL),
    meanwhile: (cloud) =>
      cloud.put('google_cloud_run_v2_service', API, {
        ...cloud.find('google_cloud_run_v2_service', API),
        ingress: 'INGRESS_TRAFFIC_ALL',
      }),
    to: api(INTERNAL),
  },
];
