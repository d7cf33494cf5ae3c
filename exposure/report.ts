/** Who can reach what, of one or more stacks. */
export interface ExposureReport {
  /** The stacks, sorted by name. */
  readonly stacks: readonly StackExposure[];
}

/** Who can reach the services of one stack, plan or state. */
export interface StackExposure {
  /** The name of the stack, or of the file. */
  readonly name: string;
  /** The services, sorted by address. */
  readonly services: readonly ServiceExposure[];
  /** The users of each service account, such as "Cloud Scheduler job nightly". */
  readonly identities: { readonly [principal: string]: readonly string[] };
  /** What is not known, one sentence each. */
  readonly notes: readonly string[];
}

/** Who can reach one service. */
export interface ServiceExposure {
  /** The service's Terraform address; its Google Cloud path if the stack only grants on it. */
  readonly address: string;
  /** The name of the service in Cloud Run. */
  readonly name: string;
  /** The Google Cloud project. */
  readonly project: string;
  /** The region. */
  readonly location: string;
  /** The ingress setting as gcloud spells it, or why it is not known, such as `(known after apply)`. */
  readonly ingress: string;
  /** The authentication of the entry that is widest open. */
  readonly authentication: Authentication;
  /** Who may call through any entry, sorted. */
  readonly callers: readonly string[];
  /** What is not known about the service, one sentence each: it may be open wider than this report shows. Empty if all is known. */
  readonly doubts: readonly string[];
  /** The service's URLs, sorted. */
  readonly entries: readonly Entry[];
}

/** One URL: from where it can be reached, and who may call it. */
export interface Entry {
  /** The URL, or `(known after apply)`. */
  readonly url: string;
  /** What kind of name it is. */
  readonly via: 'run.app' | 'domain-mapping' | 'load-balancer';
  /** Where requests may come from; `nowhere` if the service's ingress refuses all requests to this name. */
  readonly from: Origin;
  /** What a caller has to prove. */
  readonly authentication: Authentication;
  /** Who may call, sorted; `allUsers` if callers are not checked, `(known after apply)` for callers that are not known. */
  readonly callers: readonly string[];
  /** Addresses of the resources that make the entry, in the order in which a request passes them. */
  readonly through: readonly string[];
  /** The Cloud Armor policy in front. */
  readonly securityPolicy?: string;
  /** The traffic tag of the revision that answers. */
  readonly tag?: string;
}

/** Where requests may come from. */
export type Origin = 'internet' | 'internal' | 'nowhere' | '(known after apply)';

/**
 * What a caller has to prove: nothing, that it has any Google account, its identity to IAP, or its identity to IAM. The values
 * in brackets say why this is not known: it may be nothing.
 */
export type Authentication =
  | 'none'
  | 'any-google-account'
  | 'iap'
  | 'iam'
  | '(known after apply)'
  | '(not in this stack)';
