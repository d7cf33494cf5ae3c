import type { Behaviour, PlanRules } from '../behaviour';
import { digits } from '../cloud';
import { TIME } from '../computed';
import { apiError, Refusal } from '../errors';
import { idFrom } from '../identity';
import type { Value } from '../protocol/values';
import { storedObject } from '../stored';
import { sameDespiteCase, sameShortName } from '../suppress';
import { oneOf } from '../validation';

const RECORD_SET = 'google_dns_record_set';
const ZONE = 'google_dns_managed_zone';

const recordSet: PlanRules = {
  forceNew: ['managed_zone', 'name', 'project', 'routing_policy.health_check'],
  project: 'provider',
  suppress: { managed_zone: sameShortName, rrdatas: sameData },
};

/** rrdatasDnsDiffSuppress: ignores order, case and the quotes of TXT records. */
function sameData(prior: Value, wanted: Value): boolean {
  const [old, next] = [prior, wanted].map((list) =>
    (Array.isArray(list) ? list : []).map((data) => String(data).toLowerCase().replaceAll('"', '')).sort(),
  );
  return JSON.stringify(old) === JSON.stringify(next);
}

export const dnsRecordSet: Behaviour = {
  type: RECORD_SET,
  source: 'google/services/dns/resource_dns_record_set.go',
  plan: recordSet,
  check: {
    values: {
      // validateRecordNameTrailingDot
      name: (value, name) =>
        value.endsWith('.')
          ? undefined
          : `"${name}" (${JSON.stringify(value)}) doesn't end with ".", name field must end with "."`,
    },
    exactlyOneOf: [['rrdatas', 'routing_policy']],
  },
  operations: storedObject(RECORD_SET, recordSet, {
    id: 'projects/{project}/managedZones/{managed_zone}/rrsets/{name}/{type}',
    noun: 'DNS RecordSet',
    // The provider silently deletes an existing record set with the same name and type.
    overwrites: true,
  }),
};

const zone: PlanRules = {
  forceNew: ['dns_name', 'name', 'project', 'visibility'],
  project: 'provider',
  labels: 'top',
  keptBlocks: ['cloud_logging_config', 'dnssec_config', 'dnssec_config.default_key_specs'],
  defaults: {
    description: 'Managed by Terraform',
    'dnssec_config.default_key_specs.kind': 'dns#dnsKeySpec',
    'dnssec_config.kind': 'dns#managedZoneDnsSecConfig',
    force_destroy: false,
    visibility: 'public',
  },
  suppress: { visibility: sameDespiteCase },
};

export const dnsManagedZone: Behaviour = {
  type: ZONE,
  source: 'google/services/dns/resource_dns_managed_zone.go',
  plan: zone,
  check: {
    values: {
      visibility: oneOf('private', 'public'),
      'dnssec_config.state': oneOf('off', 'on', 'transfer'),
      'dnssec_config.non_existence': oneOf('nsec', 'nsec3'),
    },
  },
  operations: storedObject(ZONE, zone, {
    id: 'projects/{project}/managedZones/{name}',
    noun: 'ManagedZone',
    stateOnly: { force_destroy: false },
    defaults: { cloud_logging_config: [{ enable_logging: false }] },
    computed: (managedZone, _, creation) => ({
      creation_time: TIME,
      managed_zone_id: Number(digits(15, 'zone', idFrom('{project}/{name}', managedZone), creation)),
      name_servers: [1, 2, 3, 4].map((n) => `ns-cloud-a${n}.googledomains.com.`),
    }),
    refuseDelete: ({ force_destroy }, id, call) => {
      const record = call.cloud.all(RECORD_SET).find(([recordId]) => recordId.startsWith(`${id}/`));
      if (record === undefined || force_destroy) return;
      throw new Refusal(
        `Error deleting ManagedZone: ${apiError(400, `The resource named '${id}' cannot be deleted because it contains one or more 'resource records'.`, 'containerNotEmpty')}`,
      );
    },
  }),
};
