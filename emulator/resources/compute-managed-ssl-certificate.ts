import type { Behaviour, PlanRules } from '../behaviour';
import { digits } from '../cloud';
import { idFrom } from '../identity';
import { storedObject } from '../stored';
import { oneOf } from '../validation';
import { computeName } from './compute-names';

const type = 'google_compute_managed_ssl_certificate';

const plan: PlanRules = {
  forceNew: ['description', 'managed', 'managed.domains', 'name', 'project', 'type'],
  project: 'provider',
  defaults: { type: 'MANAGED' },
  // AbsoluteDomainSuppress: ignores a dot at the end
  suppress: {
    'managed.domains': (prior, wanted) => withoutDots(prior).join() === withoutDots(wanted).join(),
  },
};

function withoutDots(domains: unknown): string[] {
  return Array.isArray(domains) ? domains.map((domain) => String(domain).replace(/\.$/, '')) : [];
}

export const computeManagedSslCertificate: Behaviour = {
  type,
  source: 'google/services/compute/resource_compute_managed_ssl_certificate.go',
  plan,
  check: { values: { name: computeName, type: oneOf('MANAGED') } },
  operations: storedObject(type, plan, {
    id: 'projects/{project}/global/sslCertificates/{name}',
    noun: 'ManagedSslCertificate',
    computed: (certificate, _, creation) => ({
      certificate_id: Number(digits(15, 'certificate', idFrom('{project}/{name}', certificate), creation)),
    }),
    usedBy: [{ type: 'google_compute_target_https_proxy', path: 'ssl_certificates', kind: 'ssl_certificate' }],
  }),
};
