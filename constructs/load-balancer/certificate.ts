import { CertificateManagerCertificate } from '@cdktf/provider-google/lib/certificate-manager-certificate';
import { CertificateManagerCertificateMap } from '@cdktf/provider-google/lib/certificate-manager-certificate-map';
import { CertificateManagerCertificateMapEntry } from '@cdktf/provider-google/lib/certificate-manager-certificate-map-entry';
import { CertificateManagerDnsAuthorization } from '@cdktf/provider-google/lib/certificate-manager-dns-authorization';
import { ComputeManagedSslCertificate } from '@cdktf/provider-google/lib/compute-managed-ssl-certificate';
import { addressOf, addressPart, referenceTo } from '../core/address';
import { sortedSet } from '../core/order';
import type { Parts } from './parts';

/** Certificates that exist already. */
export interface ExistingCertificates {
  /**
   * Names of SSL certificates in the environment's project, or their ids. Clients that send no host name get the first.
   * @minItems 1
   */
  readonly existing: readonly string[];
}

/** A certificate map that exists already. */
export interface ExistingCertificateMap {
  /** Name of a certificate map of Certificate Manager in the environment's project, or its id. */
  readonly map: string;
}

/**
 * The source of certificates. With `managed` and `certificate-manager` Google issues one for each domain: `managed` after the domain's
 * DNS points to the load balancer, `certificate-manager` also before that.
 */
export type CertificateProps = 'managed' | 'certificate-manager' | ExistingCertificates | ExistingCertificateMap;

/** The domain with the DNS record that authorizes a certificate. For a wildcard it is the domain after `*.`. */
export function authorizedDomain(domain: string): string {
  return domain.replace(/^\*\./, '');
}

/** The https proxy's arguments for certificates, and the resources that Terraform creates for them. */
export interface Certificates {
  readonly sslCertificates?: string[];
  readonly certificateMap?: string;
  /** Addresses of the map entries, which must exist before the map is used: with an empty map no connection succeeds. */
  readonly mapEntries: readonly string[];
  /** The DNS authorizations of Certificate Manager, by the domain that needs the DNS record. */
  readonly dnsAuthorizations: ReadonlyMap<string, CertificateManagerDnsAuthorization>;
}

const NOTHING_ELSE = { mapEntries: [], dnsAuthorizations: new Map() };

/** The certificates of a load balancer's domains. */
export function renderCertificates(
  parts: Parts,
  domains: readonly string[],
  certificate: CertificateProps = 'managed',
): Certificates {
  if (certificate === 'managed') return managedCertificates(parts, domains);
  if (certificate === 'certificate-manager') return certificateManager(parts, domains);
  if ('map' in certificate) {
    const map = parts.existing('locations/global/certificateMaps', certificate.map);
    return { certificateMap: certificateMapUrl(map), ...NOTHING_ELSE };
  }
  const sslCertificates = certificate.existing.map((name) => parts.existing('global/sslCertificates', name));
  return { sslCertificates, ...NOTHING_ELSE };
}

/** One certificate for each domain, so that adding or removing a domain changes no other certificate. */
function managedCertificates(parts: Parts, domains: readonly string[]): Certificates {
  const certificates = sortedSet(domains).map((domain) =>
    parts.add(
      ComputeManagedSslCertificate,
      addressPart(domain),
      { name: parts.named([domain]), managed: { domains: [domain] } },
      { path: ['domains'], apis: ['compute'] },
    ),
  );
  return {
    sslCertificates: certificates.map((certificate) => referenceTo(certificate, 'id')),
    ...NOTHING_ELSE,
  };
}

const CERTIFICATE_MANAGER = { path: ['certificate'], apis: ['certificatemanager'] };

function certificateManager(parts: Parts, domains: readonly string[]): Certificates {
  const authorizations = new Map(
    sortedSet(domains.map(authorizedDomain)).map((domain) => {
      const config = { name: parts.named([domain]), domain };
      return [domain, parts.add(CertificateManagerDnsAuthorization, addressPart(domain), config, CERTIFICATE_MANAGER)];
    }),
  );
  const map = parts.add(CertificateManagerCertificateMap, '', { name: parts.named() }, CERTIFICATE_MANAGER);
  const mapEntries = sortedSet(domains).map((domain) => {
    const authorization = authorizations.get(authorizedDomain(domain));
    const certificate = parts.add(
      CertificateManagerCertificate,
      addressPart(domain),
      {
        name: parts.named([domain]),
        managed: {
          domains: [domain],
          dnsAuthorizations: authorization && [referenceTo(authorization, 'id')],
        },
      },
      CERTIFICATE_MANAGER,
    );
    const entry = parts.add(
      CertificateManagerCertificateMapEntry,
      addressPart(domain),
      {
        name: parts.named([domain]),
        map: referenceTo(map, 'name'),
        hostname: domain,
        certificates: [referenceTo(certificate, 'id')],
      },
      CERTIFICATE_MANAGER,
    );
    return addressOf(entry);
  });
  return { certificateMap: certificateMapUrl(referenceTo(map, 'id')), mapEntries, dnsAuthorizations: authorizations };
}

function certificateMapUrl(id: string): string {
  return `//certificatemanager.googleapis.com/${id}`;
}
