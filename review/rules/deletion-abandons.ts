import { shown } from '../../exposure';
import { created, planOf, updated } from '../fragment';
import type { Rule } from '../rule';
import { nameOf } from '../wording';

const DATABASE = 'google_sql_database.orders';
const ORDERS = { name: 'orders', project: 'acme-prod', instance: 'main' };

export const deletionAbandons: Rule = {
  id: 'deletion-abandons',
  severity: 'medium',
  finds:
    'deletion_policy becomes ABANDON: Terraform will then only forget the resource instead of deleting it, and it stays open, billed and unmanaged',
  remedy: 'leave deletion_policy as it was, unless the resource is meant to stay without Terraform',
  find: ({ changes }) =>
    changes.flatMap(({ address, before, after }) => {
      const [from, to] = [shown(before?.values.deletion_policy), shown(after?.values.deletion_policy)];
      if (!before || to !== 'ABANDON' || from === to) return [];
      const message = `${nameOf(after)} will stay unmanaged when its block is removed: deletion_policy ${from || 'none'} → ABANDON`;
      return [{ address, message }];
    }),
  example: {
    found: planOf(updated(DATABASE, { ...ORDERS, deletion_policy: 'DELETE' }, { deletion_policy: 'ABANDON' })),
    notFound: planOf(created(DATABASE, { ...ORDERS, deletion_policy: 'ABANDON' })),
  },
};
