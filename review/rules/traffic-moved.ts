import { blocks, type Change, isLeftOut, SERVICE_TYPES, shown, Unknown, type Value } from '../../exposure';
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

/** A traffic split as a sentence has it; tags alone move nothing. */
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

function urlsMoved({ services }: ReviewedPlan): readonly Found[] {
  const [before, after] = [servicesByUrl(services, 'before'), servicesByUrl(services, 'after')];
  return [...after].flatMap(([url, { names, address }]) => {
    const old = before.get(url)?.names;
    if (!old || series([...old].sort()) === series([...names].sort())) return [];
    return [{ address, message: `${url} leads to ${series([...names].sort())} instead of ${series([...old].sort())}` }];
  });
}

function servicesByUrl(services: readonly ServicePair[], side: 'before' | 'after') {
  const urls = new Map<string, { names: Set<string>; address: string }>();
  for (const pair of services) {
    for (const { url, via, through } of pair[side]?.exposure.entries ?? []) {
      if (via === 'run.app') continue;
      const leading = urls.get(url) ?? { names: new Set(), address: through.at(-2) ?? through[0] ?? pair.address };
      urls.set(url, leading);
      leading.names.add(pair.name);
    }
  }
  return urls;
}

function weightsMoved({ address, changed, after }: Change): readonly Found[] {
  if (!changed.some((argument) => argument.endsWith('weighted_backend_services.weight'))) return [];
  return [{ address, message: `the URL map ${nameOf(after)} weighs its backend services differently` }];
}
