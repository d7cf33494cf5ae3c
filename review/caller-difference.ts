import type { Entry } from '../exposure';
import { causesOf, grantsOf } from './causes';
import { pairEntries } from './entry-pair';
import type { ReviewedPlan, ServicePair } from './reviewed-plan';

/** A principal that gains or loses access to services that exist before and after. */
export interface CallerDifference {
  /** The address of the grant that comes or goes; of the service where no grant tells. */
  readonly address: string;
  readonly principal: string;
  /** Names of the services, in the order of their addresses. */
  readonly services: readonly string[];
  /** The changed resources that bring it about. */
  readonly causes: readonly string[];
}

/** Who may call after the plan and could not before. */
export function callersAdded(plan: ReviewedPlan): readonly CallerDifference[] {
  return grouped(plan, 'after', (pair) => {
    const before = pair.before?.exposure.entries ?? [];
    return pairEntries(pair).flatMap((entries) => {
      const known = entries.before ? [entries.before] : before;
      return entries.after ? missing(entries.after, known) : [];
    });
  });
}

/** Who could call before the plan and cannot after it, on an entry that stays. */
export function callersRemoved(plan: ReviewedPlan): readonly CallerDifference[] {
  return grouped(plan, 'before', (pair) =>
    pairEntries(pair).flatMap(({ before, after }) =>
      before && after && after.from !== 'nowhere' ? missing(before, [after]) : [],
    ),
  );
}

/** The callers of an entry that none of the other entries lets in. */
function missing(entry: Entry, others: readonly Entry[]): readonly string[] {
  return callersOf(entry).filter((principal) => !others.some((other) => letsIn(other, principal)));
}

function callersOf(entry: Entry): readonly string[] {
  return entry.authentication === 'none' ? ['allUsers'] : entry.callers;
}

/** `allAuthenticatedUsers` covers every principal that has a Google account, which is all but `allUsers`. */
function letsIn(entry: Entry, principal: string): boolean {
  if (entry.from === 'nowhere') return false;
  if (entry.authentication === 'none' || entry.callers.includes(principal)) return true;
  return entry.authentication === 'any-google-account' && principal !== 'allUsers';
}

/** One grant may concern a thousand services: it is told once, with their names. */
function grouped(
  plan: ReviewedPlan,
  side: 'before' | 'after',
  differing: (pair: ServicePair) => readonly string[],
): readonly CallerDifference[] {
  const differences = new Map<string, { address: string; principal: string; services: string[]; causes: string[] }>();
  for (const pair of plan.services) {
    if (!pair.before || !pair.after) continue;
    for (const principal of new Set(differing(pair))) {
      const grants = grantsOf(plan[side], pair[side]).filter((grant) => grant.principal === principal);
      const changed = grants.filter(({ address }) => plan.changing.has(address)).map(({ address }) => address);
      const address = changed[0] ?? grants[0]?.address ?? pair.address;
      const causes = changed.length > 0 ? [address] : causesOf(plan, pair, pairEntries(pair));
      const key = `${address} ${principal}`;
      const same = differences.get(key);
      if (same) {
        same.services.push(pair.name);
        same.causes = [...new Set([...same.causes, ...causes])].sort();
      } else differences.set(key, { address, principal, services: [pair.name], causes: [...causes] });
    }
  }
  return [...differences.values()];
}
