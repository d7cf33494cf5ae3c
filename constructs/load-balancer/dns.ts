import { DnsRecordSet } from '@cdktf/provider-google/lib/dns-record-set';
import { referenceTo } from '../core/address';
import { type DnsRecord, recordSetAddress, renderRecordSet } from '../core/dns';
import { authorizedDomain, type Certificates } from './certificate';
import type { Address, Frontend } from './frontend';
import type { Parts } from './parts';

/** A Cloud DNS zone. */
export interface DnsZone {
  /** The zone's name in the environment's project. */
  readonly name: string;
  /** The zone's domain. `domains` outside it get no records. */
  readonly dnsName: string;
}

/** A record set that points to a load balancer or authorizes a certificate for a domain. */
export interface LoadBalancerRecord extends DnsRecord {
  /** The value as a Terraform expression. */
  readonly expression: string;
}

/** A domain of a load balancer, and the records it needs. */
export interface LoadBalancerDomain {
  /** The domain as DNS writes it. */
  readonly domain: string;
  /** The Cloud DNS zone in which Terraform writes the records, if any. */
  readonly dnsZone?: string;
  /** The record sets that point the domain to the load balancer. */
  readonly records: readonly LoadBalancerRecord[];
}

/** The record sets that a domain needs. */
export function recordsOf(
  domain: string,
  frontend: Frontend,
  { dnsAuthorizations }: Certificates,
): LoadBalancerRecord[] {
  const authorized = authorizedDomain(domain);
  const authorization = dnsAuthorizations.get(authorized);
  const addresses = (['A', 'AAAA'] as const).flatMap((type) => {
    const address = frontend[type];
    return address ? [{ type, name: domain, values: address.ip ? [address.ip] : [], expression: ipOf(address) }] : [];
  });
  if (!authorization) return addresses;
  const expression = referenceTo(authorization, 'dns_resource_record[0].data');
  return [...addresses, { type: 'CNAME', name: `_acme-challenge.${authorized}`, values: [], expression }];
}

/** The value of an address as a Terraform expression. For an existing address without `ip` it is known only after the first apply. */
export function ipOf({ ip, resource, rule }: Address): string {
  return ip ?? (resource ? referenceTo(resource, 'address') : referenceTo(rule, 'ip_address'));
}

/** The zone in which a domain's records are written; undefined if none is. */
export function zoneOf(domain: string, dnsZone: string | DnsZone | undefined): string | undefined {
  if (typeof dnsZone !== 'object') return dnsZone;
  const zone = dnsZone.dnsName.toLowerCase().replace(/\.$/, '');
  return domain === zone || domain.endsWith(`.${zone}`) ? dnsZone.name : undefined;
}

/** The record sets that Terraform writes. If two domains need the same one, it is written once. */
export function writeRecords(parts: Parts, domains: readonly LoadBalancerDomain[]): DnsRecordSet[] {
  const wanted = domains.flatMap(({ dnsZone, records }) =>
    dnsZone === undefined ? [] : records.map((record) => [recordSetAddress(record), { dnsZone, record }] as const),
  );
  return [...new Map(wanted)].map(([address, { dnsZone, record }]) => {
    const config = renderRecordSet(dnsZone, { ...record, values: [record.expression] });
    return parts.add(DnsRecordSet, '', config, { path: ['domains'], apis: ['dns'], address });
  });
}
