/** `db-password:latest`, as gcloud's `--set-secrets` has it; a number may as well be a port, so it is not one. */
const GCLOUD_FORM = /^([A-Za-z0-9_-]{1,255}):(latest)$/;
const FULL_NAME = /^(projects\/[^/]+\/secrets\/[^/]+)\/versions\/([^/]+)$/;

/** The secret and version that a text names, in the form of gcloud or of the API. */
export function namedSecret(text: string): { readonly secret: string; readonly version: string } | undefined {
  const [, secret, version] = GCLOUD_FORM.exec(text) ?? FULL_NAME.exec(text) ?? [];
  return secret === undefined || version === undefined ? undefined : { secret, version };
}
