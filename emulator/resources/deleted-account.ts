import type { Call } from '../behaviour';
import type { ObjectValue } from '../protocol/values';

/**
 * Policies rename a deleted account to `deleted:serviceAccount:EMAIL?uid=…`. A new account with the same email does not get its grants
 * (cloud.google.com/iam/docs/service-accounts-delete-undelete).
 */
export function markDeleted(account: ObjectValue, { cloud }: Call): void {
  const member = `serviceAccount:${account.email}`;
  const gone = `deleted:${member}?uid=${account.unique_id}`;
  for (const [id, policy] of Object.entries(cloud.data.iam)) {
    if (!Object.values(policy).some((members) => members.includes(member))) continue;
    const renamed = Object.entries(policy).map(([role, members]) => [
      role,
      members.map((other) => (other === member ? gone : other)),
    ]);
    cloud.setPolicy(id, Object.fromEntries(renamed));
  }
}
