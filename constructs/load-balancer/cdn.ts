import type { ComputeBackendServiceConfig } from '@cdktf/provider-google/lib/compute-backend-service';
import { wholeSeconds } from '../core/duration';

/** Settings of Cloud CDN. */
export interface CdnProps {
  /**
   * Which responses are cached: static content and responses with caching headers (`cache-all-static`), only responses with caching
   * headers (`use-origin-headers`), or everything, private content included (`force-cache-all`).
   * @default "cache-all-static"
   * @gcloud --cache-mode
   */
  readonly cacheMode?: 'cache-all-static' | 'use-origin-headers' | 'force-cache-all';
  /**
   * How long a response without caching headers is cached; not with `use-origin-headers`.
   * @default "1h"
   * @gcloud --default-ttl
   */
  readonly defaultTtl?: number | string;
  /**
   * The longest time for which a response is cached; only with `cache-all-static`.
   * @default "1d"
   * @gcloud --max-ttl
   */
  readonly maxTtl?: number | string;
  /**
   * The longest time for which a browser may cache a response; not with `use-origin-headers`.
   * @default "1h"
   * @gcloud --client-ttl
   */
  readonly clientTtl?: number | string;
  /**
   * Whether errors such as 404 are cached too.
   * @default false
   * @gcloud --[no-]negative-caching
   */
  readonly negativeCaching?: boolean;
  /**
   * How long an expired response may be served while a new one is fetched.
   * @default 0
   * @gcloud --serve-while-stale
   */
  readonly serveWhileStale?: number | string;
}

/** The settings that each cache mode takes (Cloud CDN, "Cache modes"). */
export const TTLS: Readonly<
  Record<NonNullable<CdnProps['cacheMode']>, readonly ('defaultTtl' | 'maxTtl' | 'clientTtl')[]>
> = {
  'cache-all-static': ['defaultTtl', 'maxTtl', 'clientTtl'],
  'use-origin-headers': [],
  'force-cache-all': ['defaultTtl', 'clientTtl'],
};

/** Cloud CDN's own defaults. They are always written, so that removing a key restores the default. */
export const CDN_DEFAULTS = { defaultTtl: '1h', maxTtl: '1d', clientTtl: '1h' };

/** The arguments of a backend service for Cloud CDN. */
export function renderCdn(
  cdn: boolean | CdnProps = false,
): Pick<ComputeBackendServiceConfig, 'enableCdn' | 'cdnPolicy'> {
  if (cdn === false) return { enableCdn: false };
  const props: CdnProps = cdn === true ? {} : cdn;
  const { cacheMode = 'cache-all-static', negativeCaching = false, serveWhileStale = 0 } = props;
  const ttls = TTLS[cacheMode].map((key) => [key, wholeSeconds(props[key] ?? CDN_DEFAULTS[key])]);
  return {
    enableCdn: true,
    cdnPolicy: {
      cacheMode: cacheMode.toUpperCase().replaceAll('-', '_'),
      ...Object.fromEntries(ttls),
      negativeCaching,
      serveWhileStale: wholeSeconds(serveWhileStale),
      cacheKeyPolicy: { includeHost: true, includeProtocol: true, includeQueryString: true },
    },
  };
}
