import { isIPv4, isIPv6 } from 'node:net';
import { dnsName } from '../core/dns';
import { isToken } from '../core/literal';
import type { ExternalLoadBalancer } from '../load-balancer/external-load-balancer';
import { type Check, exampleFile, type Problem } from './check';
import { HOST_NAME, likeHost } from './domains';
import type { StackContents } from './stack-contents';

const WEB = 'web: {access: public, ingress: internal-and-cloud-load-balancing}';
/** Load Balancing, "Quotas and limits": SSL certificates on a target proxy. */
export const MAX_CERTIFICATES = 15;

/** The domains, certificates and addresses of a load balancer. */
export const loadBalancerDomainChecks: readonly Check<ExternalLoadBalancer>[] = [
  {
    code: 'load-balancer-domain',
    severity: 'error',
    summary:
      'A domain of a load balancer is a host name, or a wildcard for the names directly below one: no scheme, port or path, no final dot. Each is listed once, and there is at least one.',
    example: exampleFile(WEB, '', 'edge: {domains: ["https://www.example.com/"], defaultService: web}'),
    *find({ props: { domains } }) {
      if (domains.length === 0) {
        yield { path: ['domains'], message: 'domains is empty', remedy: 'name at least one host' };
      }
      const names = domains.map(dnsName);
      for (const [index, name] of names.entries()) {
        const path = ['domains', index];
        if (isToken(name)) continue;
        if (!isToken(name) && !HOST_NAME.test(name.replace(/^\*\./, ''))) {
          const remedy = `write ${likeHost(domains[index] ?? '')}`;
          yield { path, message: `'${domains[index]}' is not a host name`, remedy };
        } else if (names.indexOf(name) < index) {
          yield { path, message: `'${domains[index]}' is listed already`, remedy: 'list it once' };
        }
      }
    },
  },
  {
    code: 'wildcard-certificate',
    severity: 'error',
    summary:
      'A managed certificate cannot be for a wildcard. Certificate Manager issues such certificates by DNS authorization (Google-managed SSL certificates, "Limitations").',
    example: exampleFile(WEB, '', 'edge: {domains: ["*.example.com"], defaultService: web}'),
    *find({ props: { domains, certificate = 'managed' } }) {
      if (certificate !== 'managed') return;
      for (const [index, domain] of domains.entries()) {
        if (!domain.startsWith('*.')) continue;
        const message = `there is no managed certificate for '${domain}'`;
        yield { path: ['domains', index], message, remedy: "write 'certificate: certificate-manager'" };
      }
    },
  },
  {
    code: 'too-many-certificates',
    severity: 'error',
    summary: `A load balancer has at most ${MAX_CERTIFICATES} certificates, and \`managed\` makes one for each domain; a certificate map of Certificate Manager has no such limit (Load Balancing, "Quotas and limits").`,
    example: exampleFile(
      WEB,
      '',
      `edge:
  defaultService: web
  domains: [${Array.from({ length: MAX_CERTIFICATES + 1 }, (_, index) => `shop${index}.example.com`).join(', ')}]`,
    ),
    *find({ certificates: { sslCertificates = [] }, props: { certificate } }) {
      if (sslCertificates.length <= MAX_CERTIFICATES) return;
      const path = typeof certificate === 'object' ? ['certificate', 'existing'] : ['domains'];
      const message = `${sslCertificates.length} certificates are more than the ${MAX_CERTIFICATES} that a load balancer takes`;
      yield { path, message, remedy: "write 'certificate: certificate-manager'" };
    },
  },
  {
    code: 'load-balancer-address',
    severity: 'error',
    summary:
      '`ip` is an IPv4 address and `ipv6` an IPv6 address. Without the value of an existing address, no record can be written in a Cloud DNS zone.',
    example: exampleFile(
      WEB,
      '',
      'edge: {domains: [www.example.com], defaultService: web, address: {existing: front-door}, dnsZone: example-com}',
    ),
    *find({ props: { address, dnsZone, ipv6 } }) {
      if (!address) return;
      const { ip, ipv6: ip6 } = address;
      if (ip !== undefined && !isToken(ip) && !isIPv4(ip)) {
        yield {
          path: ['address', 'ip'],
          message: `'${ip}' is not an IPv4 address`,
          remedy: "write it like '203.0.113.7'",
        };
      }
      if (ip6 !== undefined && !isToken(ip6) && !isIPv6(ip6)) {
        const remedy = "write it like '2001:db8::7'";
        yield { path: ['address', 'ipv6'], message: `'${ip6}' is not an IPv6 address`, remedy };
      }
      if (ip6 !== undefined && ipv6 === false) {
        yield {
          path: ['ipv6'],
          message: `ipv6 is false, but there is the address '${ip6}'`,
          remedy: 'remove one of them',
        };
      }
      if (ip === undefined && dnsZone !== undefined) {
        const message = `the value of the address '${address.existing}' is not known, so no record can have it`;
        yield { path: ['address'], message, remedy: "write 'ip' beside 'existing'" };
      }
    },
  },
];

/** Domains and names that are used twice. */
export const sharedDomainChecks: readonly Check<StackContents>[] = [
  {
    code: 'domain-on-two-load-balancers',
    severity: 'error',
    summary:
      'The DNS records of a domain can point to one load balancer only. The certificate of the other would never be issued.',
    example: exampleFile(
      WEB,
      '',
      `edge: {domains: [www.example.com], defaultService: web}
shop: {domains: [www.example.com], defaultService: web}`,
    ),
    *find({ loadBalancers }) {
      const owners = new Map<string, ExternalLoadBalancer>();
      for (const loadBalancer of loadBalancers) {
        for (const { domain } of loadBalancer.domains) {
          const owner = owners.get(domain);
          owners.set(domain, owner ?? loadBalancer);
          if (owner)
            yield at(loadBalancer, domain, `'${domain}' leads to the load balancer '${owner.node.id}' already`);
        }
      }
    },
  },
  {
    code: 'domain-mapped-and-load-balanced',
    severity: 'error',
    summary: 'The DNS records of a domain can point to its mapping or to the load balancer, not to both.',
    example: exampleFile(
      'web: {access: public, domains: [www.example.com]}',
      '',
      'edge: {domains: [www.example.com], defaultService: web}',
    ),
    *find({ loadBalancers, domainMappings }) {
      for (const loadBalancer of loadBalancers) {
        for (const { domain, service } of domainMappings) {
          if (!loadBalancer.domains.some((each) => each.domain === domain)) continue;
          yield at(loadBalancer, domain, `'${domain}' is mapped to '${service.node.id}' as well`);
        }
      }
    },
  },
  {
    code: 'load-balancer-name-taken',
    severity: 'error',
    summary:
      "The names of a load balancer's parts begin with its name, so two load balancers of a project cannot have the same name.",
    example: exampleFile(
      WEB,
      '',
      `edge: {domains: [www.example.com], defaultService: web}
shop: {name: edge, domains: [shop.example.com], defaultService: web}`,
    ),
    *find({ loadBalancers }) {
      const owners = new Map<string, ExternalLoadBalancer>();
      for (const loadBalancer of loadBalancers) {
        const { loadBalancerName: name } = loadBalancer;
        const owner = owners.get(name);
        owners.set(name, owner ?? loadBalancer);
        if (!owner) continue;
        const message = `'${name}' is the name of the load balancer '${owner.node.id}' already`;
        yield { subject: loadBalancer, path: ['name'], message, remedy: 'give them two names' };
      }
    },
  },
];

function at(loadBalancer: ExternalLoadBalancer, domain: string, message: string): Problem {
  const index = loadBalancer.props.domains.findIndex((name) => dnsName(name) === domain);
  return { subject: loadBalancer, path: ['domains', index], message, remedy: 'keep it in one of the two' };
}
