import { callersWords, isOpenToInternet } from '../../exposure';
import { entryName, hostOf, pairEntries } from '../entry-pair';
import { API, created, INTERNAL, planOf, service, unchanged } from '../fragment';
import type { Found, Rule } from '../rule';
import { series } from '../wording';

const MAPPING = 'google_cloud_run_domain_mapping.api_example_com';
const DOMAIN = {
  name: 'api.example.com',
  location: 'europe-west1',
  project: 'acme-prod',
  spec: [{ route_name: 'api' }],
};

export const publicNameAdded: Rule = {
  id: 'public-name-added',
  severity: 'medium',
  finds: 'a service answers from the internet on a new name: a mapped domain, a host of a load balancer, a traffic tag',
  remedy: 'remove the domain mapping or the host from the load balancer',
  find: ({ services, after: { exposure } }) =>
    services.flatMap((pair) => {
      const added = pairEntries(pair).flatMap(({ before, after }): readonly (readonly [string, Found])[] => {
        if (!after || !isOpenToInternet(after) || (before && isOpenToInternet(before))) return [];
        // Every new service has its run.app URL, and an ingress that opens is told as that.
        if (after.via === 'run.app' && (before || !pair.before)) return [];
        const host = after.via === 'run.app' ? entryName(after) : hostOf(after.url);
        const message = `${host} leads to ${pair.name}, for ${series(callersWords(after, exposure.identities))}`;
        return [[host, { address: after.through[0] ?? pair.address, message }]];
      });
      return [...new Map(added).values()];
    }),
  example: {
    found: planOf(unchanged(API, service()), created(MAPPING, DOMAIN)),
    notFound: planOf(unchanged(API, service(INTERNAL)), created(MAPPING, DOMAIN)),
  },
};
