import type { Entry } from '../exposure';
import { placeOf, type ReviewedPlan, type ServicePair } from './reviewed-plan';

/** A host name that still leads to a service that the plan moves, renames or destroys. */
export interface DanglingName {
  readonly entry: Entry;
  /** The service to which the name leads after the plan: the stack does not have it. */
  readonly to: ServicePair;
  /** The service to which it led before. */
  readonly service: ServicePair;
}

/** The names of load balancers and domain mappings that lead nowhere after the plan. */
export function danglingNames({ services }: ReviewedPlan): readonly DanglingName[] {
  const present = new Set(services.flatMap(({ after }) => (after?.service.managed ? [placeOf(after.service)] : [])));
  const gone = new Map(
    services.flatMap((pair) => {
      const place = pair.before?.service.managed ? placeOf(pair.before.service) : undefined;
      return place === undefined || present.has(place) ? [] : [[place, pair] as const];
    }),
  );
  return services.flatMap((to) => {
    const service = to.after && !to.after.service.managed ? gone.get(placeOf(to.after.service)) : undefined;
    if (!service) return [];
    const names = to.after?.exposure.entries.filter(({ via }) => via !== 'run.app') ?? [];
    return names.map((entry) => ({ entry, to, service }));
  });
}
