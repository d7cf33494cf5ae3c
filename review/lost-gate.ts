import type { Entry } from '../exposure';
import { causesOf } from './causes';
import { type EntryPair, entryName, pairEntries, pinnedEntry } from './entry-pair';
import type { ReviewedPlan, ServicePair } from './reviewed-plan';
import type { Found } from './rule';
import { series } from './wording';

/** Protection in front of an entry of a service, such as IAP, that a plan may remove. */
export interface Gate {
  /** Whether the entry loses it. */
  readonly lost: (entries: Required<EntryPair>, pair: ServicePair) => boolean;
  /** The message for a service that loses it at these URLs. */
  readonly message: (urls: string, service: string, entries: readonly Required<EntryPair>[]) => string;
}

/** One finding for each service that loses the protection, with the URLs. */
export function lostGates(plan: ReviewedPlan, { lost, message }: Gate): readonly Found[] {
  return plan.services.flatMap((pair): readonly Found[] => {
    const pairs = pairEntries(pair).filter((entries): entries is Required<EntryPair> => {
      return entries.before !== undefined && entries.after !== undefined && lost(entries as Required<EntryPair>, pair);
    });
    if (pairs.length === 0) return [];
    const causes = causesOf(plan, pair, pairs);
    const urls = series(pairs.map(({ after }) => entryName(after)));
    const address = causes[0] ?? backendOf(pairs[0]?.after) ?? pair.address;
    const what = pairs.map(({ after }) => pinnedEntry(pair.name, after));
    return [{ address, message: message(urls, pair.name, pairs), causes, what }];
  });
}

/** The backend service that an entry passes. */
function backendOf(entry: Entry | undefined): string | undefined {
  return entry?.through.find((address) => /backend_service\./.test(address));
}
