import { apiError, Refusal } from '../errors';
import type { ObjectValue } from '../protocol/values';
import { cloudRunRules } from './cloud-run';
import { backendServiceRules, computeRules, securityPolicyRules } from './compute';
import { accountRules, queueRules, schedulerRules, subscriptionRules, topicRules, triggerRules } from './connections';
import type { Rule } from './rules';

/** The rules of an object that need no other object, by the object's type. Limits are worded as in Google's documentation. */
const RULES: { readonly [type: string]: readonly Rule[] } = {
  google_cloud_run_v2_service: cloudRunRules,
  google_cloud_scheduler_job: schedulerRules,
  google_cloud_tasks_queue: queueRules,
  google_compute_backend_service: backendServiceRules,
  google_compute_security_policy: securityPolicyRules,
  google_eventarc_trigger: triggerRules,
  google_pubsub_subscription: subscriptionRules,
  google_pubsub_topic: topicRules,
  google_service_account: accountRules,
};

/** Throws the API's error. */
export function refuseByItself(type: string, object: ObjectValue): void {
  for (const rule of RULES[type] ?? (type.startsWith('google_compute_') ? computeRules : [])) {
    const complaint = rule(object);
    if (complaint !== undefined) throw new Refusal(apiError(400, complaint));
  }
}
