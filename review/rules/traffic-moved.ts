import { blocks, type Change, isLeftOut, SERVICE_TYPES, shown, Unknown, type Value } from '../../exposure';
import { causesOf } from '../causes';
import { pairEntries } from '../entry-pair';
import { API, planOf, service, updated } from '../fragment';
import type { ReviewedPlan, ServicePair } from '../reviewed-plan';
import type { Found, Rule } from '../rule';
import { nameOf, series } from '../wording';

export const trafficMoved: Rule = {
  id: 'traffic-moved',
  severity: 'medium',
  finds: 'traffic moves to other revisions, or a URL to another service',
  remedy: 'set the traffic block, or the route of the URL map, back',
  find: (plan) => [...plan.changes.flatMap(revisionsMoved), ...urlsMoved(plan), ...plan.changes.flatMap(weightsMoved)],
  example: {
    found: planOf(
      updated(API, service({ traffic: [{ type: 'TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST', percent: 100 }] }), {
        traffic: [{ type: 'TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION', revision: 'api-1-4', percent: 100 }],
      }),
    ),
    notFound: planOf(
      updated(API, service({ traffic: [{ type: 'TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST', percent: 100 }] }), {
        traffic: [
          { type: 'TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST', percent: 100 },
          { type: 'TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION', revision: 'api-1-4', percent: 0, tag: 'previous' },
        ],
      }),
    ),
  },
};

function revisionsMoved({ type, address, before, after, actions }: Change): readonly Found[] {
  if (!SERVICE_TYPES.some((service) => service === type) || !before || !after || actions.includes('delete')) return [];
  const [from, to] = [split(before.values.traffic), split(after.values.traffic)];
  return from === to ? [] : [{ address, message: `the traffic of ${nameOf(after)} moves: ${from} → ${to}` }];
}

/** A traffic split in words; a tag without a percentage gets no traffic. */
function split(traffic: Value): string {
  if (traffic instanceof Unknown) return traffic.written ? traffic.text : 'latest revision 100 %';
  const shares = blocks(traffic).filter(({ percent }) => !isLeftOut(percent) && shown(percent) !== '0');
  if (shares.length === 0) return 'latest revision 100 %';
  return shares.map((target) => `${revision(target)} ${shown(target.percent)} %`).join(', ');
}

function revision({ revision, revision_name, latest_revision }: Readonly<Record<string, Value>>): string {
  const named = shown(revision) || shown(revision_name);
  return named === '' || latest_revision === true ? 'latest revision' : named;
}

function urlsMoved(plan: ReviewedPlan): readonly Found[] {
  const [before, after] = [servicesByUrl(plan.services, 'before'), servicesByUrl(plan.services, 'after')];
  return [...after].flatMap(([url, { names, pairs }]) => {
    const old = before.get(url);
    if (!old || series([...old.names].sort()) === series([...names].sort())) return [];
    const causes = [...new Set([...old.pairs, ...pairs].flatMap((pair) => movedBy(plan, pair, url)))].sort();
    const message = `${url} leads to ${series([...names].sort())} instead of ${series([...old.names].sort())}`;
    return [{ address: causes[0] ?? pairs[0]?.address ?? '', message, causes }];
  });
}

function movedBy(plan: ReviewedPlan, pair: ServicePair, url: string): readonly string[] {
  const entries = pairEntries(pair).filter(({ before, after }) => (before ?? after)?.url === url);
  return causesOf(plan, pair, entries);
}

function servicesByUrl(services: readonly ServicePair[], side: 'before' | 'after') {
  const urls = new Map<string, { names: Set<string>; pairs: ServicePair[] }>();
  for (const pair of services) {
    for (const { url, via } of pair[side]?.exposure.entries ?? []) {
      if (via === 'run.app') continue;
      const leading = urls.get(url) ?? { names: new Set(), pairs: [] };
      urls.set(url, leading);
      leading.names.add(pair.name);
      leading.pairs.push(pair);
    }
  }
  return urls;
}

function weightsMoved({ address, changed, after }: Change): readonly Found[] {
  if (!changed.some((argument) => argument.endsWith('weighted_backend_services.weight'))) return [];
  return [{ address, message: `the URL map ${nameOf(after)} weighs its backend services differently` }];
}
