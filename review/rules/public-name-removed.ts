import { isOpenToInternet } from '../../exposure';
import { entryName, hostOf, pairEntries } from '../entry-pair';
import { API, destroyed, planOf, service, unchanged, updated } from '../fragment';
import type { ServicePair } from '../reviewed-plan';
import type { Found, Rule } from '../rule';

const MAPPING = 'google_cloud_run_domain_mapping.api_example_com';
const DOMAIN = {
  name: 'api.example.com',
  location: 'europe-west1',
  project: 'acme-prod',
  spec: [{ route_name: 'api' }],
};

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
    found: planOf(unchanged(API, service()), destroyed(MAPPING, DOMAIN)),
    notFound: planOf(updated(API, service(), { labels: { team: 'a' } }), unchanged(MAPPING, DOMAIN)),
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
