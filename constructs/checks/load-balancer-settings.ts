import { parseDuration } from '../core/duration';
import { isToken } from '../core/literal';
import { sortedEntries } from '../core/order';
import type { BackendProps } from '../load-balancer/backend';
import { TTLS } from '../load-balancer/cdn';
import type { ExternalLoadBalancer } from '../load-balancer/external-load-balancer';
import { type Check, exampleFile, type Problem } from './check';

const KEY = /^[A-Za-z][A-Za-z0-9_-]*$/;
const HEADER = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+:.*$/;

/** Settings of a load balancer that Google would refuse, or that say nothing. */
export const loadBalancerSettingChecks: readonly Check<ExternalLoadBalancer>[] = [
  {
    code: 'load-balancer-key',
    severity: 'error',
    summary:
      'The key of a load balancer is its name in Terraform addresses, so it consists of letters, digits, dashes and underscores and begins with a letter.',
    example: withSettings('').replace('edge:', '"2nd edge":'),
    *find(loadBalancer) {
      const name = loadBalancer.environment.addresses.prefixOf(loadBalancer);
      if (KEY.test(name)) return;
      yield {
        message: `'${name}' can't be part of a Terraform address`,
        remedy: 'use letters, digits, dashes and underscores, beginning with a letter',
      };
    },
  },
  {
    code: 'ssl-policy',
    severity: 'error',
    summary:
      'A load balancer has an SSL policy of its own, or one that exists. The profile `restricted` is for TLS 1.2 and newer (Load Balancing, "SSL policies").',
    example: withSettings('sslPolicy: {existing: company-policy}, sslProfile: modern'),
    *find({ props: { sslPolicy, sslProfile, minTlsVersion } }) {
      for (const [key, value] of Object.entries({ sslProfile, minTlsVersion })) {
        if (!sslPolicy || value === undefined) continue;
        const message = `${key} is that of the policy '${sslPolicy.existing}'`;
        yield { path: [key], message, remedy: `take ${key} or sslPolicy away` };
      }
      if (sslPolicy || sslProfile !== 'restricted' || Number(minTlsVersion ?? 1.2) >= 1.2) return;
      const message = `the profile 'restricted' does not go with TLS ${minTlsVersion}`;
      yield { path: ['minTlsVersion'], message, remedy: 'take minTlsVersion away' };
    },
  },
  {
    code: 'cdn-settings',
    severity: 'error',
    summary:
      'Each cache mode of Cloud CDN has its own durations (Cloud CDN, "Cache modes"). The google provider does not send a TTL of 0, so that Cloud CDN\'s default would hold.',
    example: withSettings('cdn: {cacheMode: use-origin-headers, defaultTtl: 1h}'),
    *find({ props }) {
      for (const { settings, path } of settingsOf(props)) {
        if (typeof settings.cdn !== 'object') continue;
        const { cacheMode = 'cache-all-static' } = settings.cdn;
        for (const key of ['defaultTtl', 'maxTtl', 'clientTtl', 'serveWhileStale'] as const) {
          const value = settings.cdn[key];
          const at = [...path, 'cdn', key];
          if (value === undefined) continue;
          if (key !== 'serveWhileStale' && !TTLS[cacheMode].includes(key)) {
            yield { path: at, message: `${key} does not go with '${cacheMode}'`, remedy: `take ${key} away` };
          } else if (parseDuration(value) === undefined) {
            yield { path: at, message: `'${value}' is not a duration`, remedy: "write it like '1h' or '10m'" };
          } else if (key !== 'serveWhileStale' && parseDuration(value) === 0) {
            const message = `the google provider does not send a ${key} of 0`;
            yield {
              path: at,
              message,
              remedy: 'write at least 1s, or cdn: false for a service that is not to be cached',
            };
          }
        }
      }
    },
  },
  {
    code: 'custom-header',
    severity: 'error',
    summary: 'A header is its name, a colon and its value (gcloud `--custom-request-header`).',
    example: withSettings('customResponseHeaders: [Strict-Transport-Security]'),
    *find({ props }) {
      for (const { settings, path } of settingsOf(props)) {
        for (const key of ['customRequestHeaders', 'customResponseHeaders'] as const) {
          for (const [index, header] of (settings[key] ?? []).entries()) {
            if (isToken(header) || HEADER.test(header)) continue;
            const remedy = "write it like 'X-Client-Region: {client_region}'";
            yield { path: [...path, key, index], message: `'${header}' is not a header`, remedy };
          }
        }
      }
    },
  },
  {
    code: 'logging-sample-rate',
    severity: 'error',
    summary: 'The share of requests that is logged is from 0 to 1 (gcloud `--logging-sample-rate`).',
    example: withSettings('logging: {sampleRate: 10}'),
    *find({ props }) {
      for (const { settings, path } of settingsOf(props)) {
        const { sampleRate = 1 } = settings.logging ?? {};
        if (sampleRate >= 0 && sampleRate <= 1) continue;
        const message = `${sampleRate} is not a share of the requests`;
        yield { path: [...path, 'logging', 'sampleRate'], message, remedy: 'write a number from 0 to 1' };
      }
    },
  },
  {
    code: 'outlier-detection',
    severity: 'error',
    summary:
      'Errors in a row are 1 to 1000, the share of regions without requests is in percent, and times are durations (API reference, `outlierDetection`).',
    example: withSettings('outlierDetection: {maxEjectionPercent: 200}'),
    *find({ props: { outlierDetection } }) {
      if (typeof outlierDetection !== 'object') return;
      const { consecutiveErrors = 5, maxEjectionPercent = 50, interval = 1, baseEjectionTime = 1 } = outlierDetection;
      const path = ['outlierDetection'];
      if (!isWhole(consecutiveErrors, 1, 1000)) {
        const message = `${consecutiveErrors} is not a number of errors`;
        yield { path: [...path, 'consecutiveErrors'], message, remedy: 'write a whole number from 1 to 1000' };
      }
      // The provider does not send a 0, and Google's default of 50 would hold.
      if (!isWhole(maxEjectionPercent, 1, 100)) {
        const message = `${maxEjectionPercent} is not a percentage`;
        yield { path: [...path, 'maxEjectionPercent'], message, remedy: 'write a whole number from 1 to 100' };
      }
      for (const [key, value] of Object.entries({ interval, baseEjectionTime })) {
        if (parseDuration(value)) continue;
        yield { path: [...path, key], message: `'${value}' is not a duration`, remedy: "write it like '10s' or '3m'" };
      }
    },
  },
];

/** The settings of the load balancer and of each backend, and where they are. */
function settingsOf(
  props: ExternalLoadBalancer['props'],
): { settings: BackendProps; path: NonNullable<Problem['path']> }[] {
  const ofBackends = sortedEntries(props.backends).map(([key, settings]) => ({ settings, path: ['backends', key] }));
  return [{ settings: props, path: [] }, ...ofBackends];
}

function isWhole(value: number, min: number, max: number): boolean {
  return Number.isInteger(value) && value >= min && value <= max;
}

/** The text of a services.yaml with a load balancer with these settings. */
function withSettings(settings: string): string {
  return exampleFile(
    'web: {access: public, ingress: internal-and-cloud-load-balancing}',
    '',
    `edge: {domains: [www.example.com], defaultService: web${settings === '' ? '' : `, ${settings}`}}`,
  );
}
