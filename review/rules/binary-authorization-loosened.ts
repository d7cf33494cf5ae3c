import { known, shown } from '../../exposure';
import { API, planOf, service, updated } from '../fragment';
import type { Rule } from '../rule';
import { type BinaryAuthorization, type ServiceChange, serviceChanges } from '../service-settings';

export const binaryAuthorizationLoosened: Rule = {
  id: 'binary-authorization-loosened',
  severity: 'high',
  finds: 'Binary Authorization is removed, bypassed or uses another policy: images that it refused may run',
  remedy: 'put the binary_authorization block back; without a breakglass_justification it is enforced',
  find: ({ changes }) =>
    serviceChanges(changes).flatMap((change) => {
      const what = loosened(change);
      return what === undefined ? [] : [{ address: change.address, message: `${change.name} ${what}` }];
    }),
  example: {
    found: planOf(
      updated(API, service({ binary_authorization: [{ use_default: true }] }), { binary_authorization: [] }),
    ),
    notFound: planOf(
      updated(API, service({ binary_authorization: [] }), { binary_authorization: [{ use_default: true }] }),
    ),
  },
};

function loosened({ before, after }: ServiceChange): string | undefined {
  const [from, to] = [before.binaryAuthorization, after.binaryAuthorization];
  if (shown(from.policy) === '') return undefined;
  if (shown(to.policy) === '') return `no longer checks its images with Binary Authorization: ${policy(from)} → none`;
  if (known(to.breakglass) !== undefined && known(from.breakglass) === undefined) {
    return `bypasses Binary Authorization: breakglass justification none → "${shown(to.breakglass)}"`;
  }
  if (shown(from.policy) === shown(to.policy)) return undefined;
  return `uses another policy of Binary Authorization: ${policy(from)} → ${policy(to)}`;
}

function policy({ policy }: BinaryAuthorization): string {
  return shown(policy) === 'default' ? "the project's policy" : shown(policy);
}
