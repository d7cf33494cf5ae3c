import { parseDuration } from '../core/duration';
import { isToken } from '../core/literal';
import { sortedEntries } from '../core/order';
import type { BackendProps } from '../load-balancer/backend';
import type { ExternalLoadBalancer } from '../load-balancer/external-load-balancer';
import { type Check, exampleFile, type Problem } from './check';
import { accepts, rangeInWords } from './limits';
import { wrongKey } from './names';

const NAME = /^[a-z](?:[-a-z0-9]{0,61}[a-z0-9])?$/;
const EXISTING =
  /^(?:(?:https:\/\/www\.googleapis\.com\/compute\/v1\/)?projects\/[^/\s]+\/(?:global|locations\/global)\/[A-Za-z]+\/)?[a-z](?:[-a-z0-9]{0,61}[a-z0-9])?$/;

export const SAMPLE_RATE = { least: 0, most: 1, fraction: true };
/** API reference, `outlierDetection`. */
const CONSECUTIVE_ERRORS = { least: 1, most: 1000 };
/** In percent. The provider does not send a 0, so Google's default of 50 would apply. */
const EJECTION = { least: 1, most: 100 };

/** Settings of a load balancer that Google would refuse, or that have no effect. */
export const loadBalancerSettingChecks: readonly Check<ExternalLoadBalancer>[] = [
  {
    code: 'load-balancer-key',
    severity: 'error',
    summary:
      'The key of a load balancer is its name in Terraform addresses, so it consists of letters, digits, dashes and underscores and begins with a letter.',
    example: withSettings('').replace('edge:', '"2nd edge":'),
    find: (loadBalancer) => wrongKey(loadBalancer, loadBalancer.environment),
  },
  {
    code: 'load-balancer-name',
    severity: 'error',
    summary:
      "The names of a load balancer's parts begin with its name, so it must be valid too: at most 63 lower-case letters, digits and dashes, beginning with a letter (API reference, `name`).",
    example: withSettings('name: Front_Door'),
    *find({ props: { name } }) {
      if (name === undefined || isToken(name) || NAME.test(name)) return;
      const remedy = 'use at most 63 lower-case letters, digits and dashes, beginning with a letter';
      yield { path: ['name'], message: `'${name}' is not a name for a load balancer`, remedy };
    },
  },
  {
    code: 'existing-part',
    severity: 'error',
    summary:
      'An existing resource is named by its name, or by its id, which begins with `projects/` (API reference, `name`).',
    example: withSettings('sslPolicy: {existing: Company Policy}'),
    *find({ props }) {
      for (const { name, path } of existingParts(props)) {
        if (isToken(name) || EXISTING.test(name)) continue;
        const remedy = 'write its name in lower-case letters, digits and dashes, or projects/P/…/N';
        yield { path, message: `'${name}' is not the name of an existing resource`, remedy };
      }
    },
  },
  {
    code: 'ssl-policy',
    severity: 'error',
    summary:
      'A load balancer has an SSL policy of its own, or an existing one. The profile `restricted` is for TLS 1.2 and newer (Load Balancing, "SSL policies").',
    example: withSettings('sslPolicy: {existing: company-policy}, sslProfile: modern'),
    *find({ props: { sslPolicy, sslProfile, minTlsVersion } }) {
      for (const [key, value] of Object.entries({ sslProfile, minTlsVersion })) {
        if (!sslPolicy || value === undefined) continue;
        const message = `the policy '${sslPolicy.existing}' sets ${key} already`;
        yield { path: [key], message, remedy: `remove ${key} or sslPolicy` };
      }
      if (sslPolicy || sslProfile !== 'restricted' || Number(minTlsVersion ?? 1.2) >= 1.2) return;
      const message = `the profile 'restricted' cannot be used with TLS ${minTlsVersion}`;
      yield { path: ['minTlsVersion'], message, remedy: 'remove minTlsVersion' };
    },
  },
  {
    code: 'logging-sample-rate',
    severity: 'error',
    summary: `The share of requests that is logged is from ${rangeInWords(SAMPLE_RATE)} (gcloud \`--logging-sample-rate\`).`,
    example: withSettings('logging: {sampleRate: 10}'),
    *find({ props }) {
      for (const { settings, path } of settingsOf(props)) {
        const { sampleRate = 1 } = settings.logging ?? {};
        if (accepts(SAMPLE_RATE, sampleRate)) continue;
        const message = `${sampleRate} is not a share of the requests`;
        yield {
          path: [...path, 'logging', 'sampleRate'],
          message,
          remedy: `write a number from ${rangeInWords(SAMPLE_RATE)}`,
        };
      }
    },
  },
  {
    code: 'outlier-detection',
    severity: 'error',
    summary: `Errors in a row are ${rangeInWords(CONSECUTIVE_ERRORS)}, the share of regions without requests is in percent, and times are durations (API reference, \`outlierDetection\`).`,
    example: withSettings('outlierDetection: {maxEjectionPercent: 200}'),
    *find({ props: { outlierDetection } }) {
      if (typeof outlierDetection !== 'object') return;
      const { consecutiveErrors = 5, maxEjectionPercent = 50, interval = 1, baseEjectionTime = 1 } = outlierDetection;
      const path = ['outlierDetection'];
      if (!accepts(CONSECUTIVE_ERRORS, consecutiveErrors)) {
        const message = `${consecutiveErrors} is not a number of errors`;
        yield {
          path: [...path, 'consecutiveErrors'],
          message,
          remedy: `write a whole number from ${rangeInWords(CONSECUTIVE_ERRORS)}`,
        };
      }
      if (!accepts(EJECTION, maxEjectionPercent)) {
        const message = `${maxEjectionPercent} is not a percentage`;
        yield {
          path: [...path, 'maxEjectionPercent'],
          message,
          remedy: `write a whole number from ${rangeInWords(EJECTION)}`,
        };
      }
      for (const [key, value] of Object.entries({ interval, baseEjectionTime })) {
        if (parseDuration(value)) continue;
        yield { path: [...path, key], message: `'${value}' is not a duration`, remedy: "write it like '10s' or '3m'" };
      }
    },
  },
];

/** The settings of the load balancer and of each backend, and their places. */
export function settingsOf(
  props: ExternalLoadBalancer['props'],
): { settings: BackendProps; path: NonNullable<Problem['path']> }[] {
  const ofBackends = sortedEntries(props.backends).map(([key, settings]) => ({ settings, path: ['backends', key] }));
  return [{ settings: props, path: [] }, ...ofBackends];
}

/** The names of all existing resources in the props, and their places. */
function existingParts(props: ExternalLoadBalancer['props']): { name: string; path: (string | number)[] }[] {
  const { sslPolicy, address, dnsZone, certificate } = props;
  const zone =
    typeof dnsZone === 'object'
      ? { name: dnsZone.name, path: ['dnsZone', 'name'] }
      : { name: dnsZone, path: ['dnsZone'] };
  const certificates = typeof certificate === 'object' && 'existing' in certificate ? certificate.existing : [];
  const map = typeof certificate === 'object' && 'map' in certificate ? certificate.map : undefined;
  const policies = settingsOf(props).map(({ settings: { securityPolicy }, path }) => ({
    name: securityPolicy && 'existing' in securityPolicy ? securityPolicy.existing : undefined,
    path: [...path, 'securityPolicy', 'existing'],
  }));
  const all = [
    { name: sslPolicy?.existing, path: ['sslPolicy', 'existing'] },
    { name: address?.existing, path: ['address', 'existing'] },
    zone,
    ...certificates.map((name, index) => ({ name, path: ['certificate', 'existing', index] })),
    { name: map, path: ['certificate', 'map'] },
    ...policies,
  ];
  return all.flatMap(({ name, path }) => (name === undefined ? [] : [{ name, path }]));
}

/** The text of a services.yaml with a load balancer with these settings. */
export function withSettings(settings: string): string {
  return exampleFile(
    'web: {access: public, ingress: internal-and-cloud-load-balancing}',
    '',
    `edge: {domains: [www.example.com], defaultService: web${settings === '' ? '' : `, ${settings}`}}`,
  );
}
