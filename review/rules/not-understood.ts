import { type Change, type ComputedExposure, isUnknownIam } from '../../exposure';
import { API, created, invoker, planOf, SUPPORT, service, unchanged } from '../fragment';
import type { Found, Rule } from '../rule';
import { series } from '../wording';

const { member: _, ...UNKNOWN_MEMBER } = invoker('');

export const notUnderstood: Rule = {
  id: 'not-understood',
  severity: 'high',
  finds:
    'the plan does not show whether a change opens or closes a service: a computed or sensitive member, a custom role, an unknown IAM resource',
  remedy:
    'check it yourself: the member may be allUsers; write the member, the role or the service as a literal to have it reviewed',
  find: ({ changes, after, before }) => {
    const changing = new Map(changes.map((change) => [change.address, change]));
    const unclear = [
      ...after.grants.unclear,
      ...before.grants.unclear.filter(({ address }) => !changing.get(address)?.after),
    ];
    const grants = unclear
      // Other rules report a grant to everybody.
      .filter(({ address, everybody }) => changing.has(address) && everybody === undefined)
      .map(({ address, message }): Found => ({ address, message }));
    const names = after.unclearNames
      .filter((address) => changing.has(address))
      .map((address): Found => ({ address, message: 'which service is behind it cannot be determined before apply' }));
    const unknown = changes
      .filter(({ type }) => isUnknownIam(type))
      .map(({ address, type }): Found => ({ address, message: `grants of ${type} are not understood` }));
    return [...grants, ...names, ...unknown, ...unchangedDoubts(after, changing)];
  },
  example: {
    found: planOf(
      unchanged(API, service()),
      created(SUPPORT, UNKNOWN_MEMBER, { member: true }),
      created('google_cloud_run_v3_service_iam_member.api', { name: 'api' }),
    ),
    notFound: planOf(unchanged(API, service()), created(SUPPORT, invoker('group:support@example.com'))),
  },
};

/** What is not understood and does not change: without this finding, an empty review would mean that all is understood. */
function unchangedDoubts(
  { grants, unclearNames }: ComputedExposure,
  changing: ReadonlyMap<string, Change>,
): readonly Found[] {
  const addresses = [...grants.unclear.map(({ address }) => address), ...unclearNames];
  const unchanged = [...new Set(addresses)].filter((address) => !changing.has(address));
  if (unchanged.length === 0) return [];
  const message = `not understood, and not changed by this plan: ${series(unchanged)}; what they open cannot be determined`;
  return [{ address: unchanged[0] ?? '', message, severity: 'low', causes: [], what: unchanged }];
}
