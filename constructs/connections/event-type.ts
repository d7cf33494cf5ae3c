/** Events for a topic's messages: the only type that needs no role to receive. */
export const PUBSUB_EVENT = 'google.cloud.pubsub.topic.v1.messagePublished';
/** Events for entries of Cloud Audit Logs. */
export const AUDIT_EVENT = 'google.cloud.audit.log.v1.written';

/** Whether events of the type come from a bucket. */
export function isStorageEvent(type: string | undefined): boolean {
  return type?.startsWith('google.cloud.storage.object.v1.') ?? false;
}
