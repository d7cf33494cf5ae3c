import {
  accountEmail,
  type Binding,
  type ComputedExposure,
  type Inventory,
  known,
  lastSegment,
  permissionsOf,
  principalName,
  readBindings,
  shown,
  Unknown,
  type Value,
} from '../exposure';
import type { ReviewedPlan } from './reviewed-plan';

/** A permission that gives a member access to a service without being its caller. */
export interface GrantedPower {
  /** The address of the IAM resource. */
  readonly address: string;
  readonly member: string;
  readonly role: string;
  /** Whether the member may act as an account, or grant access. */
  readonly kind: 'act-as' | 'grant';
  /** The account, service, project, folder or organisation. */
  readonly on: string;
  /** Whether it concerns one account; on a project or above it concerns all accounts there. */
  readonly account: boolean;
}

/** Predefined roles whose members may make tokens or keys of an account, or run something as it (cloud.google.com/iam/docs/service-account-permissions). */
const ACTING_ROLES: ReadonlySet<string> = new Set([
  'roles/iam.serviceAccountTokenCreator',
  'roles/iam.serviceAccountOpenIdTokenCreator',
  'roles/iam.serviceAccountUser',
  'roles/iam.serviceAccountKeyAdmin',
  'roles/iam.serviceAccountAdmin',
  'roles/iam.workloadIdentityUser',
  'roles/owner',
  'roles/editor',
]);

/** Predefined roles that may set the IAM policy of services, or of the project, folder or organisation above them. */
const GRANTING_ROLES: ReadonlySet<string> = new Set([
  'roles/owner',
  'roles/run.admin',
  'roles/cloudfunctions.admin',
  'roles/iam.securityAdmin',
  'roles/resourcemanager.projectIamAdmin',
  'roles/resourcemanager.folderIamAdmin',
  'roles/resourcemanager.folderAdmin',
  'roles/resourcemanager.organizationAdmin',
]);

const ACTING_PERMISSIONS =
  /^iam\.serviceAccounts\.(actAs|getAccessToken|getOpenIdToken|implicitDelegation|signBlob|signJwt|setIamPolicy)$|^iam\.serviceAccountKeys\.create$/;
const GRANTING_PERMISSIONS =
  /^(run\.services|resourcemanager\.(projects|folders|organizations)|cloudfunctions\.functions)\.setIamPolicy$/;

export function grantedPowers(inventory: Inventory): readonly GrantedPower[] {
  return readBindings(inventory).flatMap((binding) =>
    kindsOf(binding, inventory).flatMap((kind) =>
      binding.members.map((member) => ({
        address: binding.resource.address,
        member: memberName(member, inventory) + (binding.condition === undefined ? '' : ` if ${binding.condition}`),
        role: roleName(binding.role, inventory),
        kind,
        on: targetName(binding, inventory),
        account: binding.on === 'account',
      })),
    ),
  );
}

function roleName(role: Value, inventory: Inventory): string {
  const [custom] = inventory.named(role, 'google_project_iam_custom_role', 'google_organization_iam_custom_role');
  return custom === undefined ? shown(role) : `the custom role ${shown(custom.values.role_id)}`;
}

/** The same for two grants that give a member the same power. */
export function powerKey({ member, kind, on }: GrantedPower): string {
  return `${kind} ${on} ${member}`;
}

/** Who may call some service of a stack. */
export function callersOf({ exposure }: ComputedExposure): ReadonlySet<string> {
  return new Set(exposure.services.flatMap(({ callers }) => callers));
}

/** The services that run as each account: `serviceAccount:…` to their names. */
export function servicesByAccount({ plan, services }: ReviewedPlan): ReadonlyMap<string, readonly string[]> {
  const running = new Map<string, string[]>();
  for (const { name, after } of services) {
    const account = after?.service.serviceAccount;
    if (typeof account !== 'string' && !(account instanceof Unknown)) continue;
    const member = typeof account === 'string' ? `serviceAccount:${account}` : memberName(account, plan.after);
    running.set(member, [...(running.get(member) ?? []), name]);
  }
  return running;
}

/** Basic roles, and predefined ones whose name says that they may do everything with something. */
export function isPowerful(role: string): boolean {
  return /^roles\/(owner|editor|viewer|\w+(\.\w+)*\.\w*(admin|owner))$/i.test(role);
}

function kindsOf({ on, role }: Binding, inventory: Inventory): readonly GrantedPower['kind'][] {
  const permissions = permissionsOf(role, inventory) ?? [];
  const acts = ACTING_ROLES.has(shown(role)) || permissions.some((permission) => ACTING_PERMISSIONS.test(permission));
  const grants =
    GRANTING_ROLES.has(shown(role)) || permissions.some((permission) => GRANTING_PERMISSIONS.test(permission));
  if (on === 'account') return acts || role instanceof Unknown ? ['act-as'] : [];
  if (on === 'service') return grants ? ['grant'] : [];
  if (on !== 'project' && on !== 'above') return [];
  // A member that may grant access may also grant the right to act as an account.
  if (grants) return ['grant'];
  return acts ? ['act-as'] : [];
}

/** A member as IAM compares it. */
export function memberName(member: string | Unknown, inventory: Inventory): string {
  if (!(member instanceof Unknown)) return principalName(member);
  const account = accountEmail(member, inventory);
  return account === undefined ? member.text : `serviceAccount:${account}`;
}

function targetName({ on, target, resource }: Binding, inventory: Inventory): string {
  if (on === 'account')
    return known(target) === undefined
      ? (accountEmail(target, inventory) ?? shown(target))
      : lastSegment(shown(target));
  if (on === 'project') return `the project ${known(target) ?? resource.defaultProject ?? shown(target)}`;
  return on === 'service' ? `the service ${lastSegment(shown(target))}` : shown(target);
}
