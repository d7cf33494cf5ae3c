import { type Entry, isOpenToInternet } from '../../exposure';
import { type EntryPair, pairEntries } from '../entry-pair';
import { API, created, invoker, LOAD_BALANCED, PUBLIC, planOf, service, unchanged } from '../fragment';
import { openedServices } from '../opened-services';
import type { ServicePair, ServiceSide } from '../reviewed-plan';
import type { Rule } from '../rule';

export const publicService: Rule = {
  id: 'public-service',
  severity: 'critical',
  finds: 'a service becomes callable by anyone on the internet',
  remedy: 'remove the allUsers grant (or switch the invoker check on again), or set ingress to internal',
  find: (plan) => openedServices(plan, { to: 'anyone on the internet', principal: 'allUsers', newly: newlyPublic }),
  example: {
    found: planOf(unchanged(API, service()), created(PUBLIC, invoker('allUsers'))),
    notFound: planOf(unchanged(API, service(LOAD_BALANCED)), created(PUBLIC, invoker('allUsers'))),
  },
};

function newlyPublic(pair: ServicePair): readonly EntryPair[] {
  if (publicEntries(pair.before).length > 0) return [];
  return pairEntries(pair).filter(({ after }) => after && isPublic(after));
}

function publicEntries(side: ServiceSide | undefined): readonly Entry[] {
  return (side?.exposure.entries ?? []).filter(isPublic);
}

function isPublic(entry: Entry): boolean {
  return isOpenToInternet(entry) && entry.authentication === 'none';
}
