import { callersWords, type Entry, isOpenToInternet, KNOWN_AFTER_APPLY } from '../../exposure';
import { causesOf } from '../causes';
import { danglingNames } from '../dangling-name';
import { entryName, hostOf, isAddress, pairEntries, pinnedEntry } from '../entry-pair';
import { API, created, DOMAIN_MAPPING, INTERNAL, MAPPED_DOMAIN, planOf, service, unchanged } from '../fragment';
import type { ServicePair } from '../reviewed-plan';
import type { Found, Rule } from '../rule';
import { series } from '../wording';

export const publicNameAdded: Rule = {
  id: 'public-name-added',
  severity: 'medium',
  finds: 'a service answers from the internet on a new name: a mapped domain, a host of a load balancer, a traffic tag',
  remedy: 'remove the domain mapping or the host from the load balancer',
  find: (plan) => {
    const nowhere = new Set(danglingNames(plan).map(({ to }) => to));
    return plan.services.flatMap((pair) => {
      if (nowhere.has(pair)) return [];
      const added = pairEntries(pair).flatMap(({ before, after }): readonly (readonly [string, Found])[] => {
        if (!after || !isOpenToInternet(after) || (before && isOpenToInternet(before))) return [];
        // Every new service has a run.app URL, and another rule reports an ingress that opens.
        if (after.via === 'run.app' && (before || !pair.before)) return [];
        if (isAddress(after) && leadsBefore(pair, after)) return [];
        const plain = after.url.startsWith('http://') && !isAddress(after);
        const host = after.via === 'run.app' ? entryName(after) : plain ? after.url : hostOf(after.url);
        // Without a known name there is nothing to report here.
        if (host === KNOWN_AFTER_APPLY && after.via !== 'domain-mapping') return [];
        const leads = after.from === 'internet' ? 'leads' : 'may lead';
        const message = `${host} ${leads} to ${pair.name}, for ${series(callersWords(after, plan.after.exposure.identities))}`;
        const causes = causesOf(plan, pair, [{ before, after }]);
        // If nothing here changes, the name led to the service before.
        if (causes.length === 0) return [];
        const what = [pinnedEntry(pair.name, after), ...after.callers.map((caller) => `${caller} calls ${pair.name}`)];
        return [[host, { address: cause(after, causes) ?? pair.address, message, causes, what }]];
      });
      return [...new Map(added).values()];
    });
  },
  example: {
    found: planOf(unchanged(API, service()), created(MAPPED_DOMAIN, DOMAIN_MAPPING)),
    notFound: planOf(unchanged(API, service(INTERNAL)), created(MAPPED_DOMAIN, DOMAIN_MAPPING)),
  },
};

/** Whether the same load balancer led to the service before, by any name. */
function leadsBefore({ before }: ServicePair, { through }: Entry): boolean {
  return (before?.exposure.entries ?? []).some(
    (entry) => isOpenToInternet(entry) && entry.through.includes(through[0] ?? ''),
  );
}

/** The first changed resource that a request passes. */
function cause({ through }: Entry, causes: readonly string[]): string | undefined {
  return through.find((address) => causes.includes(address)) ?? causes[0] ?? through[0];
}
