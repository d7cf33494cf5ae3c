import type { Behaviour, PlanRules } from '../behaviour';
import { hash } from '../cloud';
import { apiError, Refusal } from '../errors';
import { idFrom } from '../identity';
import { type ObjectValue, objectsIn } from '../protocol/values';
import { type ApiRules, storedObject } from '../stored';
import { sameLastPart, sameReference, sameReferences } from '../suppress';
import { oneOf } from '../validation';

/** The four resources of Certificate Manager: cloud.google.com/certificate-manager/docs/how-it-works */

const AUTHORIZATION = 'google_certificate_manager_dns_authorization';
const CERTIFICATE = 'google_certificate_manager_certificate';
const MAP = 'google_certificate_manager_certificate_map';
const ENTRY = 'google_certificate_manager_certificate_map_entry';
const HTTPS_PROXY = 'google_compute_target_https_proxy';

function behaviour(type: string, plan: PlanRules, api: ApiRules, more: Partial<Behaviour> = {}): Behaviour {
  const source = `google/services/certificatemanager/resource_${type.replace('google_', '')}.go`;
  return { type, source, plan, operations: storedObject(type, plan, api), ...more };
}

export const certificateManagerDnsAuthorization = behaviour(
  AUTHORIZATION,
  {
    forceNew: ['domain', 'location', 'name', 'project', 'type'],
    project: 'provider',
    labels: 'top',
    defaults: { location: 'global' },
  },
  {
    id: 'projects/{project}/locations/{location}/dnsAuthorizations/{name}',
    noun: 'DnsAuthorization',
    defaults: { type: 'FIXED_RECORD' },
    computed: (authorization) => ({ dns_resource_record: [recordOf(authorization)] }),
    usedBy: [{ type: CERTIFICATE, path: 'managed.dns_authorizations', kind: 'dns_authorization' }],
  },
  { schemaVersion: 1, check: { values: { type: oneOf('FIXED_RECORD', 'PER_PROJECT_RECORD') } } },
);

function recordOf(authorization: ObjectValue): ObjectValue {
  const token = hash(
    'authorization',
    idFrom('{project}/{location}/{name}', authorization),
    String(authorization.domain),
  );
  return {
    name: `_acme-challenge.${authorization.domain}.`,
    type: 'CNAME',
    data: `${token.slice(0, 8)}-${token.slice(8, 12)}-${token.slice(12, 24)}.1.authorize.certificatemanager.goog.`,
  };
}

export const certificateManagerCertificate = behaviour(
  CERTIFICATE,
  {
    forceNew: [
      'location',
      'managed',
      'managed.dns_authorizations',
      'managed.domains',
      'managed.issuance_config',
      'name',
      'project',
      'scope',
      'self_managed',
      'self_managed.certificate_pem',
      'self_managed.pem_certificate',
      'self_managed.pem_private_key',
      'self_managed.private_key_pem',
    ],
    project: 'provider',
    labels: 'top',
    defaults: { location: 'global', scope: 'DEFAULT' },
    suppress: {
      // certManagerDefaultScopeDiffSuppress: the API leaves DEFAULT out
      scope: (prior, wanted) => (prior ?? '') === '' && wanted === 'DEFAULT',
      'managed.dns_authorizations': sameReferences,
      'managed.issuance_config': sameReference,
    },
  },
  {
    id: 'projects/{project}/locations/{location}/certificates/{name}',
    noun: 'Certificate',
    defaults: { scope: 'DEFAULT' },
    stateOnly: {
      'self_managed.certificate_pem': null,
      'self_managed.private_key_pem': null,
      'self_managed.pem_private_key': null,
    },
    computed: (certificate) => ({
      san_dnsnames: objectsIn(certificate.managed).flatMap(({ domains }) => domains),
      managed: objectsIn(certificate.managed).map((managed) => ({ ...managed, state: 'PROVISIONING' })),
    }),
    usedBy: [
      { type: ENTRY, path: 'certificates', kind: 'certificate' },
      { type: HTTPS_PROXY, path: 'certificate_manager_certificates', kind: 'certificate' },
    ],
  },
  {
    schemaVersion: 1,
    sensitive: ['self_managed.certificate_pem', 'self_managed.pem_private_key', 'self_managed.private_key_pem'],
    check: {
      exactlyOneOf: [
        ['self_managed', 'managed'],
        ['self_managed.certificate_pem', 'self_managed.pem_certificate'],
        ['self_managed.private_key_pem', 'self_managed.pem_private_key'],
      ],
    },
  },
);

export const certificateManagerCertificateMap = behaviour(
  MAP,
  { forceNew: ['name', 'project'], project: 'provider', labels: 'top' },
  {
    id: 'projects/{project}/locations/global/certificateMaps/{name}',
    noun: 'CertificateMap',
    refuseDelete: (_, id, call) => {
      const entry = call.cloud.all(ENTRY).find(([entryId]) => entryId.startsWith(`${id}/`));
      if (entry === undefined) return;
      const detail = `can't delete certificate map that has certificate map entries: '${entry[0]}'`;
      throw new Refusal(`Error deleting CertificateMap: ${apiError(400, detail, 'failedPrecondition')}`);
    },
    usedBy: [{ type: HTTPS_PROXY, path: 'certificate_map', kind: 'certificate_map' }],
  },
);

export const certificateManagerCertificateMapEntry = behaviour(
  ENTRY,
  {
    forceNew: ['hostname', 'map', 'matcher', 'name', 'project'],
    project: 'provider',
    labels: 'top',
    suppress: { map: sameLastPart, certificates: sameReferences },
  },
  {
    id: 'projects/{project}/locations/global/certificateMaps/{map}/certificateMapEntries/{name}',
    noun: 'CertificateMapEntry',
    needs: { certificates: [CERTIFICATE] },
    refuse: (entry, _, call) => {
      const map = idFrom('projects/{project}/locations/global/certificateMaps/{map}', entry);
      if (!call.cloud.find(MAP, map)) throw new Refusal(apiError(404, `Resource '${map}' was not found`, 'notFound'));
    },
    computed: () => ({ state: 'ACTIVE' }),
  },
  { check: { exactlyOneOf: [['hostname', 'matcher']] } },
);
