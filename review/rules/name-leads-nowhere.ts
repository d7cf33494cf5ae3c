import { type DanglingName, danglingNames } from '../dangling-name';
import { hostOf } from '../entry-pair';
import { backend, loadBalancer } from '../example-load-balancer';
import { API, planOf, replaced, service, unchanged } from '../fragment';
import type { Found, Rule } from '../rule';
import { series } from '../wording';

const BACKEND = unchanged('google_compute_backend_service.edge_api', backend());
const [, ...front] = loadBalancer();

export const nameLeadsNowhere: Rule = {
  id: 'name-leads-nowhere',
  severity: 'high',
  finds:
    'a service is moved, renamed or destroyed, but an endpoint group or a domain mapping still refers to the old one: its names answer with an error',
  remedy:
    'change the endpoint group or the mapping in the same plan; let it refer to the name and location of the service',
  find: (plan) => {
    const byService = new Map<string, DanglingName[]>();
    for (const name of danglingNames(plan)) {
      const same = byService.get(name.to.address);
      if (same) same.push(name);
      else byService.set(name.to.address, [name]);
    }
    return [...byService.values()].flatMap(broken);
  },
  example: {
    found: planOf(replaced(API, service(), { location: 'europe-west4' }, 'location'), ...front, BACKEND),
    notFound: planOf(unchanged(API, service()), ...front, BACKEND),
  },
};

function broken(names: readonly DanglingName[]): readonly Found[] {
  const [first] = names;
  if (!first) return [];
  const hosts = series(names.map(({ entry }) => hostOf(entry.url)));
  const { before, address } = first.service;
  const way = series([...new Set(names.flatMap(({ entry }) => entry.through.slice(-1)))]);
  const message = `${hosts} leads nowhere: ${way} still leads to the service ${before?.service.name} in ${before?.service.location}, which ${fate(first.service)}`;
  return [{ address, message }];
}

function fate({ before, after }: DanglingName['service']): string {
  if (!after) return 'is destroyed';
  const { name, location } = after.service;
  return name === before?.service.name ? `moves to ${location}` : `is called ${name} from now on`;
}
