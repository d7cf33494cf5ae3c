import type { ComputedExposure, Entry } from '../exposure';
import { pairEntries } from './entry-pair';
import type { ReviewedPlan, ServicePair, ServiceSide } from './reviewed-plan';

/** A principal that gains or loses access to services that exist before and after. */
export interface CallerDifference {
  /** The address of the grant that comes or goes; of the service where no grant tells. */
  readonly address: string;
  readonly principal: string;
  /** Names of the services, in the order of their addresses. */
  readonly services: readonly string[];
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
  const differences = new Map<string, { address: string; principal: string; services: string[] }>();
  for (const pair of plan.services) {
    if (!pair.before || !pair.after) continue;
    for (const principal of new Set(differing(pair))) {
      const address = grantAddress(plan[side], pair[side], principal) ?? pair.address;
      const key = `${address} ${principal}`;
      const same = differences.get(key);
      if (same) same.services.push(pair.name);
      else differences.set(key, { address, principal, services: [pair.name] });
    }
  }
  return [...differences.values()];
}

/** The address of the resource that lets a principal in. */
function grantAddress(
  { grants }: ComputedExposure,
  side: ServiceSide | undefined,
  principal: string,
): string | undefined {
  if (!side) return undefined;
  const candidates = [
    ...(grants.invokers.get(side.service) ?? []),
    ...(grants.iapOfService.get(side.service) ?? []),
    ...side.exposure.entries.flatMap(({ through }) => grants.iapOfBackend.get(through.at(-1) ?? '') ?? []),
    ...(grants.iapOfProject.get(side.service.project) ?? []),
  ];
  return candidates.find((grant) => grant.principal === principal)?.address;
}
