import { isToken } from '../core/literal';
import type { ExternalLoadBalancer } from '../load-balancer/external-load-balancer';
import type { Check } from './check';
import { isHeaderName, isHeaderValue } from './http-headers';
import { settingsOf, withSettings } from './load-balancer-settings';

const KEYS = ['customRequestHeaders', 'customResponseHeaders'] as const;
/** Load Balancing, "Create custom headers in backend services": how many, and the names that are reserved for the load balancer. */
const MAX_HEADERS = 16;
const OWN_HEADER =
  /^(?:authority|cdn-loop|connection|host|keep-alive|proxy-authenticate|proxy-authorization|te|trailer|transfer-encoding|upgrade|x-user-ip|x-(?:google|goog-|gfe|amz-).*)$/i;
/** Its variables, except those of client certificates, which all begin with `client_cert_`. */
const VARIABLES = [
  'cdn_cache_id',
  'cdn_cache_status',
  'client_city',
  'client_city_lat_long',
  'client_encrypted',
  'client_ip_address',
  'client_port',
  'client_protocol',
  'client_region',
  'client_region_subdivision',
  'client_rtt_msec',
  'device_request_type',
  'origin_request_header',
  'server_ip_address',
  'server_port',
  'tls_cipher_suite',
  'tls_ja3_fingerprint',
  'tls_ja4_fingerprint',
  'tls_sni_hostname',
  'tls_version',
  'user_agent_family',
  'user_agent_type',
];

/** Headers that load balancers add. */
export const loadBalancerHeaderChecks: readonly Check<ExternalLoadBalancer>[] = [
  {
    code: 'custom-header',
    severity: 'error',
    summary:
      'A header is its name, a colon and its value (gcloud `--custom-request-header`). `Host`, hop-by-hop headers and headers that begin with `X-Google`, `X-Goog-`, `X-GFE` or `X-Amz-` are refused (Load Balancing, "Create custom headers").',
    example: withSettings('customResponseHeaders: [Strict-Transport-Security]'),
    *find({ props }) {
      for (const { header, path } of headersOf(props)) {
        const problem = isToken(header) ? undefined : headerProblem(header);
        if (problem) yield { path, ...problem };
      }
    },
  },
  {
    code: 'custom-header-count',
    severity: 'error',
    summary: `A load balancer adds at most ${MAX_HEADERS} headers to requests and ${MAX_HEADERS} to responses, each once (Load Balancing, "Create custom headers").`,
    example: withSettings('customRequestHeaders: ["X-Team: a", "X-Team: b"]'),
    *find({ props }) {
      for (const { settings, path } of settingsOf(props)) {
        for (const key of KEYS) {
          const names = (settings[key] ?? []).map((header) => header.split(':')[0]?.toLowerCase() ?? '');
          if (names.length > MAX_HEADERS) {
            const message = `there are ${names.length} headers`;
            yield { path: [...path, key], message, remedy: `use at most ${MAX_HEADERS}` };
          }
          for (const [index, name] of names.entries()) {
            if (names.indexOf(name) === index) continue;
            yield { path: [...path, key, index], message: `'${name}' is set already`, remedy: 'set it once' };
          }
        }
      }
    },
  },
  {
    code: 'custom-header-variable',
    severity: 'warning',
    summary:
      'A name in braces must be a variable of the load balancer (Load Balancing, "Create custom headers", "Header variables").',
    example: withSettings('customRequestHeaders: ["X-Region: {region}"]'),
    *find({ props }) {
      for (const { header, path } of headersOf(props)) {
        for (const [, variable = ''] of isToken(header) ? [] : header.matchAll(/\{([^{}]*)\}/g)) {
          if (VARIABLES.includes(variable) || /^client_cert_[a-z0-9_]+$/.test(variable)) continue;
          const remedy = 'write one such as {client_region}';
          yield { path, message: `'{${variable}}' is not a known variable`, remedy };
        }
      }
    },
  },
];

function headersOf(props: ExternalLoadBalancer['props']): { header: string; path: (string | number)[] }[] {
  return settingsOf(props).flatMap(({ settings, path }) =>
    KEYS.flatMap((key) => (settings[key] ?? []).map((header, index) => ({ header, path: [...path, key, index] }))),
  );
}

function headerProblem(header: string): { message: string; remedy: string } | undefined {
  const [, name = '', value = ''] = /^([^:]*):(.*)$/s.exec(header) ?? [];
  if (!isHeaderName(name) || !isHeaderValue(value)) {
    return { message: `'${header}' is not a header`, remedy: "write it like 'X-Client-Region: {client_region}'" };
  }
  if (!OWN_HEADER.test(name)) return undefined;
  return {
    message: `a load balancer cannot set the header ${name}`,
    remedy: 'remove it, or use another name',
  };
}
