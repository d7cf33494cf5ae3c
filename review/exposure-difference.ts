import { callersWords, type Entry, exposureWords, type Formatting, type Identities, PLAIN } from '../exposure';
import { entryName, pairEntries } from './entry-pair';
import type { ServicePair, ServiceSide } from './reviewed-plan';
import { series } from './wording';

/** One difference in a service's exposure. */
export interface Difference {
  /** The service, its ingress, or the URLs. */
  readonly what: string;
  readonly before: string;
  readonly after: string;
}

/** The differences between the exposures of a service; entries with the same difference are reported together. */
export function differencesOf(
  pair: Pick<ServicePair, 'before' | 'after'>,
  before: Identities,
  after: Identities,
  formatting: Formatting = PLAIN,
): readonly Difference[] {
  if (!pair.before || !pair.after)
    return [{ what: 'service', before: presence(pair.before), after: presence(pair.after) }];
  const [from, to] = [pair.before.service.ingress, pair.after.service.ingress];
  const ingress = from === to ? [] : [{ what: 'ingress', before: from, after: to }];
  const entries = new Map<string, { urls: string[]; before: string; after: string }>();
  for (const entry of pairEntries(pair)) {
    const [old, fresh] = [reach(entry.before, before, formatting), reach(entry.after, after, formatting)];
    const named = entry.after ?? entry.before;
    const key = JSON.stringify([old, fresh]);
    if (JSON.stringify(old) === JSON.stringify(fresh) || !named) continue;
    const alike = entries.get(key);
    if (alike) alike.urls.push(entryName(named));
    else entries.set(key, { urls: [entryName(named)], before: words(old, fresh), after: words(fresh, old) });
  }
  return [...ingress, ...[...entries.values()].map(({ urls, ...sides }) => ({ what: series(urls), ...sides }))];
}

/** A difference as a part of a sentence. */
export function differenceWords({ what, before, after }: Difference): string {
  return `${what}: ${before} → ${after}`;
}

function presence(side: ServiceSide | undefined): string {
  return side ? exposureWords(side.exposure) : 'not there';
}

/** Who reaches an entry, in words. */
interface Reach {
  readonly from: string;
  readonly callers: readonly string[];
  readonly armor: boolean;
}

function reach(entry: Entry | undefined, identities: Identities, formatting: Formatting): Reach | undefined {
  if (!entry) return undefined;
  if (entry.from === 'nowhere') return { from: entry.from, callers: [], armor: false };
  const callers = callersWords(entry, identities, formatting);
  return { from: entry.from, callers, armor: entry.securityPolicy !== undefined };
}

/** Up to this many callers that are the same on both sides are named; more are counted. */
const MOST_CALLERS_TOLD_TWICE = 2;

/** A sentence names only a few callers: those that the other side lacks are named first. */
function words(reach: Reach | undefined, other: Reach | undefined): string {
  if (!reach) return 'not there';
  if (reach.from === 'nowhere') return 'not reachable';
  const shared = new Set(other?.callers);
  const same = other !== undefined && shared.size === reach.callers.length && reach.callers.every((c) => shared.has(c));
  const armor = reach.armor ? ', behind Cloud Armor' : '';
  if (same && shared.size > MOST_CALLERS_TOLD_TWICE) return `${reach.from}: the same ${shared.size} callers${armor}`;
  const callers = [
    ...reach.callers.filter((caller) => !shared.has(caller)),
    ...reach.callers.filter((c) => shared.has(c)),
  ];
  return `${reach.from}: ${series(callers)}${armor}`;
}
