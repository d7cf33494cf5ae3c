import type { Behaviour, PlanRules } from '../behaviour';
import { uuid } from '../computed';
import { apiError, Refusal } from '../errors';
import { isObject, type ObjectValue, objectsIn, UNKNOWN, type Value } from '../protocol/values';
import { storedObject } from '../stored';
import { sameShortName } from '../suppress';
import { oneOf } from '../validation';

const type = 'google_cloud_run_domain_mapping';

const plan: PlanRules = {
  // There is no update: every change replaces the mapping, also of the labels that the provider computes.
  forceNew: [
    'location',
    'name',
    'project',
    'metadata',
    'metadata.annotations',
    'metadata.effective_annotations',
    'metadata.effective_labels',
    'metadata.labels',
    'metadata.namespace',
    'metadata.terraform_labels',
    'spec',
    'spec.certificate_mode',
    'spec.force_override',
    'spec.route_name',
  ],
  project: 'provider',
  labels: 'metadata',
  keptBlocks: ['metadata'],
  defaults: { 'spec.certificate_mode': 'AUTOMATIC' },
  suppress: { 'spec.route_name': sameShortName },
  // The schema says that `metadata` is optional, but the plan of a creation without it fails.
  customize: (planned) => {
    if (planned.metadata === UNKNOWN) throw new Refusal('metadata: a domain mapping cannot be planned without it');
  },
};

export const cloudRunDomainMapping: Behaviour = {
  type,
  source: 'google/services/cloudrun/resource_cloud_run_domain_mapping.go',
  schemaVersion: 1,
  plan,
  check: { values: { 'spec.certificate_mode': oneOf('NONE', 'AUTOMATIC') } },
  operations: storedObject(type, plan, {
    id: 'locations/{location}/namespaces/{project}/domainmappings/{name}',
    noun: 'DomainMapping',
    // Copied from the configuration. The API does not return it, so an import does not know it.
    stateOnly: { 'spec.force_override': null },
    // cloud.google.com/run/docs/mapping-custom-domains: a domain has one mapping in all regions, unless it is overridden.
    refuse: (mapping, _, call) => {
      if (objectsIn(mapping.spec)[0]?.force_override === true) return;
      const taken = call.cloud.all(type).find(([, other]) => other.name === mapping.name);
      if (taken === undefined) return;
      throw new Refusal(
        apiError(409, `Resource '${mapping.name}' already exists, mapped in '${taken[0]}'`, 'alreadyExists'),
      );
    },
    settle: (mapping, _, call) => {
      const route = objectsIn(mapping.spec)[0]?.route_name;
      const { project, location } = mapping;
      const known =
        call.cloud.find('google_cloud_run_v2_service', `projects/${project}/locations/${location}/services/${route}`) ??
        call.cloud.find('google_cloud_run_service', `locations/${location}/namespaces/${project}/services/${route}`);
      if (known === undefined) throw new Refusal(apiError(404, `Route '${route}' does not exist`));
    },
    computed: (mapping, call, creation) => ({
      // The API returns the project's id as the namespace, whatever was sent.
      metadata: objectsIn(mapping.metadata).map((metadata) => ({
        ...metadata,
        namespace: mapping.project,
        generation: 1,
        resource_version: String(creation),
        self_link: `/apis/domains.cloudrun.com/v1/namespaces/${call.cloud.projectNumber(String(mapping.project))}/domainmappings/${mapping.name}`,
        effective_annotations: { ...asMap(metadata.effective_annotations), ...AUTHORS },
        effective_labels: { ...asMap(metadata.effective_labels), 'cloud.googleapis.com/location': mapping.location },
        uid: uuid(String(mapping.name), String(mapping.project), creation),
      })),
      status: [statusOf(mapping)],
    }),
  }),
};

const AUTHORS = {
  'serving.knative.dev/creator': 'terraform@example.com',
  'serving.knative.dev/lastModifier': 'terraform@example.com',
};

function asMap(value: Value): ObjectValue {
  return isObject(value) ? value : {};
}

const PENDING =
  'Waiting for certificate provisioning. You must configure your DNS records for certificate issuance to begin.';
const ADDRESSES = {
  A: [32, 34, 36, 38].map((part) => `216.239.${part}.21`),
  AAAA: [32, 34, 36, 38].map((part) => `2001:4860:4802:${part}::15`),
};

/** cloud.google.com/run/docs/mapping-custom-domains#dns_update: a subdomain gets a CNAME, an apex domain gets addresses. */
function statusOf(mapping: ObjectValue): ObjectValue {
  const labels = String(mapping.name).split('.');
  const apex = Object.entries(ADDRESSES).flatMap(([type, all]) => all.map((rrdata) => ({ type, rrdata, name: '' })));
  const subdomain = [{ type: 'CNAME', rrdata: 'ghs.googlehosted.com.', name: labels.slice(0, -2).join('.') }];
  return {
    mapped_route_name: objectsIn(mapping.spec)[0]?.route_name,
    observed_generation: 1,
    conditions: conditionsOf(mapping),
    resource_records: labels.length > 2 ? subdomain : apex,
  };
}

/** The creation ends before the certificate exists. */
function conditionsOf(mapping: ObjectValue): ObjectValue[] {
  const pending = objectsIn(mapping.spec)[0]?.certificate_mode !== 'NONE';
  const certificate = pending
    ? { status: 'Unknown', reason: 'CertificatePending', message: PENDING }
    : { status: 'True', reason: '', message: '' };
  return [
    { type: 'Ready', ...certificate },
    { type: 'CertificateProvisioned', ...certificate },
    { type: 'DomainRoutable', status: 'True', reason: '', message: '' },
  ];
}
