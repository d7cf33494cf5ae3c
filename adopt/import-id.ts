import type { Json } from './found';

/** The id of the resource on which an IAM resource grants, made from the arguments of the IAM resource. */
const TARGETS: Readonly<Record<string, string>> = {
  google_cloud_run_v2_service: 'projects/{project}/locations/{location}/services/{name}',
  google_cloud_run_service: 'projects/{project}/locations/{location}/services/{service}',
  google_project: '{project}',
  google_service_account: '{service_account_id}',
  google_secret_manager_secret: 'projects/{project}/secrets/{secret_id}',
  google_storage_bucket: 'b/{bucket}',
  google_pubsub_topic: 'projects/{project}/topics/{topic}',
  google_pubsub_subscription: 'projects/{project}/subscriptions/{subscription}',
  google_cloud_tasks_queue: 'projects/{project}/locations/{location}/queues/{name}',
  google_iap_web_backend_service: 'projects/{project}/iap_web/compute/services/{web_backend_service}',
  google_iap_web_cloud_run_service: 'projects/{project}/iap_web/cloud_run-{location}/services/{cloud_run_service_name}',
};

/** The ids that `terraform import` takes, in their longest form (provider documentation, "Import"). */
const IDS: Readonly<Record<string, string>> = {
  google_cloud_run_v2_service: 'projects/{project}/locations/{location}/services/{name}',
  google_cloud_run_domain_mapping: 'locations/{location}/namespaces/{project}/domainmappings/{name}',
  google_service_account: 'projects/{project}/serviceAccounts/{email}',
  google_cloud_scheduler_job: 'projects/{project}/locations/{region}/jobs/{name}',
  google_cloud_tasks_queue: 'projects/{project}/locations/{location}/queues/{name}',
  google_pubsub_topic: 'projects/{project}/topics/{name}',
  google_pubsub_subscription: 'projects/{project}/subscriptions/{name}',
  google_eventarc_trigger: 'projects/{project}/locations/{location}/triggers/{name}',
  google_project_service: '{project}/{service}',
  google_dns_record_set: 'projects/{project}/managedZones/{managed_zone}/rrsets/{name}/{type}',
  google_compute_region_network_endpoint_group: 'projects/{project}/regions/{region}/networkEndpointGroups/{name}',
  google_compute_backend_service: 'projects/{project}/global/backendServices/{name}',
  google_compute_url_map: 'projects/{project}/global/urlMaps/{name}',
  google_compute_target_https_proxy: 'projects/{project}/global/targetHttpsProxies/{name}',
  google_compute_target_http_proxy: 'projects/{project}/global/targetHttpProxies/{name}',
  google_compute_global_forwarding_rule: 'projects/{project}/global/forwardingRules/{name}',
  google_compute_global_address: 'projects/{project}/global/addresses/{name}',
  google_compute_security_policy: 'projects/{project}/global/securityPolicies/{name}',
  google_compute_ssl_policy: 'projects/{project}/global/sslPolicies/{name}',
  google_compute_managed_ssl_certificate: 'projects/{project}/global/sslCertificates/{name}',
  google_certificate_manager_certificate: 'projects/{project}/locations/{location|global}/certificates/{name}',
  google_certificate_manager_certificate_map: 'projects/{project}/locations/global/certificateMaps/{name}',
  google_certificate_manager_certificate_map_entry:
    'projects/{project}/locations/global/certificateMaps/{map}/certificateMapEntries/{name}',
  google_certificate_manager_dns_authorization:
    'projects/{project}/locations/{location|global}/dnsAuthorizations/{name}',
};

const IAM = /^(google_.+)_iam_(member|binding|policy)$/;

/** The kind of an IAM resource, and the id of the resource on which it grants. */
export interface IamTarget {
  readonly target: string;
  readonly kind: 'member' | 'binding' | 'policy';
}

/** The kind and target of an IAM resource; undefined if its type is not known here, or an argument is missing. */
export function iamTarget(type: string, values: Json): IamTarget | undefined {
  const [, of = '', kind] = IAM.exec(type) ?? [];
  const form = TARGETS[of];
  const target = form && filled(form, values);
  return target ? { target, kind: kind as IamTarget['kind'] } : undefined;
}

/** The import id of a resource from its arguments; undefined if the type is not known or an argument is missing. */
export function importId(type: string, values: Json): string | undefined {
  const iam = iamTarget(type, values);
  if (iam) {
    const parts = iam.kind === 'member' ? ['role', 'member'] : ['role'];
    const rest = parts.map((key) => values[key]);
    return rest.every((part) => typeof part === 'string') ? [iam.target, ...rest].join(' ') : undefined;
  }
  const form = IDS[type];
  return form && filled(form, values);
}

/** `{key}` becomes the argument, or the last segment of a full name; `{key|word}` becomes the word if the argument is not set. */
function filled(form: string, values: Json): string | undefined {
  let missing = false;
  const text = form.replace(/\{(\w+)(?:\|(\w+))?\}/g, (_, key: string, otherwise: string | undefined) => {
    const value = values[key];
    if (typeof value !== 'string' || value === '') {
      if (otherwise === undefined) missing = true;
      return otherwise ?? '';
    }
    // Only the id of an account is used as a whole; of any other full name or link, the last segment is used.
    return key === 'service_account_id' ? value : value.slice(value.lastIndexOf('/') + 1);
  });
  return missing ? undefined : text;
}
