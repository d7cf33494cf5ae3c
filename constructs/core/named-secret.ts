/** `db-password:latest`, as in gcloud's `--set-secrets`. `name:5` does not match, since the number may be a port. */
const GCLOUD_FORM = /^([A-Za-z0-9_-]{1,255}):(latest)$/;
const FULL_NAME = /^(projects\/[^/]+\/secrets\/[^/]+)\/versions\/([^/]+)$/;

/** The secret and version in a text, in gcloud's form or in the API's. */
export function namedSecret(text: string): { readonly secret: string; readonly version: string } | undefined {
  const [, secret, version] = GCLOUD_FORM.exec(text) ?? FULL_NAME.exec(text) ?? [];
  return secret === undefined || version === undefined ? undefined : { secret, version };
}
