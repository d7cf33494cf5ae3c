/** A service account that this stack creates. All services that name it share it. */
export interface NamedServiceAccount {
  /** The account's id, 6 to 30 characters: the part of its email address before the `@`. */
  readonly name: string;
  /**
   * The account's display name.
   * @default the id
   */
  readonly displayName?: string;
}

/** The service's account and its roles. */
export interface IdentityProps {
  /**
   * The account the service runs as. Without it, the service gets an account of its own. An email address names an existing account.
   * `{name: …}` names an account that is created once and shared. `default` is the project's Compute Engine default account (a grant to
   * it needs the environment's `projectNumber`).
   * @default an account of the service's own
   * @gcloud --service-account
   * @terraform template.service_account
   */
  readonly serviceAccount?: string | NamedServiceAccount;

  /**
   * Project roles for the service's created account, such as `roles/datastore.user`. Secrets, buckets and Cloud SQL instances that
   * the service uses need no role here: they get their own grants.
   * @default none
   * @terraform google_project_iam_member.<account>_role_<role>
   */
  readonly roles?: readonly string[];
}
