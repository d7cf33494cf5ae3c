import type { Change, ComputedExposure, Entry, Grant } from '../exposure';
import type { EntryPair } from './entry-pair';
import type { ReviewedPlan, ServicePair, ServiceSide } from './reviewed-plan';

/** Arguments of a service by which other resources refer to it. */
const NAMING = /^(name|location|project)\b/;

/** Arguments of a service that decide from where it can be reached and whether it checks callers. */
const DECIDING =
  /^(ingress|invoker_iam_disabled|iap_enabled|default_uri_disabled|traffic|metadata\.annotations|service_config\.ingress_settings)\b/;

/** Principals that stand for everybody. */
const EVERYBODY = /^all(Authenticated)?Users\b/;

/**
 * The changed resources that cause the differences between entries of a service: grants, the service's own settings,
 * parts of a load balancer, domain mappings. Sorted.
 */
export function causesOf(plan: ReviewedPlan, pair: ServicePair, entries: readonly EntryPair[]): readonly string[] {
  const causes = new Set<string>();
  for (const { before, after } of entries) {
    if (isDecided(plan.changing.get(pair.address), { before, after })) causes.add(pair.address);
    if (before?.authentication !== after?.authentication || !sameCallers(before, after)) {
      for (const address of grantsThatDiffer(plan, pair, { before, after })) causes.add(address);
    }
    for (const address of [...waysOf(plan.before, pair.before, before), ...waysOf(plan.after, pair.after, after)]) {
      causes.add(address);
    }
  }
  const changed = [...causes].filter((address) => plan.changing.has(address)).sort();
  return changed.length > 0 ? changed : changedRoles(plan);
}

/** Whether the service's own change is a cause. A name is added or removed by another resource. */
function isDecided(change: Change | undefined, { before, after }: EntryPair): boolean {
  if (!change) return false;
  if (!change.before || !change.after) return true;
  const sameName = before && after ? true : (before ?? after)?.via === 'run.app';
  return change.changed.some((argument) => NAMING.test(argument) || (sameName && DECIDING.test(argument)));
}

function sameCallers(before: Entry | undefined, after: Entry | undefined): boolean {
  return JSON.stringify(before?.callers) === JSON.stringify(after?.callers);
}

/** The grants to principals that only one of the two entries lets in. */
function grantsThatDiffer(plan: ReviewedPlan, pair: ServicePair, entries: EntryPair): readonly string[] {
  const [before, after] = [new Set(entries.before?.callers), new Set(entries.after?.callers)];
  const grants = [
    ...grantsOf(plan.before, pair.before).filter(({ principal }) => !after.has(principal)),
    ...grantsOf(plan.after, pair.after).filter(({ principal }) => !before.has(principal)),
  ];
  // If a grant to everybody changes, grants to other principals are not the cause.
  const everybody = grants.filter(({ principal }) => EVERYBODY.test(principal));
  return (everybody.length > 0 ? everybody : grants).map(({ address }) => address);
}

/** The grants that let a principal through the invoker check or IAP of a service. */
export function grantsOf({ grants, frontends }: ComputedExposure, side: ServiceSide | undefined): readonly Grant[] {
  if (!side) return [];
  const behind = frontends.get(side.service) ?? [];
  return [
    ...(grants.invokers.get(side.service) ?? []),
    ...(grants.iapOfService.get(side.service) ?? []),
    ...behind.flatMap(({ backend }) => grants.iapOfBackend.get(backend.address) ?? []),
    ...[side.service.project, ...behind.flatMap(({ project }) => project ?? [])].flatMap(
      (project) => grants.iapIn(project).grants,
    ),
  ];
}

/** The resources that a request to an entry passes, and the resources that give them their names. */
function waysOf(
  { frontends }: ComputedExposure,
  side: ServiceSide | undefined,
  entry: Entry | undefined,
): readonly string[] {
  if (!side || !entry || entry.via === 'run.app') return [];
  const behind = (frontends.get(side.service) ?? []).filter(({ url }) => url === entry.url);
  return [...entry.through, ...behind.flatMap(({ parts }) => parts)];
}

/** A custom role that gains or loses a permission changes what its grants mean. */
function changedRoles({ changing }: ReviewedPlan): readonly string[] {
  return [...changing.values()].filter(({ type }) => /_iam_custom_role$/.test(type)).map(({ address }) => address);
}
