import { type Entry, exposureWords, KNOWN_AFTER_APPLY, known } from '../exposure';
import { causesOf } from './causes';
import { type EntryPair, entryKey, entryName, pinnedEntry } from './entry-pair';
import type { ReviewedPlan, ServicePair } from './reviewed-plan';
import type { Found } from './rule';
import { series } from './wording';

/** The condition under which a rule reports a service as opened. */
export interface Opening {
  /** To whom, such as "anyone on the internet". */
  readonly to: string;
  /** The principal of a grant that opens it. */
  readonly principal: string;
  /** The entries of a service that are newly open. */
  readonly newly: (pair: ServicePair) => readonly EntryPair[];
}

/** A service that a plan opens. */
interface Opened {
  readonly pair: ServicePair;
  readonly entries: readonly Entry[];
  readonly causes: readonly string[];
}

/** How many services a message names if one grant opens many; the rest is counted. */
const MOST_SERVICES = 20;

/** One finding for each service that a plan opens; one for all services that one grant on a project opens. */
export function openedServices(plan: ReviewedPlan, opening: Opening): readonly Found[] {
  const opened = plan.services.flatMap((pair): readonly Opened[] => {
    const newly = opening.newly(pair);
    if (newly.length === 0) return [];
    const causes = causesOf(plan, pair, newly);
    // An unmanaged service that appears only because a service of the stack moves away is not opened.
    if (causes.length === 0 && !pair.after?.service.managed) return [];
    const keys = new Set(newly.flatMap(({ after }) => (after ? [entryKey(after)] : [])));
    const entries = (pair.after?.exposure.entries ?? []).filter((entry) => keys.has(entryKey(entry)));
    return [{ pair, entries, causes }];
  });
  const findings = byProjectGrant(opened).map(({ grant, of }) => {
    const [first, ...others] = of;
    return others.length === 0 ? one(first, opening) : several(grant, of, plan, opening);
  });
  return [...findings, ...openedSomewhere(plan, opening)];
}

/** The grants to everybody whose target is not known: it may be any service. */
function openedSomewhere({ before, after, plan, changing }: ReviewedPlan, { principal }: Opening): readonly Found[] {
  const already = new Set(before.grants.unclear.map(({ address, everybody }) => `${address} ${everybody}`));
  return after.grants.unclear.flatMap(({ address, everybody, message }): readonly Found[] => {
    if (!everybody?.startsWith(principal) || !changing.has(address) || already.has(`${address} ${everybody}`))
      return [];
    const role = known(plan.after.at(address)?.values.role) ?? 'a role';
    return [{ address, message: `${everybody} gets ${role} on a service that cannot be determined: ${message}` }];
  });
}

/** What one grant on a project causes, or what one service's own change causes. */
interface Group<T> {
  /** The address of the grant, if one causes it. */
  readonly grant?: string;
  readonly of: readonly [T, ...T[]];
}

/** Groups what the same grant on a project causes. */
export function byProjectGrant<T extends { readonly pair: ServicePair; readonly causes: readonly string[] }>(
  found: readonly T[],
): readonly Group<T>[] {
  const groups = new Map<string, { grant?: string; of: [T, ...T[]] }>();
  for (const each of found) {
    const grant = each.causes.find((address) => /(^|\.)google_project_iam_/.test(address));
    const group = groups.get(grant ?? each.pair.address);
    if (group) group.of.push(each);
    else groups.set(grant ?? each.pair.address, { grant, of: [each] });
  }
  return [...groups.values()];
}

/** The names of services, as a list in a sentence. */
export function servicesWords(found: readonly { readonly pair: ServicePair }[]): string {
  return series(
    found.map(({ pair }) => pair.name),
    MOST_SERVICES,
  );
}

function one({ pair, entries, causes }: Opened, { to }: Opening): Found {
  const { address, name, before, after } = pair;
  const was = before ? `before: ${exposureWords(before.exposure)}` : 'it is new';
  const why = after?.service.invokerCheck === false ? ', since its invoker check is off' : '';
  const urls = series(entries.map(entryName));
  return {
    address,
    message: `${name} ${verb(entries, 'becomes')} callable by ${to} at ${urls}${why} (${was})`,
    causes,
    what: entries.map((entry) => pinnedEntry(name, entry)),
  };
}

function several(address = '', opened: readonly Opened[], { plan }: ReviewedPlan, { to, principal }: Opening): Found {
  const causes = [...new Set(opened.flatMap((each) => each.causes))].sort();
  const grant = plan.after.at(address);
  const role = known(grant?.values.role) ?? 'a role';
  const project = (grant && plan.after.projectOf(grant)) ?? KNOWN_AFTER_APPLY;
  const entries = opened.flatMap((each) => each.entries);
  const message = `${principal} gets ${role} on the whole project ${project}: ${servicesWords(opened)} ${verb(entries, 'become')} callable by ${to}`;
  const what = opened.flatMap(({ pair, entries }) => entries.map((entry) => pinnedEntry(pair.name, entry)));
  return { address, message, causes, what };
}

function verb(entries: readonly Entry[], becomes: 'becomes' | 'become'): string {
  return entries.some(({ from }) => from === 'internet') ? becomes : 'may become';
}
