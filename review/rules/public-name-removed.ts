import { isOpenToInternet, KNOWN_AFTER_APPLY, SENSITIVE } from '../../exposure';
import { causesOf } from '../causes';
import { type EntryPair, entryName, hostOf, isAddress, pairEntries, pinnedEntry } from '../entry-pair';
import {
  API,
  DOMAIN_MAPPING,
  destroyed,
  INTERNAL,
  MAPPED_DOMAIN,
  planOf,
  service,
  unchanged,
  updated,
} from '../fragment';
import type { ReviewedPlan, ServicePair } from '../reviewed-plan';
import type { Found, Rule } from '../rule';
import { series } from '../wording';

export const publicNameRemoved: Rule = {
  id: 'public-name-removed',
  severity: 'high',
  finds:
    'a name that was reachable from the internet no longer leads to its service: its mapping or route is removed, or the ingress of the service refuses its requests',
  remedy:
    'keep the domain mapping or route until nobody uses the name; a mapped domain needs ingress all, a load balancer internal-and-cloud-load-balancing',
  find: (plan) => {
    const stillServed = new Set(plan.services.flatMap(openHosts));
    return plan.services.flatMap((pair) => (pair.after ? [...shut(plan, pair), ...gone(plan, pair, stillServed)] : []));
  },
  example: {
    found: planOf(
      updated(API, service(), INTERNAL),
      unchanged(MAPPED_DOMAIN, DOMAIN_MAPPING),
      destroyed('google_cloud_run_domain_mapping.old_example_com', { ...DOMAIN_MAPPING, name: 'old.example.com' }),
    ),
    notFound: planOf(updated(API, service(), { labels: { team: 'a' } }), unchanged(MAPPED_DOMAIN, DOMAIN_MAPPING)),
  },
};

/** The names that lead to a service after the plan; another rule reports names that lead to no service any more. */
function openHosts({ after }: ServicePair): readonly string[] {
  return (after?.exposure.entries ?? [])
    .filter((entry) => entry.via !== 'run.app' && isOpenToInternet(entry))
    .map(({ url }) => hostOf(url));
}

/** The names that a narrower ingress makes useless: they still lead to the service, but it refuses the requests. */
export function shutNames({ before, after }: Pick<ServicePair, 'before' | 'after'>): readonly EntryPair[] {
  return pairEntries({ before, after }).filter(
    (entries) =>
      entries.before?.via !== 'run.app' &&
      entries.before?.from === 'internet' &&
      entries.after !== undefined &&
      !isOpenToInternet(entries.after),
  );
}

function shut(plan: ReviewedPlan, pair: ServicePair): readonly Found[] {
  const names = shutNames(pair);
  if (names.length === 0 || !pair.before || !pair.after) return [];
  const hosts = series(names.flatMap(({ before }) => (before ? hostOf(before.url) : [])));
  const ingress = `${pair.before.service.ingress} → ${pair.after.service.ingress}`;
  const message = `${hosts} no longer reach${hosts.includes(' ') ? '' : 'es'} ${pair.name}: its ingress refuses these requests (${ingress})`;
  return [{ address: pair.address, message, causes: causesOf(plan, pair, names) }];
}

function gone(plan: ReviewedPlan, pair: ServicePair, stillServed: ReadonlySet<string>): readonly Found[] {
  const lost = pairEntries(pair).flatMap(({ before, after }): readonly (readonly [string, Found])[] => {
    // A tag belongs to one revision; the address of a load balancer answers as long as its forwarding rules exist.
    if (!before || after || !isOpenToInternet(before) || before.tag !== undefined || isAddress(before)) return [];
    const host = before.via === 'run.app' ? entryName(before) : hostOf(before.url);
    if (stillServed.has(host)) return [];
    const causes = causesOf(plan, pair, [{ before }]);
    const address = before.through.find((part) => causes.includes(part)) ?? before.through[0] ?? pair.address;
    const unsure = [KNOWN_AFTER_APPLY, SENSITIVE].some((text) => stillServed.has(text));
    const message = unsure
      ? `${host} may no longer reach ${pair.name}: a name of a load balancer or mapping is not known`
      : `${host} no longer reaches ${pair.name}: nothing leads there any more`;
    // An entry of accepted.yaml does not name the value of a run.app URL: another plan of the same change may not know it.
    const what = before.via === 'run.app' && [`no longer ${pinnedEntry(pair.name, before)}`];
    return [[host, { address, message, causes, ...(what && { what }) }]];
  });
  return [...new Map(lost).values()];
}
