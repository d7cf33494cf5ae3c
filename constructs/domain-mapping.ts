/** A domain mapped to a service, with its settings. */
export interface MappedDomain {
  /** The domain, verified for the account that applies. */
  readonly name: string;
  /**
   * Whether Google issues and renews a certificate (`automatic`) or the domain answers on http alone (`none`).
   * @default "automatic"
   * @gcloud gcloud beta run domain-mappings create
   * @terraform google_cloud_run_domain_mapping spec.certificate_mode
   */
  readonly certificate?: 'automatic' | 'none';
  /**
   * Whether to take the domain away from a service it is mapped to now.
   * @default false
   * @gcloud --force-override
   * @terraform google_cloud_run_domain_mapping spec.force_override
   */
  readonly forceOverride?: boolean;
  /**
   * Cloud DNS zone (its name in the environment's project) in which to write the domain's records. A record set of the
   * same name and type that is already there is replaced without a word by the provider.
   * @default no records are written
   * @terraform google_dns_record_set
   */
  readonly dnsZone?: string;
}

/** Names under which a service answers besides its run.app URL. */
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
