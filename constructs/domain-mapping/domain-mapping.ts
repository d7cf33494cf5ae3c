import { CloudRunDomainMapping } from '@cdktf/provider-google/lib/cloud-run-domain-mapping';
import { DnsRecordSet } from '@cdktf/provider-google/lib/dns-record-set';
import { Construct } from 'constructs';
import { addressPart } from '../core/address';
import { type DnsRecord, dnsName, mappingRecords, recordSetAddress, renderRecordSet } from '../core/dns';
import { Environment } from '../core/environment';
import type { Origin } from '../core/finding';
import { knownProps } from '../core/known-props';
import { nonEmpty } from '../core/order';
import { Kind } from '../core/registry';
import type { IDomainMapping, IMappedService } from '../core/service';
import { withoutStackTraces } from '../core/stack-traces';

/** A domain mapped to a service, with its settings. */
export interface MappedDomain {
  /** The domain. It must be verified for the account that applies. */
  readonly name: string;
  /**
   * Whether Google issues and renews a certificate (`automatic`) or the domain answers only on http (`none`).
   * @default "automatic"
   * @gcloud gcloud beta run domain-mappings create
   * @terraform google_cloud_run_domain_mapping spec.certificate_mode
   */
  readonly certificate?: 'automatic' | 'none';
  /**
   * Whether to move the domain here if it is mapped to another service now.
   * @default false
   * @gcloud --force-override
   * @terraform google_cloud_run_domain_mapping spec.force_override
   */
  readonly forceOverride?: boolean;
  /**
   * Cloud DNS zone (its name in the environment's project) in which to write the domain's records. The provider replaces an existing
   * record set of the same name and type without a warning.
   * @default no records are written
   * @terraform google_dns_record_set
   */
  readonly dnsZone?: string;
}

/** Domains of a service besides its run.app URL. */
export interface DomainsProps {
  /**
   * Domains mapped to the service: names, or names with settings. Needs `ingress: all` and a region that has domain
   * mappings (a preview feature; a load balancer is the alternative).
   * @default none
   * @gcloud gcloud beta run domain-mappings create
   * @terraform google_cloud_run_domain_mapping
   */
  readonly domains?: readonly (string | MappedDomain)[];
}

/** A domain mapping as a construct of its own, not from a service's `domains`. */
export interface DomainMappingProps extends Omit<MappedDomain, 'name'> {
  /**
   * The domain.
   * @default the construct's id
   */
  readonly name?: string;
  /** The service that the domain is mapped to. */
  readonly service: IMappedService;
}

/** The domain mappings of a stack. */
export const DOMAIN_MAPPINGS = new Kind<DomainMapping>('domain mappings');

/** A domain mapped to a Cloud Run service, and its DNS records if a Cloud DNS zone is named. */
export class DomainMapping extends Construct implements IDomainMapping {
  /** The `google_cloud_run_domain_mapping` that Terraform creates. */
  readonly resource: CloudRunDomainMapping;
  /** The domain as DNS writes it. */
  readonly domain: string;
  /** The service that the domain is mapped to. */
  readonly service: IMappedService;
  /** The Cloud DNS zone in which Terraform writes the records; undefined if none is named. */
  readonly dnsZone?: string;
  /** The record sets that point the domain to Cloud Run. */
  readonly records: readonly DnsRecord[];
  /** The record sets that Terraform writes. */
  readonly recordSets: readonly DnsRecordSet[];
  private readonly environment: Environment;

  constructor(scope: Construct, id: string, given: DomainMappingProps) {
    super(scope, id);
    this.environment = Environment.of(this);
    const props = knownProps(given, {
      subject: this,
      addresses: this.environment.addresses,
      deciding: /^certificate$/,
    });
    this.service = props.service;
    this.domain = dnsName(props.name ?? id);
    this.dnsZone = props.dnsZone;
    this.resource = withoutStackTraces(() => this.render(props));
    const { addresses } = this.environment;
    addresses.known(this.domain, { subject: this, path: ['name'] });
    addresses.place(this.resource, addressPart(this.domain), this.origin);
    this.records = mappingRecords(this.domain);
    const { dnsZone } = props;
    this.recordSets = dnsZone ? this.records.map((record) => this.writeRecord(record, dnsZone)) : [];
    this.environment.registry.add(DOMAIN_MAPPINGS, this);
  }

  /** The region of the service. */
  get location(): string {
    return this.service.regional[0].location;
  }

  /** What asked for the mapping. */
  get origin(): Origin {
    return { subject: this, path: [] };
  }

  private render(props: DomainMappingProps): CloudRunDomainMapping {
    const { project } = this.environment.props;
    return new CloudRunDomainMapping(this, 'Default', {
      name: this.domain,
      project,
      location: this.location,
      // The provider sets the namespace to the project when it reads, and any change of metadata forces a replacement.
      metadata: { namespace: project },
      spec: {
        routeName: this.service.regional[0].nameArgument,
        certificateMode: props.certificate === 'none' ? 'NONE' : 'AUTOMATIC',
        forceOverride: props.forceOverride ?? false,
      },
      lifecycle: {
        // Labels that were added outside Terraform would replace the mapping and its certificate.
        ignoreChanges: ['metadata'],
        ...(this.service.deletionProtection ? { preventDestroy: true } : {}),
      },
    });
  }

  private writeRecord(record: DnsRecord, managedZone: string): DnsRecordSet {
    const { project } = this.environment.props;
    const config = { project, ...renderRecordSet(managedZone, record) };
    const recordSet = withoutStackTraces(() => new DnsRecordSet(this, record.type, config));
    recordSet.dependsOn = nonEmpty(this.environment.apis.require('dns'));
    this.environment.addresses.place(recordSet, recordSetAddress(record), this.origin);
    return recordSet;
  }
}
