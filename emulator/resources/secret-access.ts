import type { Cloud, Policy } from '../cloud';
import { normalizedMember } from '../iam/members';
import { roleOf } from '../iam/policy';

/** The roles with `secretmanager.versions.access` (cloud.google.com/secret-manager/docs/access-control). */
const ACCESSORS = ['roles/secretmanager.secretAccessor', 'roles/secretmanager.admin', 'roles/owner'];

/** Cloud Run's error if its service account may not read a secret. Checks the grants on the secret and on its project. */
export function secretRefusal(
  secret: string,
  version: string,
  account: string,
  serviceProject: string,
  cloud: Cloud,
): string | undefined {
  const [, project = serviceProject, name = secret] = /^projects\/([^/]+)\/secrets\/([^/]+)/.exec(secret) ?? [];
  const member = normalizedMember(`serviceAccount:${account}`);
  const policies = [secretPolicy(cloud, project, name), cloud.policy(`projects/${project}`)];
  if (policies.some((policy) => mayAccess(policy, member))) return undefined;
  return `Permission denied on secret: projects/${cloud.projectNumber(project)}/secrets/${name}/versions/${version} for Revision service account ${account}. The service account used must be granted the 'Secret Manager Secret Accessor' role (roles/secretmanager.secretAccessor) at the secret, project or higher level.`;
}

function secretPolicy(cloud: Cloud, project: string, name: string): Policy {
  return cloud.policy(`projects/${project}/secrets/${name}`);
}

function mayAccess(policy: Policy, member: string): boolean {
  return Object.entries(policy).some(([key, members]) => ACCESSORS.includes(roleOf(key)) && members.includes(member));
}
