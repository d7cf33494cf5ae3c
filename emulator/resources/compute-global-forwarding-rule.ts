import type { Behaviour, Call, PlanRules } from '../behaviour';
import { digits } from '../cloud';
import { apiError, Refusal } from '../errors';
import { idFrom, referencedId } from '../identity';
import { isZero, type ObjectValue, type Value } from '../protocol/values';
import { storedObject } from '../stored';
import { sameDespiteCase, sameReference, sameShortName } from '../suppress';
import { oneOf } from '../validation';
import { backendsOf } from './compute-url-map';

const type = 'google_compute_global_forwarding_rule';
const PROXIES = ['google_compute_target_http_proxy', 'google_compute_target_https_proxy'];
const ADDRESS = 'google_compute_global_address';

const plan: PlanRules = {
  forceNew: [
    'description',
    'ip_address',
    'ip_protocol',
    'ip_version',
    'metadata_filters',
    'metadata_filters.filter_labels',
    'metadata_filters.filter_labels.name',
    'metadata_filters.filter_labels.value',
    'metadata_filters.filter_match_criteria',
    'name',
    'network',
    'network_tier',
    'no_automate_dns_zone',
    'port_range',
    'project',
    'service_directory_registrations',
    'service_directory_registrations.namespace',
    'service_directory_registrations.service_directory_region',
    'source_ip_ranges',
    'subnetwork',
  ],
  project: 'provider',
  labels: 'top',
  attributionLabel: false,
  keptBlocks: ['service_directory_registrations'],
  defaults: { load_balancing_scheme: 'EXTERNAL' },
  suppress: {
    // InternalIpDiffSuppress: an address and a reference to it are equal
    ip_address: (prior, wanted) => !isZero(prior) && String(wanted).includes('/'),
    ip_protocol: sameDespiteCase,
    network: sameShortName,
    subnetwork: sameShortName,
    target: sameReference,
    // PortRangeDiffSuppress: the API returns `443-443`
    port_range: (prior, wanted) => prior === `${wanted}-${wanted}`,
  },
};

export const computeGlobalForwardingRule: Behaviour = {
  type,
  source: 'google/services/compute/resource_compute_global_forwarding_rule.go',
  plan,
  check: {
    values: {
      ip_protocol: oneOf('TCP', 'UDP', 'ESP', 'AH', 'SCTP', 'ICMP'),
      ip_version: oneOf('IPV4', 'IPV6'),
      load_balancing_scheme: oneOf('EXTERNAL', 'EXTERNAL_MANAGED', 'INTERNAL_MANAGED', 'INTERNAL_SELF_MANAGED'),
      network_tier: oneOf('PREMIUM', 'STANDARD'),
    },
  },
  operations: storedObject(type, plan, {
    id: 'projects/{project}/global/forwardingRules/{name}',
    noun: 'GlobalForwardingRule',
    defaults: { ip_protocol: 'TCP', network_tier: 'PREMIUM' },
    selfLinks: ['target'],
    stateOnly: { no_automate_dns_zone: null },
    needs: { target: PROXIES },
    refuse: (rule, was, call) => {
      refuseVersionWithAddress(rule);
      refuseOtherScheme(rule, call);
      if (was === undefined) refuseTakenAddress(rule, call);
    },
    settle: (rule, _, call) => {
      const address = addressNamed(rule.ip_address, call);
      if (address !== undefined) {
        rule.address_resource = address[0];
        rule.ip_address = address[1].address;
      } else {
        rule.address_resource = call.cloud.all(ADDRESS).find(([, each]) => each.address === rule.ip_address)?.[0];
      }
      if (/^\d+$/.test(String(rule.port_range))) rule.port_range = `${rule.port_range}-${rule.port_range}`;
    },
    computed: (rule, _, creation) => {
      const number = digits(15, 'rule', idFrom('{project}/{name}', rule), creation);
      return {
        forwarding_rule_id: Number(number),
        ip_address: isZero(rule.ip_address) ? `203.0.113.${(Number(number) % 254) + 1}` : rule.ip_address,
        label_fingerprint: '42WmSpB8rSM=',
      };
    },
  }),
};

function addressNamed(value: Value, call: Call): [string, ObjectValue] | undefined {
  const id = referencedId(value);
  const address = call.cloud.find(ADDRESS, id);
  return address && [id, address];
}

function refuseVersionWithAddress(rule: ObjectValue): void {
  if (isZero(rule.ip_version) || isZero(rule.ip_address)) return;
  throw new Refusal(
    apiError(
      400,
      "Invalid value for field 'resource.ipVersion': IP version can only be specified without an IP address",
      'invalid',
    ),
  );
}

/** cloud.google.com/load-balancing/docs/forwarding-rule-concepts: a rule and its backend services have the same scheme. */
function refuseOtherScheme(rule: ObjectValue, call: Call): void {
  const proxy = PROXIES.map((proxies) => call.cloud.find(proxies, referencedId(rule.target))).find(Boolean);
  const map = call.cloud.find('google_compute_url_map', referencedId(proxy?.url_map));
  for (const id of map === undefined ? [] : backendsOf(map)) {
    const scheme = call.cloud.find('google_compute_backend_service', id)?.load_balancing_scheme;
    if (scheme === undefined || scheme === rule.load_balancing_scheme) continue;
    throw new Refusal(
      apiError(
        400,
        `Invalid value for field 'resource.target': '${referencedId(rule.target)}'. The load balancing scheme ${rule.load_balancing_scheme} of the forwarding rule does not match the scheme ${scheme} of the backend service '${id}'`,
        'invalid',
      ),
    );
  }
}

function refuseTakenAddress(rule: ObjectValue, call: Call): void {
  const address = addressNamed(rule.ip_address, call)?.[1].address ?? rule.ip_address;
  const ports = String(rule.port_range).replace(/^(\d+)$/, '$1-$1');
  const taken = call.cloud
    .all(type)
    .find(([, other]) => !isZero(address) && other.ip_address === address && other.port_range === ports);
  if (taken === undefined) return;
  throw new Refusal(
    apiError(
      400,
      `Invalid value for field 'resource.IPAddress': '${address}'. Specified IP address is in-use and would result in a conflict.`,
      'invalid',
    ),
  );
}
