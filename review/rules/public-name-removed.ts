import { isOpenToInternet } from '../../exposure';
import { entryName, hostOf, pairEntries } from '../entry-pair';
import { API, DOMAIN_MAPPING, destroyed, MAPPED_DOMAIN, planOf, service, unchanged, updated } from '../fragment';
import type { ServicePair } from '../reviewed-plan';
import type { Found, Rule } from '../rule';

export const publicNameRemoved: Rule = {
  id: 'public-name-removed',
  severity: 'high',
  finds: 'a name that answered from the internet no longer leads to its service',
  remedy: 'keep the domain mapping or route until nobody uses the name; a mapped domain needs ingress all',
  find: ({ services }) => {
    const stillServed = new Set(services.flatMap((pair) => openHosts(pair, 'after')));
    return services.flatMap((pair) => (pair.after ? gone(pair, stillServed) : []));
  },
  example: {
    found: planOf(unchanged(API, service()), destroyed(MAPPED_DOMAIN, DOMAIN_MAPPING)),
    notFound: planOf(updated(API, service(), { labels: { team: 'a' } }), unchanged(MAPPED_DOMAIN, DOMAIN_MAPPING)),
  },
};

function openHosts(pair: ServicePair, side: 'before' | 'after'): readonly string[] {
  const entries = pair[side]?.exposure.entries ?? [];
  return entries.filter((entry) => entry.via !== 'run.app' && isOpenToInternet(entry)).map(({ url }) => hostOf(url));
}

function gone(pair: ServicePair, stillServed: ReadonlySet<string>): readonly Found[] {
  const lost = pairEntries(pair).flatMap(({ before, after }): readonly (readonly [string, Found])[] => {
    if (!before || !isOpenToInternet(before) || (after && isOpenToInternet(after))) return [];
    // An ingress that shuts run.app is told as that; a tag is one revision's.
    if (before.via === 'run.app' && (after || before.tag !== undefined)) return [];
    const host = before.via === 'run.app' ? entryName(before) : hostOf(before.url);
    if (stillServed.has(host)) return [];
    const ingress = pair.after?.service.ingress;
    const why = after ? `the ingress of ${pair.name} shuts it (${ingress})` : 'nothing leads there any more';
    const address = after ? pair.address : (before.through[0] ?? pair.address);
    return [[host, { address, message: `${host} no longer reaches ${pair.name}: ${why}` }]];
  });
  return [...new Map(lost).values()];
}
