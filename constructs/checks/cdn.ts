import { parseDuration } from '../core/duration';
import { CDN_DEFAULTS, type CdnProps, TTLS } from '../load-balancer/cdn';
import type { ExternalLoadBalancer } from '../load-balancer/external-load-balancer';
import type { Check } from './check';
import { accepts, inWords } from './limits';
import { settingsOf, withSettings } from './load-balancer-settings';

/** Seconds: a year and a day (API reference, `cdnPolicy.defaultTtl`, `maxTtl`, `clientTtl`). */
const LONGEST_TTL = 31_622_400;
/** API reference, `cdnPolicy.serveWhileStale`. */
const STALE = { least: '0s', most: '7d' };

/** Cloud CDN. */
export const cdnChecks: readonly Check<ExternalLoadBalancer>[] = [
  {
    code: 'cdn-settings',
    severity: 'error',
    summary:
      'Each cache mode of Cloud CDN has its own durations (Cloud CDN, "Cache modes"). The google provider does not send a TTL of 0, so Cloud CDN\'s default would apply.',
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
            yield { path: at, message: `${key} cannot be used with '${cacheMode}'`, remedy: `remove ${key}` };
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
    code: 'cdn-limits',
    severity: 'error',
    summary: `A TTL is at most ${LONGEST_TTL} seconds, stale responses are served for at most ${inWords(STALE.most)}, and the default and the client's TTL are not longer than \`maxTtl\` (Cloud CDN, "TTL settings and overrides").`,
    example: withSettings('cdn: {defaultTtl: 2d}'),
    *find({ props }) {
      for (const { settings, path } of settingsOf(props)) {
        if (typeof settings.cdn !== 'object') continue;
        for (const [key, message, remedy] of limitProblems(settings.cdn)) {
          yield { path: [...path, 'cdn', key], message, remedy };
        }
      }
    },
  },
];

function* limitProblems(cdn: CdnProps): Iterable<[key: keyof CdnProps, message: string, remedy: string]> {
  const { cacheMode = 'cache-all-static', serveWhileStale = 0, maxTtl = CDN_DEFAULTS.maxTtl } = cdn;
  const longest = parseDuration(maxTtl) ?? LONGEST_TTL;
  for (const key of TTLS[cacheMode]) {
    const value = cdn[key] ?? CDN_DEFAULTS[key];
    const seconds = parseDuration(value) ?? 0;
    const place = cdn[key] === undefined ? 'maxTtl' : key;
    if (seconds > LONGEST_TTL) yield [key, `${key} ${value} is too long`, `write at most ${LONGEST_TTL} seconds`];
    else if (key !== 'maxTtl' && cacheMode === 'cache-all-static' && seconds > longest && longest > 0)
      yield [place, `${key} ${value} is longer than maxTtl ${maxTtl}`, `lower ${key} or raise maxTtl`];
  }
  if (accepts(STALE, parseDuration(serveWhileStale) ?? 0)) return;
  yield ['serveWhileStale', `serveWhileStale ${serveWhileStale} is too long`, `write at most ${STALE.most}`];
}
