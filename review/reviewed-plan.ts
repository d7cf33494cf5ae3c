import {
  type Change,
  type ComputedExposure,
  computeExposure,
  type Plan,
  type Service,
  type ServiceExposure,
} from '../exposure';
import { withoutComputed } from './wording';

/** A service on one side of the plan. */
export interface ServiceSide {
  readonly service: Service;
  readonly exposure: ServiceExposure;
}

/** A service before and after: one side is missing where the plan creates or destroys it. */
export interface ServicePair {
  readonly address: string;
  /** The name in Cloud Run, after the plan if the service stays. */
  readonly name: string;
  readonly before?: ServiceSide;
  readonly after?: ServiceSide;
}

/** A plan with the exposure before and after it: the input of the rules. */
export interface ReviewedPlan {
  readonly plan: Plan;
  /** All changes except no-ops and reads. */
  readonly changes: readonly Change[];
  /** The same by address. */
  readonly changing: ReadonlyMap<string, Change>;
  readonly before: ComputedExposure;
  readonly after: ComputedExposure;
  /** The exposure by the state file, before the refresh found drift. */
  readonly recorded: ComputedExposure;
  /** All services, sorted by address. */
  readonly services: readonly ServicePair[];
}

/** Computes the input of the rules. */
export function reviewedPlan(name: string, plan: Plan): ReviewedPlan {
  const before = computeExposure(name, plan.before);
  const after = computeExposure(name, plan.after);
  const recorded = plan.drift.length === 0 ? before : computeExposure(name, plan.recorded);
  return { plan, ...doing(plan.changes), before, after, recorded, services: pairServices(before, after) };
}

/** The changes made outside Terraform since the state was written, in the form of a plan. */
export function reviewedDrift({ plan, recorded, before }: ReviewedPlan): ReviewedPlan {
  // A refresh reports nearly every resource as drift, though only computed arguments differ.
  const changes = plan.drift.filter((change) => !change.after || withoutComputed(change.changed).length > 0);
  const asPlan = { ...plan, before: plan.recorded, after: plan.before, changes, drift: [] };
  return {
    plan: asPlan,
    ...doing(changes),
    before: recorded,
    after: before,
    recorded,
    services: pairServices(recorded, before),
  };
}

function doing(all: readonly Change[]): Pick<ReviewedPlan, 'changes' | 'changing'> {
  const changes = all.filter(({ actions }) => !actions.includes('no-op') && !actions.includes('read'));
  return { changes, changing: new Map(changes.map((change) => [change.address, change])) };
}

/**
 * The services of two exposures in pairs, sorted by address. If another resource manages a service after the plan, it is the
 * same service, with the address of the new resource.
 */
function pairServices(before: ComputedExposure, after: ComputedExposure): readonly ServicePair[] {
  const fresh = sidesByAddress(after);
  const old = readdressed(sidesByAddress(before), fresh);
  return [...new Set([...old.keys(), ...fresh.keys()])].sort().map((address) => {
    const sides = { before: old.get(address), after: fresh.get(address) };
    return { address, name: (sides.after ?? sides.before)?.service.name ?? '', ...sides };
  });
}

function readdressed(
  old: ReadonlyMap<string, ServiceSide>,
  fresh: ReadonlyMap<string, ServiceSide>,
): ReadonlyMap<string, ServiceSide> {
  const created = [...fresh].filter(([address, { service }]) => service.managed && !old.has(address));
  if (created.length === 0) return old;
  const places = new Map(created.map(([address, { service }]) => [placeOf(service), address]));
  return new Map(
    [...old].map(([address, side]) => {
      const moved = side.service.managed && !fresh.has(address) ? places.get(placeOf(side.service)) : undefined;
      return [moved ?? address, side];
    }),
  );
}

/** What identifies a service in Google Cloud. */
export function placeOf({ project, location, name }: Service): string {
  return [project, location, name].join(' ');
}

function sidesByAddress({ services, exposure }: ComputedExposure): ReadonlyMap<string, ServiceSide> {
  const exposures = new Map(exposure.services.map((service) => [service.address, service]));
  const sides = new Map<string, ServiceSide>();
  for (const service of services) {
    const found = exposures.get(service.address);
    if (found) sides.set(service.address, { service, exposure: found });
  }
  return sides;
}
