/** A service account that this stack creates; all services that name it share it. */
export interface NamedServiceAccount {
  /** The account's id, 6 to 30 characters: the part of its email address before the `@`. */
  readonly name: string;
  /**
   * The account's display name.
   * @default the id
   */
  readonly displayName?: string;
}

/** The identity a service has, and what it may do. */
export interface IdentityProps {
  /**
   * The account the service runs as. Left out, it gets one of its own. An email address names an existing account,
   * `{name: …}` one that is created once and shared, and `default` the project's Compute Engine default account (needs
   * the environment's `projectNumber`).
   * @default an account of the service's own
   * @gcloud --service-account
   * @terraform template.service_account
   */
  readonly serviceAccount?: string | NamedServiceAccount;

  /**
   * Project roles for the service's created account, such as `roles/datastore.user`. What it mounts it may use without
   * being named here: secrets, buckets and Cloud SQL instances bring their own grants.
   * @default none
   * @terraform google_project_iam_member.<account>_role_<role>
   */
  readonly roles?: readonly string[];
}
