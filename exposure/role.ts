import { type Inventory, lastSegment } from '../terraform-json/resource';
import { list, Unknown, type Value } from '../terraform-json/value';

/** The permission to call a service. */
const INVOKE = 'run.routes.invoke';

/** Predefined roles with `run.routes.invoke` (cloud.google.com/iam/docs/roles-permissions/run). */
const INVOKING_ROLES: ReadonlySet<string> = new Set([
  'roles/run.invoker',
  'roles/run.servicesInvoker',
  'roles/run.admin',
  'roles/run.developer',
  'roles/run.sourceDeveloper',
  'roles/editor',
  'roles/owner',
]);

/** The roles that let members pass IAP. */
const IAP_ROLES: ReadonlySet<string> = new Set(['roles/iap.httpsResourceAccessor', 'roles/owner']);

/** Whether a role lets its members in; `unclear` for a custom role that the stack does not define. */
export type Verdict = 'yes' | 'no' | 'unclear';

/**
 * Whether members of a role may invoke a service. The invoker role of first-generation functions counts only in the
 * IAM resources of functions: its effect on other services is not documented.
 */
export function mayInvoke(role: Value, inventory: Inventory, onType = ''): Verdict {
  if (role === 'roles/cloudfunctions.invoker' && onType.startsWith('google_cloudfunctions2_function_iam_'))
    return 'yes';
  return verdict(role, INVOKING_ROLES, INVOKE, inventory);
}

/** Whether members of a role pass IAP. */
export function passesIap(role: Value, inventory: Inventory): Verdict {
  return verdict(role, IAP_ROLES, 'iap.webServiceVersions.accessViaIAP', inventory);
}

/** The permissions of a custom role, if the stack defines it and they are known. */
export function permissionsOf(role: Value, inventory: Inventory): readonly string[] | undefined {
  return customRole(role, inventory)?.flatMap((permission) => (typeof permission === 'string' ? [permission] : []));
}

function verdict(role: Value, predefined: ReadonlySet<string>, permission: string, inventory: Inventory): Verdict {
  if (typeof role === 'string' && predefined.has(role)) return 'yes';
  if (typeof role === 'string' && role.startsWith('roles/')) return 'no';
  const custom = customRole(role, inventory);
  if (custom === undefined) return role instanceof Unknown || typeof role === 'string' ? 'unclear' : 'no';
  if (custom.some((granted) => granted instanceof Unknown)) return 'unclear';
  return custom.includes(permission) ? 'yes' : 'no';
}

function customRole(role: Value, inventory: Inventory): readonly (string | Unknown)[] | undefined {
  const types = ['google_project_iam_custom_role', 'google_organization_iam_custom_role'] as const;
  const byReference = inventory.named(role, ...types);
  const byId =
    typeof role === 'string' ? inventory.ofType(...types).filter((r) => r.values.role_id === lastSegment(role)) : [];
  const found = byReference[0] ?? byId[0];
  return found && list(found.values.permissions);
}
