import { type Change, type ComputedExposure, count, SERVICE_TYPES, shown } from '../../exposure';
import { API, invoker, planOf, replaced, SUPPORT, service, unchanged, updated } from '../fragment';
import type { Found, Rule } from '../rule';
import { isReplaced, replacementReason, series } from '../wording';

export const serviceReplaced: Rule = {
  id: 'service-replaced',
  severity: 'high',
  finds: 'a service is destroyed and created again: it is down in between, and its revisions, tags and grants are lost',
  remedy: 'undo the change that forces the replacement, or move traffic to a second service first',
  find: ({ changes, before }) => {
    const madeAgain = new Set(
      changes.filter(({ actions }) => actions.includes('create')).map(({ address }) => address),
    );
    return changes
      .filter((change) => SERVICE_TYPES.some((type) => type === change.type) && isReplaced(change))
      .map((change) => found(change, before, madeAgain));
  },
  example: {
    found: planOf(
      replaced(
        API,
        service({ uri: 'https://api-abc-ew.a.run.app' }),
        { location: 'europe-west4', uri: null },
        'location',
      ),
      unchanged(SUPPORT, invoker('group:support@example.com')),
    ),
    notFound: planOf(updated(API, service(), { labels: { team: 'support' } })),
  },
};

function found(change: Change, before: ComputedExposure, madeAgain: ReadonlySet<string>): Found {
  const service = before.services.find(({ address }) => address === change.address);
  const grants = service ? (before.grants.invokers.get(service) ?? []) : [];
  const lost = grants.filter(({ address }) => !madeAgain.has(address) && !address.startsWith('google_project_iam'));
  const url =
    service?.urls[0] === undefined ? 'it may get another run.app URL' : `${service.urls[0]} may become another URL`;
  const iam =
    lost.length === 0
      ? 'its grants are made again'
      : `${count(lost.length, 'grant')} not made again in this plan, so ${series(lost.map(({ principal }) => principal))} cannot call until the next apply`;
  const name = shown(change.before?.values.name);
  const message = `${name} is destroyed and created again because ${replacementReason(change)}: ${url}, all traffic goes to a first revision, ${iam}`;
  return { address: change.address, message };
}
