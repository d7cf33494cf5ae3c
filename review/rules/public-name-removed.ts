import { isOpenToInternet } from '../../exposure';
import { hostOf, pairEntries } from '../entry-pair';
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
    if (!before || before.via === 'run.app' || !isOpenToInternet(before)) return [];
    const host = hostOf(before.url);
    if ((after && isOpenToInternet(after)) || stillServed.has(host)) return [];
    const why = after
      ? `the ingress of ${pair.name} shuts it (${pair.after?.service.ingress})`
      : 'nothing leads there any more';
    return [
      [
        host,
        {
          address: after ? pair.address : (before.through[0] ?? pair.address),
          message: `${host} no longer reaches ${pair.name}: ${why}`,
        },
      ],
    ];
  });
  return [...new Map(lost).values()];
}
