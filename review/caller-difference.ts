import { type Entry, isIapAgent, splitCondition } from '../exposure';
import { causesOf, grantsOf } from './causes';
import { type EntryPair, pairEntries } from './entry-pair';
import type { ReviewedPlan, ServicePair } from './reviewed-plan';

/** A principal that gains or loses access to services that exist before and after. */
export interface CallerDifference {
  /** The address of the grant that is added or removed; of the service, if no grant explains it. */
  readonly address: string;
  readonly principal: string;
  /** Names of the services, in the order of their addresses. */
  readonly services: readonly string[];
  /** The changed resources that cause it. */
  readonly causes: readonly string[];
}

/** Who may call after the plan and could not before. */
export function callersAdded(plan: ReviewedPlan): readonly CallerDifference[] {
  return grouped(plan, 'after', (pair) => {
    const before = pair.before?.exposure.entries ?? [];
    return pairEntries(pair).flatMap((entries) => {
      const known = entries.before ? [entries.before] : before;
      const added = entries.after ? missing(entries.after, known) : [];
      return added.filter((principal) => !isByIap(principal, 'after', entries, pair, plan));
    });
  });
}

/** Who could call before the plan and cannot after it, on an entry that stays. */
export function callersRemoved(plan: ReviewedPlan): readonly CallerDifference[] {
  return grouped(plan, 'before', (pair) => {
    const removed = pairEntries(pair).flatMap((entries) => {
      const { before, after } = entries;
      if (!before || !after || after.from === 'nowhere') return [];
      return missing(before, [after]).filter((principal) => !isByIap(principal, 'before', entries, pair, plan));
    });
    return removed.length === 0 || mayBeGrantedStill(pair, plan) ? [] : removed;
  });
}

/** Whether a principal gains or loses access because of IAP, and not by a grant that changes: the rules about IAP report it. */
function isByIap(
  principal: string,
  side: 'before' | 'after',
  { before, after }: EntryPair,
  pair: ServicePair,
  plan: ReviewedPlan,
): boolean {
  const entries = [...(pair.before?.exposure.entries ?? []), ...(pair.after?.exposure.entries ?? [])];
  if (isIapAgent(principal)) return entries.some(({ authentication }) => authentication === 'iap');
  if (before?.authentication !== 'iap' || !after || after.authentication === 'iap') return false;
  const grants = grantsOf(plan[side], pair[side]).filter((grant) => grant.principal === principal);
  return !grants.some(({ address }) => plan.changing.has(address));
}

/** Whether the member or the target of a grant that changes is not known: another rule reports it. */
function mayBeGrantedStill(pair: ServicePair, { after, before, changing }: ReviewedPlan): boolean {
  const fresh = grantsOf(after, pair.after).filter(({ principal }) => principal.startsWith('('));
  const old = new Set(grantsOf(before, pair.before).map(({ address }) => address));
  const lost = after.grants.unclear.filter(({ address, why }) => why !== 'above' && old.has(address));
  return [...fresh, ...lost].some(({ address }) => changing.has(address));
}

/** A principal that may call under another condition than before, or without one. */
export interface ConditionDifference extends CallerDifference {
  /** The conditions, sorted; undefined means no condition, which includes every other. */
  readonly before: readonly (string | undefined)[];
  readonly after: readonly (string | undefined)[];
}

/** Who may call on the same entry before and after, but under other conditions. */
export function conditionsChanged(plan: ReviewedPlan): readonly ConditionDifference[] {
  const changed = new Map<string, Pick<ConditionDifference, 'before' | 'after'>>();
  const differences = grouped(plan, 'after', (pair) =>
    pairEntries(pair).flatMap(({ before, after }) => {
      if (!before || !after || before.from === 'nowhere' || after.from === 'nowhere') return [];
      const [old, fresh] = [conditionsBy(before), conditionsBy(after)];
      return [...fresh].flatMap(([name, conditions]) => {
        const known = old.get(name);
        if (!known || known.map(expressionOf).join('\n') === conditions.map(expressionOf).join('\n')) return [];
        changed.set(name, { before: known, after: conditions });
        return [name];
      });
    }),
  );
  return differences.map((difference) => ({
    ...difference,
    ...(changed.get(difference.principal) ?? { before: [], after: [] }),
  }));
}

/** A condition without its title: the title has no effect on access. */
function expressionOf(condition: string | undefined): string | undefined {
  return condition?.replace(/^.*?: /s, '');
}

/** The conditions of each caller of an entry; if one grant has no condition, the others have no effect. */
function conditionsBy({ callers }: Entry): ReadonlyMap<string, readonly (string | undefined)[]> {
  const conditions = new Map<string, (string | undefined)[]>();
  for (const { name, condition } of callers.map(splitCondition)) {
    const same = conditions.get(name) ?? [];
    conditions.set(name, condition === undefined || same.includes(undefined) ? [undefined] : [...same, condition]);
  }
  return conditions;
}

/** The callers of an entry that none of the other entries lets in. */
function missing(entry: Entry, others: readonly Entry[]): readonly string[] {
  const missing = callersOf(entry).filter((principal) => !others.some((other) => letsIn(other, principal)));
  // A caller under another condition is still a caller.
  const names = new Set(others.flatMap(({ from, callers }) => (from === 'nowhere' ? [] : callers.map(nameOf))));
  return missing.filter((principal) => !names.has(nameOf(principal)));
}

function nameOf(principal: string): string {
  return splitCondition(principal).name;
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

/** One grant may concern a thousand services: it is reported once, with their names. */
function grouped(
  plan: ReviewedPlan,
  side: 'before' | 'after',
  differing: (pair: ServicePair) => readonly string[],
): readonly CallerDifference[] {
  const differences = new Map<string, { address: string; principal: string; services: string[]; causes: string[] }>();
  for (const pair of plan.services) {
    if (!pair.before || !pair.after) continue;
    for (const principal of new Set(differing(pair))) {
      const candidates = grantsOf(plan[side], pair[side]);
      const exact = candidates.filter((grant) => grant.principal === principal);
      const grants = exact.length > 0 ? exact : candidates.filter((grant) => nameOf(grant.principal) === principal);
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
