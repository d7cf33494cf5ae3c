/** Who may call a service. */
export interface AccessProps {
  /**
   * Who may call the service without being named: nobody (`private`) or everybody (`public`, which grants
   * `roles/run.invoker` to `allUsers`). Changing it changes that grant alone, never the service.
   * @default "private"
   * @gcloud --[no-]allow-unauthenticated
   * @terraform google_cloud_run_v2_service_iam_member.<service>_public
   */
  readonly access?: 'private' | 'public';

  /**
   * Whether Cloud Run checks that a caller holds `roles/run.invoker`. With `access: public`, `false` switches the check
   * off instead of granting `allUsers`: the way to a public service where the organization restricts members by
   * domain. Refused on a private service.
   * @default true
   * @gcloud --[no-]invoker-iam-check
   * @terraform invoker_iam_disabled
   */
  readonly invokerIamCheck?: boolean;

  /**
   * Principals that may call the service, in the form IAM writes them: `user:`, `group:` or `serviceAccount:` and an email
   * address, `domain:` and a domain, `principal://` or `principalSet://`, or `allAuthenticatedUsers` (anybody with a
   * Google account). Each becomes one grant of `roles/run.invoker`; order and repetition do not matter.
   * @default no one
   * @gcloud gcloud run services add-iam-policy-binding
   * @terraform google_cloud_run_v2_service_iam_member.<service>_invoker_<principal>
   */
  readonly invokers?: readonly string[];

  /**
   * `additive` grants beside whatever was granted outside Terraform. `authoritative` owns `roles/run.invoker` on the
   * service: one binding with all its members, and Terraform takes away what anyone else grants.
   * @default "additive"
   * @terraform google_cloud_run_v2_service_iam_binding.<service>_invokers
   */
  readonly invokerPolicy?: 'additive' | 'authoritative';

  /**
   * Other roles on the service: a role (`roles/run.developer`, `projects/P/roles/R`) and the principals that get it,
   * each an additive grant. `roles/run.invoker` is refused here: it belongs to `invokers`.
   * @default none
   * @gcloud gcloud run services add-iam-policy-binding
   * @terraform google_cloud_run_v2_service_iam_member.<service>_iam_<role>_<principal>
   */
  readonly iam?: Readonly<Record<string, readonly string[]>>;
}
