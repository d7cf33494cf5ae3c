/** Who can reach what, of one or more stacks. */
export interface ExposureReport {
  /** The stacks, sorted by name. */
  readonly stacks: readonly StackExposure[];
}

/** Who can reach the services of one stack, plan or state. */
export interface StackExposure {
  /** The stack's name, or the file's. */
  readonly name: string;
  /** The services, sorted by address. */
  readonly services: readonly ServiceExposure[];
  /** What each service account is used by, such as "Cloud Scheduler job nightly". */
  readonly identities: { readonly [principal: string]: readonly string[] };
  /** What could not be told, one sentence each. */
  readonly notes: readonly string[];
}

/** Who can reach one service. */
export interface ServiceExposure {
  /** The service's Terraform address; its Google Cloud path if the stack only grants on it. */
  readonly address: string;
  /** Cloud Run's name of the service. */
  readonly name: string;
  /** The Google Cloud project. */
  readonly project: string;
  /** The region. */
  readonly location: string;
  /** The ingress setting as gcloud spells it, or that it is not known. */
  readonly ingress: string;
  /** The authentication of the entry that is widest open. */
  readonly authentication: Authentication;
  /** Who may call through any entry, sorted. */
  readonly callers: readonly string[];
  /** What cannot be told of it, one sentence each: it may be open wider than the rest says. Empty if all is understood. */
  readonly doubts: readonly string[];
  /** The service's URLs, sorted. */
  readonly entries: readonly Entry[];
}

/** One URL: where it answers from, and who may call it. */
export interface Entry {
  /** The URL, or that it is not known before apply. */
  readonly url: string;
  /** What kind of name it is. */
  readonly via: 'run.app' | 'domain-mapping' | 'load-balancer';
  /** Where requests may come from; `nowhere` for a name that the service's ingress shuts. */
  readonly from: Origin;
  /** What a caller has to prove. */
  readonly authentication: Authentication;
  /** Who may call, sorted; `allUsers` where no one is asked, `(known after apply)` for others who cannot be told. */
  readonly callers: readonly string[];
  /** Addresses of the resources that make the entry, in the order a request passes them. */
  readonly through: readonly string[];
  /** The Cloud Armor policy in front. */
  readonly securityPolicy?: string;
  /** The traffic tag whose revision answers. */
  readonly tag?: string;
}

/** Where requests may come from. */
export type Origin = 'internet' | 'internal' | 'nowhere' | '(known after apply)';

/**
 * What a caller has to prove: nothing, that it has some Google account, its identity to IAP, or to IAM; or that this
 * cannot be told: it may be nothing.
 */
export type Authentication =
  | 'none'
  | 'any-google-account'
  | 'iap'
  | 'iam'
  | '(known after apply)'
  | '(not in this stack)';
