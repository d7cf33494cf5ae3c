/** Events of a topic's messages, the one type that needs no role to receive. */
export const PUBSUB_EVENT = 'google.cloud.pubsub.topic.v1.messagePublished';
/** Events of what Cloud Audit Logs write. */
export const AUDIT_EVENT = 'google.cloud.audit.log.v1.written';

/** Whether events of the type come from a bucket. */
export function isStorageEvent(type: string | undefined): boolean {
  return type?.startsWith('google.cloud.storage.object.v1.') ?? false;
}
