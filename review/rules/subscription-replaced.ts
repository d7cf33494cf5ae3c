import { destroyed, planOf, replaced, updated } from '../fragment';
import type { Rule } from '../rule';
import { destructionOf, nameOf } from '../wording';

const SUBSCRIPTION = 'google_pubsub_subscription.orders';
const ORDERS = { name: 'orders', topic: 'projects/acme-prod/topics/orders', filter: '', ack_deadline_seconds: 60 };

export const subscriptionReplaced: Rule = {
  id: 'subscription-replaced',
  severity: 'high',
  finds: 'a Pub/Sub subscription is replaced or destroyed: the messages it has not delivered yet are lost',
  remedy: 'create a second subscription, and remove the old one when its backlog is empty',
  find: ({ changes }) =>
    changes
      .filter(({ type, actions }) => type === 'google_pubsub_subscription' && actions.includes('delete'))
      .map((change) => {
        const message = `the subscription ${nameOf(change.before)} ${destructionOf(change)}: its backlog is lost`;
        return { address: change.address, message };
      }),
  example: {
    found: planOf(
      replaced(SUBSCRIPTION, ORDERS, { filter: 'attributes.kind = "new"' }, 'filter'),
      destroyed('google_pubsub_subscription.refunds', { ...ORDERS, name: 'refunds' }),
    ),
    notFound: planOf(updated(SUBSCRIPTION, ORDERS, { ack_deadline_seconds: 120 })),
  },
};
