import { ComputeGlobalAddress } from '@cdktf/provider-google/lib/compute-global-address';
import { ComputeGlobalForwardingRule } from '@cdktf/provider-google/lib/compute-global-forwarding-rule';
import { ComputeSslPolicy } from '@cdktf/provider-google/lib/compute-ssl-policy';
import { ComputeTargetHttpProxy } from '@cdktf/provider-google/lib/compute-target-http-proxy';
import { ComputeTargetHttpsProxy } from '@cdktf/provider-google/lib/compute-target-https-proxy';
import { referenceTo } from '../core/address';
import type { Certificates } from './certificate';
import type { ExistingResource, Parts } from './parts';
import { renderRedirectToHttps } from './url-map';

/** Addresses that exist already. */
export interface AddressProps {
  /** Name of a reserved global IPv4 address in the environment's project. */
  readonly existing: string;
  /**
   * The value of that address (`203.0.113.7`). With it, the DNS records are known before the first apply.
   * @default known after the first apply
   */
  readonly ip?: string;
  /**
   * The value of a reserved global IPv6 address (`2001:db8::7`).
   * @default a new address
   */
  readonly ipv6?: string;
}

/** The addresses, ports and TLS settings of a load balancer. */
export interface FrontendProps {
  /**
   * A reserved address. A change replaces the forwarding rules, but not DNS records that are written elsewhere.
   * @default a new address
   * @gcloud --address
   * @terraform google_compute_global_address
   */
  readonly address?: AddressProps;

  /**
   * Whether the load balancer has an IPv6 address too.
   * @default true
   * @terraform google_compute_global_address.<load balancer>_ipv6
   */
  readonly ipv6?: boolean;

  /**
   * Whether port 80 redirects to https. With `false`, port 80 is closed.
   * @default true
   * @terraform google_compute_url_map.<load balancer>_redirect
   */
  readonly httpRedirect?: boolean;

  /**
   * The lowest version of TLS that clients may use: `1.0`, `1.1` or `1.2`.
   * @default "1.2"
   * @gcloud --min-tls-version
   * @terraform google_compute_ssl_policy min_tls_version
   */
  readonly minTlsVersion?: '1.0' | '1.1' | '1.2' | 1 | 1.1 | 1.2;

  /**
   * Which ciphers clients may use.
   * @default "modern"
   * @gcloud --profile
   * @terraform google_compute_ssl_policy profile
   */
  readonly sslProfile?: 'compatible' | 'modern' | 'restricted';

  /**
   * An existing SSL policy, instead of `minTlsVersion` and `sslProfile`.
   * @default a policy of the load balancer's own
   * @gcloud --ssl-policy
   */
  readonly sslPolicy?: ExistingResource;

  /**
   * Whether Terraform refuses to destroy or replace the addresses. DNS records point to them.
   * @default true
   * @terraform google_compute_global_address lifecycle.prevent_destroy
   */
  readonly deletionProtection?: boolean;
}

/** An address of a load balancer. */
export interface Address {
  /** The resource that Terraform creates; undefined for an existing address. */
  readonly resource?: ComputeGlobalAddress;
  /** The value of the address, if it is known before the first apply. */
  readonly ip?: string;
  /** The address as an argument of a forwarding rule. */
  readonly argument: string;
  /** A text that differs for every address. If it changes, the forwarding rules are replaced. */
  readonly identity: string;
  /** The https rule. It has the value of the address after the first apply. */
  readonly rule: ComputeGlobalForwardingRule;
}

/** The addresses of a load balancer, by the type of their DNS record, and its https proxy. */
export interface Frontend {
  readonly A: Address;
  readonly AAAA?: Address;
  readonly httpsProxy: ComputeTargetHttpsProxy;
}

const HTTPS = '443';
const HTTP = '80';

/** Everything in front of the URL map: addresses, forwarding rules, proxies, and the SSL policy. */
export function renderFrontend(
  parts: Parts,
  props: FrontendProps,
  urlMap: string,
  certificates: Certificates,
): Frontend {
  const { sslCertificates, certificateMap, mapEntries: dependsOn } = certificates;
  const httpsProxy = parts.add(
    ComputeTargetHttpsProxy,
    '',
    { name: parts.named(), urlMap, sslPolicy: sslPolicy(parts, props), sslCertificates, certificateMap },
    { dependsOn },
  );
  const httpProxy = props.httpRedirect === false ? undefined : renderHttpProxy(parts);
  const listen = (address: Omit<Address, 'rule'>, suffix: string): Address => {
    if (httpProxy) forward(parts, `http${suffix}`, address, referenceTo(httpProxy, 'id'), HTTP);
    return { ...address, rule: forward(parts, `https${suffix}`, address, referenceTo(httpsProxy, 'id'), HTTPS) };
  };
  return {
    A: listen(ipv4Address(parts, props), ''),
    AAAA: props.ipv6 === false ? undefined : listen(ipv6Address(parts, props), '_ipv6'),
    httpsProxy,
  };
}

function sslPolicy(parts: Parts, { sslPolicy, minTlsVersion = '1.2', sslProfile = 'modern' }: FrontendProps): string {
  if (sslPolicy) return parts.existing('global/sslPolicies', sslPolicy.existing);
  const version = typeof minTlsVersion === 'number' ? minTlsVersion.toFixed(1) : minTlsVersion;
  const policy = parts.add(
    ComputeSslPolicy,
    '',
    {
      name: parts.named(),
      minTlsVersion: `TLS_${version.replace('.', '_')}`,
      profile: sslProfile.toUpperCase(),
    },
    { path: ['minTlsVersion'], apis: ['compute'] },
  );
  return referenceTo(policy, 'id');
}

function renderHttpProxy(parts: Parts): ComputeTargetHttpProxy {
  const urlMap = referenceTo(renderRedirectToHttps(parts), 'id');
  return parts.add(ComputeTargetHttpProxy, '', { name: parts.named(), urlMap }, { path: ['httpRedirect'] });
}

function ipv4Address(parts: Parts, props: FrontendProps): Omit<Address, 'rule'> {
  if (!props.address) return newAddress(parts, '', 'IPV4', props);
  const argument = parts.existing('global/addresses', props.address.existing);
  return { ip: props.address.ip, argument, identity: argument };
}

function ipv6Address(parts: Parts, props: FrontendProps): Omit<Address, 'rule'> {
  const ip = props.address?.ipv6;
  return ip === undefined ? newAddress(parts, 'ipv6', 'IPV6', props) : { ip, argument: ip, identity: ip };
}

function newAddress(parts: Parts, suffix: string, ipVersion: string, props: FrontendProps): Omit<Address, 'rule'> {
  const name = parts.named(suffix === '' ? [] : [suffix]);
  const resource = parts.add(
    ComputeGlobalAddress,
    suffix,
    { name, ipVersion, addressType: 'EXTERNAL' },
    { path: ['address'], apis: ['compute'], preventDestroy: props.deletionProtection ?? true },
  );
  return { resource, argument: referenceTo(resource, 'address'), identity: name };
}

function forward(
  parts: Parts,
  suffix: string,
  { argument, identity }: Omit<Address, 'rule'>,
  target: string,
  portRange: string,
): ComputeGlobalForwardingRule {
  return parts.add(ComputeGlobalForwardingRule, suffix, {
    name: parts.named([suffix], [identity]),
    target,
    ipAddress: argument,
    ipProtocol: 'TCP',
    portRange,
    loadBalancingScheme: 'EXTERNAL_MANAGED',
  });
}
