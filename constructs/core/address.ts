import type { TerraformResource } from 'cdktf';

const WRITTEN_AS: Readonly<Record<string, string>> = { '.': '_', _: '__', '@': '_at_', ':': '_', '/': '_' };

/**
 * A principal, domain, role or other name as a part of a Terraform address: lower case, `.`, `:` and `/` become `_`,
 * `_` becomes `__`, `@` becomes `_at_`, `-` stays, anything else becomes `_` and the hex digits of its bytes; a leading
 * digit gets a `_` in front.
 */
export function addressPart(text: string): string {
  const part = text.toLowerCase().replace(/[^a-z0-9-]/gu, (char) => WRITTEN_AS[char] ?? hexBytes(char));
  return /^[0-9-]/.test(part) ? `_${part}` : part;
}

function hexBytes(char: string): string {
  return [...Buffer.from(char)].map((byte) => `_${byte.toString(16).padStart(2, '0')}`).join('');
}

/** A resource's address, such as `google_cloud_run_v2_service.api`, for `depends_on`. */
export function addressOf(resource: TerraformResource): string {
  return `${resource.terraformResourceType}.${resource.friendlyUniqueId}`;
}

/**
 * A reference to a resource's attribute. It is a plain string rather than one of cdktf's tokens, each of which captures a
 * stack trace: 40 % of the time it takes to build a large stack.
 */
export function referenceTo(resource: TerraformResource, attribute: string): string {
  return `\${${addressOf(resource)}.${attribute}}`;
}
