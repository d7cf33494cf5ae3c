import type { ComputeUrlMap } from '@cdktf/provider-google/lib/compute-url-map';
import type { DnsRecordSet } from '@cdktf/provider-google/lib/dns-record-set';
import { Construct } from 'constructs';
import { referenceTo } from '../core/address';
import { dnsName } from '../core/dns';
import { Environment } from '../core/environment';
import { knownProps } from '../core/known-props';
import { literal } from '../core/literal';
import { sortedSet } from '../core/order';
import { Kind } from '../core/registry';
import { type ICloudRunService, serviceWithKey } from '../core/service';
import { type PropForms, refuseUntyped } from '../core/untyped-props';
import type { Backend, BackendProps, OutlierDetectionProps } from './backend';
import { makeBackends } from './backends';
import { type CertificateProps, type Certificates, renderCertificates } from './certificate';
import { type DnsZone, type LoadBalancerDomain, recordsOf, writeRecords, zoneOf } from './dns';
import { type Frontend, type FrontendProps, renderFrontend } from './frontend';
import { Parts } from './parts';
import { type Redirect, type Route, type Rule, rulesOf, servicesOf } from './routes';
import { renderUrlMap } from './url-map';

/** A global external Application Load Balancer in front of Cloud Run services. */
export interface ExternalLoadBalancerProps<Service> extends FrontendProps, BackendProps {
  /**
   * The beginning of the names of the load balancer's Google Cloud resources.
   * @default the load balancer's key
   */
  readonly name?: string;

  /**
   * Host names of the load balancer, in Unicode or as DNS writes them (`xn--…`). A wildcard (`*.example.com`) needs a `certificate`
   * other than `managed`.
   * @minItems 1
   */
  readonly domains: readonly string[];

  /** The service that gets all requests without a matching route. */
  readonly defaultService: Service;

  /**
   * Settings that differ for one service, by the service's key. Each replaces the load balancer's setting completely.
   * @default none
   */
  readonly backends?: Readonly<Record<string, BackendProps>>;

  /**
   * Which service gets which requests. The most specific route applies, by host and then by path; the order does not matter.
   * @default `defaultService` gets all requests
   * @terraform google_compute_url_map host_rule, path_matcher
   */
  readonly routes?: readonly Route<Service>[];

  /**
   * Redirects to another host or path. If a whole host is redirected, only the routes with this `host` apply to it.
   * @default none
   * @terraform google_compute_url_map path_matcher url_redirect
   */
  readonly redirects?: readonly Redirect[];

  /**
   * The source of certificates. Google issues one for each domain, after its DNS points to the load balancer (`managed`, at most 15)
   * or before that by DNS authorization (`certificate-manager`). Existing ones: `{existing: [names]}`, `{map: name}`.
   * @default "managed"
   * @terraform google_compute_managed_ssl_certificate, google_certificate_manager_certificate
   */
  readonly certificate?: CertificateProps;

  /**
   * Cloud DNS zone in which the domains' records are written: its name for all domains, or `{name, dnsName}` for `dnsName` and domains
   * below it. The provider replaces an existing record set of the same name and type without a warning.
   * @default no records are written
   * @terraform google_dns_record_set
   */
  readonly dnsZone?: string | DnsZone;

  /**
   * Whether a region that answers with errors gets no requests for a while: `true`, or settings.
   * @default on for services with several regions
   * @terraform google_compute_backend_service outlier_detection
   */
  readonly outlierDetection?: boolean | OutlierDetectionProps;
}

/** Every prop of a load balancer, with the words or the list that it takes. */
export const LOAD_BALANCER_PROPS: PropForms<ExternalLoadBalancerProps<ICloudRunService>> = {
  address: 'any',
  backends: 'any',
  cdn: 'any',
  certificate: ['managed', 'certificate-manager'],
  compressionMode: ['automatic', 'disabled'],
  customRequestHeaders: 'list',
  customResponseHeaders: 'list',
  defaultService: 'construct',
  deletionProtection: 'any',
  dnsZone: 'any',
  domains: 'list',
  httpRedirect: 'any',
  iap: 'any',
  ipv6: 'any',
  logging: 'any',
  minTlsVersion: ['1.0', '1.1', '1.2'],
  name: 'any',
  outlierDetection: 'any',
  redirects: 'list',
  routes: 'list',
  securityPolicy: 'any',
  sslPolicy: 'any',
  sslProfile: ['compatible', 'modern', 'restricted'],
};

/** The props whose values decide which arguments are written, besides the domains. */
const DECIDING =
  /^(?:certificate|minTlsVersion|sslProfile|(?:backends\.[^.]+\.)?(?:compressionMode|cdn\.cacheMode|securityPolicy\.(?:default|rateLimit\.by)))$/;

/** The load balancers of a stack. */
export const LOAD_BALANCERS = new Kind<ExternalLoadBalancer>('load balancers');

/** A global external Application Load Balancer with its addresses, certificates, protection and DNS records. */
export class ExternalLoadBalancer extends Construct {
  /** The URL map. Google's console shows it as the load balancer. */
  readonly resource: ComputeUrlMap;
  /** The services behind it, in the order of their addresses. */
  readonly backends: readonly Backend[];
  /** Addresses, forwarding rules, proxies and the SSL policy. */
  readonly frontend: Frontend;
  /** The certificates of its domains. */
  readonly certificates: Certificates;
  /** Its domains with their DNS records. */
  readonly domains: readonly LoadBalancerDomain[];
  /** The DNS records that Terraform writes. */
  readonly recordSets: readonly DnsRecordSet[];

  /** The props as the user wrote them. */
  readonly props: ExternalLoadBalancerProps<ICloudRunService>;
  /** The beginning of the names of its Google Cloud resources. */
  readonly loadBalancerName: string;
  /** The environment of the load balancer's stack. @internal */
  readonly environment: Environment;
  /** The routes and redirects as rules. */
  readonly rules: readonly Rule[];

  constructor(scope: Construct, id: string, given: ExternalLoadBalancerProps<ICloudRunService>) {
    super(scope, id);
    this.environment = Environment.of(this);
    const props = knownProps(given, { subject: this, addresses: this.environment.addresses, deciding: DECIDING });
    refuseUntyped(this, props, LOAD_BALANCER_PROPS, ['domains', 'defaultService']);
    this.props = props;
    this.loadBalancerName = props.name ?? id;
    const parts = new Parts(this, this.loadBalancerName);
    const { addresses } = this.environment;
    addresses.known(this.loadBalancerName, { subject: this, path: ['name'] });
    for (const [index, domain] of props.domains.entries())
      addresses.known(domain, { subject: this, path: ['domains', index] });
    if (typeof props.dnsZone === 'object')
      addresses.known(props.dnsZone.dnsName, { subject: this, path: ['dnsZone', 'dnsName'] });
    const written = literal(props);
    const domains = sortedSet(written.domains.map(dnsName));

    this.rules = rulesOf(written, (key) => serviceWithKey(this.environment, key));
    this.backends = makeBackends(parts, this, written, [props.defaultService, ...this.rules.flatMap(servicesOf)]);
    const { defaultService } = props;
    this.resource = renderUrlMap(parts, { domains, rules: this.rules, defaultService }, (service) =>
      this.backendId(service),
    );
    this.certificates = renderCertificates(parts, domains, written.certificate);
    this.frontend = renderFrontend(parts, written, referenceTo(this.resource, 'id'), this.certificates);
    this.domains = domains.map((domain) => ({
      domain,
      dnsZone: zoneOf(domain, written.dnsZone),
      records: recordsOf(domain, this.frontend, this.certificates),
    }));
    this.recordSets = writeRecords(parts, this.domains);
    this.environment.registry.add(LOAD_BALANCERS, this);
  }

  private backendId(service: ICloudRunService): string {
    const backend = this.backends.find((each) => each.service === service);
    if (!backend) throw new Error(`${this.node.path}: ${service.node.path} has no backend`);
    return backend.id;
  }
}
