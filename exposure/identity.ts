import { type Inventory, lastSegment, type Resource } from '../terraform-json/resource';
import { block, known, shown, type Value } from '../terraform-json/value';
import { accountEmail } from './principal';

/** A resource type that calls with a service account, and the argument that names the account. */
interface CallerKind {
  readonly type: string;
  readonly called: string;
  readonly account: (resource: Resource) => Value;
}

const CALLER_KINDS: readonly CallerKind[] = [
  {
    type: 'google_cloud_run_v2_service',
    called: 'Cloud Run service',
    account: ({ values }) => block(values.template).service_account,
  },
  {
    type: 'google_cloud_run_service',
    called: 'Cloud Run service',
    account: ({ values }) => block(block(values.template).spec).service_account_name,
  },
  {
    type: 'google_cloudfunctions2_function',
    called: 'function',
    account: ({ values }) => block(values.service_config).service_account_email,
  },
  {
    type: 'google_cloudfunctions2_function',
    called: 'event trigger of function',
    account: ({ values }) => block(values.event_trigger).service_account_email,
  },
  {
    type: 'google_cloud_run_v2_job',
    called: 'Cloud Run job',
    account: ({ values }) => block(block(values.template).template).service_account,
  },
  {
    type: 'google_cloud_scheduler_job',
    called: 'Cloud Scheduler job',
    account: ({ values }) => block(block(values.http_target).oidc_token).service_account_email,
  },
  {
    type: 'google_cloud_tasks_queue',
    called: 'Cloud Tasks queue',
    account: ({ values }) => block(block(values.http_target).oidc_token).service_account_email,
  },
  {
    type: 'google_pubsub_subscription',
    called: 'Pub/Sub subscription',
    account: ({ values }) => block(block(values.push_config).oidc_token).service_account_email,
  },
  {
    type: 'google_eventarc_trigger',
    called: 'Eventarc trigger',
    account: ({ values }) => values.service_account,
  },
  {
    type: 'google_workflows_workflow',
    called: 'workflow',
    account: ({ values }) => values.service_account,
  },
];

/** Google's own accounts, by the form of their address (cloud.google.com/iam/docs/service-agents). */
const GOOGLE_ACCOUNTS: readonly (readonly [RegExp, string])[] = [
  [/^serviceAccount:service-\d+@gcp-sa-iap\./, 'Identity-Aware Proxy'],
  [/^serviceAccount:\d+-compute@developer\./, 'the default service account of Compute Engine'],
];

/** The users of each service account of a stack: `serviceAccount:…` to "Cloud Scheduler job nightly", sorted. */
export function readIdentities(inventory: Inventory): ReadonlyMap<string, readonly string[]> {
  const identities = new Map<string, string[]>();
  for (const { type, called, account } of CALLER_KINDS) {
    for (const resource of inventory.ofType(type)) {
      const value = account(resource);
      const email = known(value) ?? accountEmail(value, inventory);
      if (email === undefined) continue;
      const principal = `serviceAccount:${email.toLowerCase()}`;
      const names = identities.get(principal);
      const name = `${called} ${lastSegment(shown(resource.values.name))}`;
      // A service in several regions is one name with one account.
      if (names?.includes(name)) continue;
      if (names) names.push(name);
      else identities.set(principal, [name]);
    }
  }
  for (const names of identities.values()) names.sort();
  return identities;
}

/** The name of one of Google's own accounts, by the form of its address. */
export function googleAccount(principal: string): string | undefined {
  return GOOGLE_ACCOUNTS.find(([form]) => form.test(principal))?.[1];
}

/** Whether an account is that of Identity-Aware Proxy, which calls for the users that it lets in. */
export function isIapAgent(principal: string): boolean {
  return googleAccount(principal) === GOOGLE_ACCOUNTS[0]?.[1];
}

/** Whether an account belongs to a Google product; nobody else can act as such an account (cloud.google.com/iam/docs/service-agents). */
export function isGooglesOwn(principal: string): boolean {
  return /^serviceAccount:service-\d+@(gcp-sa-[\w-]+|[\w-]+-system|serverless-robot-prod)\.iam\.gserviceaccount\.com\b/.test(
    principal,
  );
}
