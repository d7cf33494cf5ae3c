import type { TerraformResource } from 'cdktf';

const WRITTEN_AS: Readonly<Record<string, string>> = { '.': '_', _: '__', '@': '_at_', ':': '_', '/': '_' };

/**
 * A principal, domain, role or other name as a part of a Terraform address, in lower case. `.`, `:` and `/` become `_`,
 * `_` becomes `__`, `@` becomes `_at_`, and `-` stays. Any other character becomes `_` and the hex digits of each of its bytes.
 * A leading digit or `-` gets a `_` in front.
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
 * A reference to a resource's attribute, as a plain string. A cdktf token would capture a stack trace, which took 40 % of the time
 * to build a large stack.
 */
export function referenceTo(resource: TerraformResource, attribute: string): string {
  return `\${${addressOf(resource)}.${attribute}}`;
}
