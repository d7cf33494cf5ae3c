import { isUnknownIam } from '../../exposure';
import { API, created, invoker, planOf, SUPPORT, service, unchanged } from '../fragment';
import type { Found, Rule } from '../rule';

const { member: _, ...UNKNOWN_MEMBER } = invoker('');

export const notUnderstood: Rule = {
  id: 'not-understood',
  severity: 'high',
  finds:
    'a change may open or close a service in a way that cannot be told: a computed or sensitive member, a custom role, an unknown IAM resource',
  remedy:
    'look at it yourself: it may be allUsers; write the member, the role or the service as a literal to have it reviewed',
  find: ({ changes, after, before }) => {
    const changing = new Map(changes.map((change) => [change.address, change]));
    const unclear = [
      ...after.grants.unclear,
      ...before.grants.unclear.filter(({ address }) => !changing.get(address)?.after),
    ];
    const grants = unclear
      // A grant to everybody is told as that.
      .filter(({ address, everybody }) => changing.has(address) && everybody === undefined)
      .map(({ address, message }): Found => ({ address, message }));
    const names = after.unclearNames
      .filter((address) => changing.has(address))
      .map((address): Found => ({ address, message: 'which service is behind it cannot be told before apply' }));
    const unknown = changes
      .filter(({ type }) => isUnknownIam(type))
      .map(({ address, type }): Found => ({ address, message: `grants of ${type} are not understood` }));
    return [...grants, ...names, ...unknown];
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
