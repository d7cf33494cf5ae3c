import { type Change, known } from '../../exposure';
import { destroyed, planOf, updated } from '../fragment';
import type { Rule } from '../rule';
import { isDestroyed, isReplaced, nameOf, replacementReason } from '../wording';

const ADDRESSES: ReadonlySet<string> = new Set(['google_compute_global_address', 'google_compute_address']);
const FORWARDING_RULES: ReadonlySet<string> = new Set([
  'google_compute_global_forwarding_rule',
  'google_compute_forwarding_rule',
]);

const ADDRESS = 'google_compute_global_address.edge';

export const addressChanged: Rule = {
  id: 'address-changed',
  severity: 'high',
  finds:
    'a load balancer loses its address: DNS must be changed, and clients use the old address until their DNS cache expires',
  remedy:
    'keep the address (prevent_destroy stops a replacement, not the removal of the block), or move DNS first with a short TTL',
  find: ({ changes }) =>
    changes.flatMap((change) => {
      const lost = ADDRESSES.has(change.type) ? addressLost(change) : ruleLost(change);
      return lost === undefined ? [] : [{ address: change.address, message: lost }];
    }),
  example: {
    found: planOf(destroyed(ADDRESS, { name: 'edge', address: '203.0.113.7' })),
    notFound: planOf(updated(ADDRESS, { name: 'edge', address: '203.0.113.7' }, { labels: { team: 'a' } })),
  },
};

function addressLost(change: Change): string | undefined {
  const subject = `the reserved address ${nameOf(change.before)} (${known(change.before?.values.address) ?? 'not known'})`;
  if (isReplaced(change))
    return `${subject} is replaced because ${replacementReason(change)}: DNS must be changed to the new one`;
  return isDestroyed(change) ? `${subject} is released: names that point at it lead nowhere` : undefined;
}

function ruleLost(change: Change): string | undefined {
  if (!FORWARDING_RULES.has(change.type) || !change.actions.includes('delete')) return undefined;
  const ip = known(change.before?.values.ip_address) ?? 'its address';
  if (isDestroyed(change))
    return `nothing answers on ${ip} any more: the forwarding rule ${nameOf(change.before)} is destroyed`;
  const same = known(change.after?.values.ip_address) === ip;
  const then = same ? 'nothing answers until it is created again' : 'its address changes, and DNS must be changed';
  return `the forwarding rule ${nameOf(change.before)} on ${ip} is replaced because ${replacementReason(change)}: ${then}`;
}
