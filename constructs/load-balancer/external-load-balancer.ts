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
import { type DnsZone, type FrontDoorDomain, recordsOf, writeRecords, zoneOf } from './dns';
import { type Frontend, type FrontendProps, renderFrontend } from './frontend';
import { Parts } from './parts';
import { type Redirect, type Route, type Rule, rulesOf, servicesOf } from './routes';
import { renderUrlMap } from './url-map';

/** A global external Application Load Balancer in front of Cloud Run services. */
export interface ExternalLoadBalancerProps<Service> extends FrontendProps, BackendProps {
  /**
   * What Google's names of the parts begin with.
   * @default the load balancer's key
   */
  readonly name?: string;

  /**
   * Host names that lead here, in Unicode or as DNS has them (`xn--…`). A wildcard (`*.example.com`) needs a `certificate` other
   * than `managed`.
   * @minItems 1
   */
  readonly domains: readonly string[];

  /** The service that gets what no route takes. */
  readonly defaultService: Service;

  /**
   * What differs for one service from the load balancer's own settings, by the service's key; each setting replaces
   * the load balancer's as a whole.
   * @default nothing
   */
  readonly backends?: Readonly<Record<string, BackendProps>>;

  /**
   * Which service gets what; the most specific wins, by host and then by path, whatever the order.
   * @default everything goes to `defaultService`
   * @terraform google_compute_url_map host_rule, path_matcher
   */
  readonly routes?: readonly Route<Service>[];

  /**
   * Redirects to another host or path. A host that is redirected as a whole takes no routes but those that name it.
   * @default none
   * @terraform google_compute_url_map path_matcher url_redirect
   */
  readonly redirects?: readonly Redirect[];

  /**
   * Where certificates come from: Google issues one for each domain once DNS leads here (`managed`, at most 15) or by DNS
   * authorization before that (`certificate-manager`), or they exist already: `{existing: [names]}`, `{map: name}`.
   * @default "managed"
   * @terraform google_compute_managed_ssl_certificate, google_certificate_manager_certificate
   */
  readonly certificate?: CertificateProps;

  /**
   * Cloud DNS zone in which the domains' records are written: its name for all of them, or `{name, dnsName}` for those
   * that are `dnsName` or below it. A record set of the same name and type that is already there is replaced by the provider without a warning.
   * @default no records are written
   * @terraform google_dns_record_set
   */
  readonly dnsZone?: string | DnsZone;

  /**
   * Whether a region that answers with errors gets no requests for a while: `true`, or when.
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

/** What of the props decides what is written, besides the domains. */
const DECIDING =
  /^(?:certificate|minTlsVersion|sslProfile|(?:backends\.[^.]+\.)?(?:compressionMode|cdn\.cacheMode|securityPolicy\.(?:default|rateLimit\.by)))$/;

/** The load balancers of a stack. */
export const LOAD_BALANCERS = new Kind<ExternalLoadBalancer>('load balancers');

/** A global external Application Load Balancer with its addresses, certificates, protection and DNS records. */
export class ExternalLoadBalancer extends Construct {
  /** The URL map, which is what Google's console shows as the load balancer. */
  readonly resource: ComputeUrlMap;
  /** The services behind it, in the order of their addresses. */
  readonly backends: readonly Backend[];
  /** Addresses, forwarding rules, proxies and the SSL policy. */
  readonly frontend: Frontend;
  /** The certificates of its domains. */
  readonly certificates: Certificates;
  /** Its domains with their DNS records. */
  readonly domains: readonly FrontDoorDomain[];
  /** The DNS records that Terraform writes. */
  readonly recordSets: readonly DnsRecordSet[];

  /** The props as the user wrote them. */
  readonly props: ExternalLoadBalancerProps<ICloudRunService>;
  /** What Google's names of the parts begin with. */
  readonly loadBalancerName: string;
  /** Where the load balancer lives. @internal */
  readonly environment: Environment;
  /** What becomes of which requests, as the routes and redirects say. */
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
