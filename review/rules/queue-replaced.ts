import { destroyed, planOf, updated } from '../fragment';
import type { Rule } from '../rule';
import { destructionOf, nameOf } from '../wording';

const QUEUE = 'google_cloud_tasks_queue.mail';
const MAIL = { name: 'mail', location: 'europe-west1', rate_limits: [{ max_dispatches_per_second: 50 }] };

export const queueReplaced: Rule = {
  id: 'queue-replaced',
  severity: 'high',
  finds: 'a Cloud Tasks queue is replaced or destroyed: its tasks are lost, and its name cannot be used again for days',
  remedy: 'pause the queue instead, or create the new one under another name',
  find: ({ changes }) =>
    changes
      .filter(({ type, actions }) => type === 'google_cloud_tasks_queue' && actions.includes('delete'))
      .map((change) => {
        const message = `the queue ${nameOf(change.before)} ${destructionOf(change)}: its tasks are lost, and the API refuses its name for up to 7 days`;
        return { address: change.address, message };
      }),
  example: {
    found: planOf(destroyed(QUEUE, MAIL)),
    notFound: planOf(updated(QUEUE, MAIL, { rate_limits: [{ max_dispatches_per_second: 10 }] })),
  },
};
