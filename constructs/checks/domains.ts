import { isRegistrable } from '../core/dns';
import { isToken } from '../core/literal';
import type { DomainMapping } from '../domain-mapping/domain-mapping';
import { type Check, exampleFile, type Problem } from './check';
import type { StackContents } from './stack-contents';

/** https://cloud.google.com/run/docs/mapping-custom-domains, "Domain mapping availability" */
const REGIONS = [
  'asia-east1',
  'asia-northeast1',
  'asia-southeast1',
  'europe-north1',
  'europe-west1',
  'europe-west4',
  'us-central1',
  'us-east1',
  'us-east4',
  'us-west1',
];
/** A host name as DNS writes it. */
export const HOST_NAME = /^(?=.{1,253}$)(?:[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?\.)+[a-z](?:[-a-z0-9]{0,61}[a-z0-9])$/;

/** What to write instead of a text that is not a host name: the host in a URL, or an example. */
export function likeHost(text: string): string {
  const host = text
    .trim()
    .toLowerCase()
    .replace(/^[a-z]+:\/\//, '')
    .replace(/[/?#:].*$/, '')
    .replace(/\.$/, '');
  const isHost = HOST_NAME.test(host.replace(/^\*\./, ''));
  return isHost && host !== text ? `'${host}'` : "a host name such as 'www.example.com'";
}

/** Reasons why a mapped domain does not answer. */
export const domainChecks: readonly Check<StackContents>[] = [
  {
    code: 'domain-name',
    severity: 'error',
    summary:
      'A mapped domain is one host name: no wildcard, no scheme, port or path, no final dot, and no public suffix such as `co.uk`.',
    example: exampleFile('web: {access: public, domains: ["*.example.com", "https://www.example.com/"]}'),
    *find(environment) {
      for (const mapping of environment.domainMappings) {
        if (isToken(mapping.domain) || (HOST_NAME.test(mapping.domain) && isRegistrable(mapping.domain))) continue;
        const remedy = mapping.domain.startsWith('*.')
          ? 'name each host, or use a load balancer'
          : `write ${likeHost(mapping.domain)}`;
        yield at(mapping, `'${mapping.domain}' is not a host name`, remedy);
      }
    },
  },
  {
    code: 'domain-needs-public-ingress',
    severity: 'error',
    summary:
      'A mapped domain reaches a service only with ingress `all`. With another ingress it answers nobody on the internet (Cloud Run, "Restrict network ingress").',
    example: exampleFile('web: {access: public, ingress: internal, domains: [www.example.com]}'),
    *find(environment) {
      for (const mapping of environment.domainMappings) {
        const { ingress = 'all' } = mapping.service.props ?? {};
        if (ingress === 'all') continue;
        const remedy = "write 'ingress: all', or put a load balancer in front instead of the domain mapping";
        yield at(mapping, `'${mapping.domain}' can't be reached while ingress is '${ingress}'`, remedy);
      }
    },
  },
  {
    code: 'domain-on-private-service',
    severity: 'warning',
    summary: 'A browser gets 403 from a mapped domain of a private service, because it sends no identity token.',
    example: exampleFile('web: {domains: [www.example.com]}'),
    *find(environment) {
      for (const mapping of environment.domainMappings) {
        if (mapping.service.props?.access === 'public' || mapping.service.props?.iap) continue;
        const remedy = "write 'access: public' if it is for browsers; callers with a token need nothing more";
        yield at(mapping, `'${mapping.domain}' answers browsers with 403, since the service is private`, remedy);
      }
    },
  },
  {
    code: 'domain-region',
    severity: 'error',
    summary: `Domain mappings exist only in ${REGIONS.join(', ')} (Cloud Run, "Mapping custom domains").`,
    example: exampleFile('web: {access: public, region: europe-west3, domains: [www.example.com]}'),
    *find(environment) {
      for (const mapping of environment.domainMappings) {
        if (REGIONS.includes(mapping.location)) continue;
        const remedy = `move the service to one of ${REGIONS.join(', ')}, or use a load balancer`;
        yield at(mapping, `there are no domain mappings in '${mapping.location}'`, remedy);
      }
    },
  },
  {
    code: 'domain-mapping-preview',
    severity: 'warning',
    summary:
      'Domain mappings are a preview feature without a service level. Google recommends a load balancer for production. Reported once for a stack.',
    example: exampleFile('web: {access: public, domains: [www.example.com]}'),
    *find({ domainMappings }) {
      const [first] = [...domainMappings].sort((a, b) => (a.domain < b.domain ? -1 : 1));
      if (!first) return;
      const count =
        domainMappings.length === 1 ? 'this domain mapping is' : `${domainMappings.length} domain mappings are`;
      yield at(
        first,
        `${count} a preview feature of Google Cloud`,
        'use a load balancer where a service level matters',
      );
    },
  },
  {
    code: 'domain-claimed-twice',
    severity: 'error',
    summary:
      'A domain can be mapped to one service only. The API refuses a second mapping, and the apply fails after 20 minutes.',
    example: exampleFile(`
web: {access: public, domains: [www.example.com]}
shop: {access: public, domains: [www.example.com]}`),
    *find(environment) {
      const claims = new Map<string, DomainMapping>();
      for (const mapping of environment.domainMappings) {
        const first = claims.get(mapping.domain);
        if (!first) claims.set(mapping.domain, mapping);
        else {
          const message = `'${mapping.domain}' is mapped to '${first.service.node.id}' already`;
          yield at(mapping, message, 'map it to one service');
        }
      }
    },
  },
];

function at({ origin }: DomainMapping, message: string, remedy: string): Problem {
  return { ...origin, message, remedy };
}
