import { type Entry, KNOWN_AFTER_APPLY } from '../exposure';
import type { ServicePair } from './reviewed-plan';

/** An entry of a service before and after. */
export interface EntryPair {
  readonly before?: Entry;
  readonly after?: Entry;
}

/**
 * The entries of a service before and after, in pairs. The run.app URL counts as the same entry even if it differs: it is not
 * known before apply, and a replaced service gets another one.
 */
export function pairEntries({ before, after }: Pick<ServicePair, 'before' | 'after'>): readonly EntryPair[] {
  const pairs = new Map<string, { before?: Entry; after?: Entry }>();
  const add = (side: 'before' | 'after', entries: readonly Entry[] = []) => {
    for (const entry of entries) {
      const key = entryKey(entry);
      const pair = pairs.get(key);
      if (pair) pair[side] ??= entry;
      else pairs.set(key, { [side]: entry });
    }
  };
  add('before', before?.exposure.entries);
  add('after', after?.exposure.entries);
  return [...pairs.values()];
}

/** A key that identifies an entry of a service, on both sides of a plan. */
export function entryKey({ via, url, tag }: Entry): string {
  return via === 'run.app' ? `run.app ${tag ?? ''}` : `${via} ${url}`;
}

/** The name of an entry in messages. */
export function entryName({ via, url, tag }: Entry): string {
  if (url !== KNOWN_AFTER_APPLY) return url;
  return tag === undefined ? `its ${via} URL` : `its ${via} URL of tag ${tag}`;
}

/**
 * An entry as accepted.yaml pins it: "api from internet at https://www.example.com/". The run.app URL is called that, since it is not
 * known in every plan of the same change.
 */
export function pinnedEntry(service: string, entry: Entry): string {
  const url = entry.via === 'run.app' ? KNOWN_AFTER_APPLY : entry.url;
  return `${service} from ${entry.from} at ${entryName({ ...entry, url })}`;
}

/** Whether a load balancer's URL is only its address: no host name leads to the service. */
export function isAddress({ via, url }: Entry): boolean {
  return via === 'load-balancer' && /^(\*|[\d.]+|\[.*\])$/.test(hostOf(url));
}

/** The host name of an entry. */
export function hostOf(url: string): string {
  return /^https?:\/\/([^/]+)/.exec(url)?.[1] ?? url;
}
