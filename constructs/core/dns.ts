import { domainToASCII } from 'node:url';
import type { DnsRecordSetConfig } from '@cdktf/provider-google/lib/dns-record-set';
import { getDomain } from 'tldts';
import { addressPart } from './address';
import { isToken } from './literal';

/** A DNS record set to create. */
export interface DnsRecord {
  /** `A`, `AAAA` or `CNAME`. */
  readonly type: 'A' | 'AAAA' | 'CNAME';
  /** Fully qualified name, without the final dot. */
  readonly name: string;
  /** The record set's values; empty if they are known only after the first apply. */
  readonly values: readonly string[];
}

/** Seconds for which a resolver may keep a record. It is short, so that a domain can move within minutes. */
const TTL = 300;

// https://cloud.google.com/run/docs/mapping-custom-domains, "Add your DNS records at your domain registrar"
const APEX_IPV4 = ['216.239.32.21', '216.239.34.21', '216.239.36.21', '216.239.38.21'];
const APEX_IPV6 = ['2001:4860:4802:32::15', '2001:4860:4802:34::15', '2001:4860:4802:36::15', '2001:4860:4802:38::15'];
const SUBDOMAIN_TARGET = 'ghs.googlehosted.com.';

/** A domain as DNS writes it: in lower case, and in ASCII (`xn--…`) if it has other letters. */
export function dnsName(domain: string): string {
  if (isToken(domain)) return domain;
  // Text that is not a domain stays as it is, so that a check refuses it: the conversion would, for example, cut off a path.
  return (/^[\p{L}\p{M}\p{N}.-]+$/u.test(domain) && domainToASCII(domain)) || domain.toLowerCase();
}

/** Whether the domain can belong to somebody; a public suffix such as `co.uk` can't. */
export function isRegistrable(domain: string): boolean {
  return getDomain(domain) !== null;
}

/** Whether a registrar sells the domain (by the public suffix list). Such a domain cannot have a CNAME. */
export function isApex(domain: string): boolean {
  return getDomain(domain) === domain;
}

/** The records that point a mapped domain to Cloud Run. */
export function mappingRecords(domain: string): DnsRecord[] {
  if (!isApex(domain)) return [{ type: 'CNAME', name: domain, values: [SUBDOMAIN_TARGET] }];
  return [
    { type: 'A', name: domain, values: APEX_IPV4 },
    { type: 'AAAA', name: domain, values: APEX_IPV6 },
  ];
}

export function renderRecordSet(
  managedZone: string,
  { type, name, values }: DnsRecord,
): Omit<DnsRecordSetConfig, 'project'> {
  return { managedZone, name: `${name}.`, type, ttl: TTL, rrdatas: [...values] };
}

/** A record set's name in Terraform's addresses. */
export function recordSetAddress({ type, name }: DnsRecord): string {
  return `${addressPart(name)}_${type.toLowerCase()}`;
}
