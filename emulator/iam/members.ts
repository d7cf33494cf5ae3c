import type { OrganizationPolicies } from '../cloud';

/** Workload and workforce identities are case-sensitive: tpgiamresource, `iamMemberIsCaseSensitive`. */
const CASE_SENSITIVE = /^(deleted:)?(principal|principalSet|principalHierarchy):/;

/** `normalizeIamMemberCasing` of the provider: `user:Ann@Example.com` and `user:ann@example.com` are one member. */
export function normalizedMember(member: string): string {
  const at = member.indexOf(':');
  if (at < 0 || CASE_SENSITIVE.test(member)) return member;
  return member.slice(0, at + 1) + member.slice(at + 1).toLowerCase();
}

/** `validateIAMMember` of the provider. Its pattern has no anchors either: any `x:y` is valid. */
export function memberComplaint(member: string, name: string): string | undefined {
  if (member.startsWith('deleted')) {
    return `invalid value for ${name} (Terraform does not support IAM members for deleted principals)`;
  }
  if (!/(.+:.+|projectOwners|projectReaders|projectWriters|allUsers|allAuthenticatedUsers)/.test(member)) {
    return `invalid value "${member}" for ${name} (IAM members must have one of the values outlined here: https://cloud.google.com/billing/docs/reference/rest/v1/Policy#Binding)`;
  }
  return undefined;
}

/**
 * `constraints/iam.allowedPolicyMemberDomains`. Assumes that service accounts belong to the organisation. The policy does not apply to
 * workload identities (cloud.google.com/resource-manager/docs/organization-policy/restricting-domains).
 */
export function outsideDomains(member: string, policies: OrganizationPolicies): boolean {
  const allowed = policies.allowedPolicyMemberDomains;
  if (allowed === undefined) return false;
  if (member === 'allUsers' || member === 'allAuthenticatedUsers') return true;
  const domain = /^(?:user|group):.*@(.+)$|^domain:(.+)$/.exec(member);
  return domain !== null && !allowed.includes(domain[1] ?? domain[2] ?? '');
}
