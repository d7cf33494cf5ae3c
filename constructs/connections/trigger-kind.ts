/** The kinds of triggers: the key they have in a service, and the word for them in addresses and messages. */
export const TRIGGER_KINDS = {
  schedules: { word: 'schedule', product: 'Cloud Scheduler job' },
  taskQueues: { word: 'queue', product: 'Cloud Tasks queue' },
  subscriptions: { word: 'subscription', product: 'Pub/Sub subscription' },
  events: { word: 'event', product: 'Eventarc trigger' },
} as const;
export type TriggerKind = keyof typeof TRIGGER_KINDS;
