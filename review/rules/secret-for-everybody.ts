import {
  type Binding,
  type Inventory,
  known,
  lastSegment,
  permissionsOf,
  readBindings,
  shown,
  Unknown,
} from '../../exposure';
import { created, planOf } from '../fragment';
import type { Found, Rule } from '../rule';

const GRANT = 'google_secret_manager_secret_iam_member.db-password_public';
const granted = (member: string) => ({
  secret_id: 'projects/acme-prod/secrets/db-password',
  role: 'roles/secretmanager.secretAccessor',
  member,
});

/** Predefined roles with `secretmanager.versions.access` (cloud.google.com/iam/docs/roles-permissions/secretmanager). */
const READING_ROLES: ReadonlySet<string> = new Set([
  'roles/secretmanager.secretAccessor',
  'roles/secretmanager.admin',
  'roles/owner',
]);

export const secretForEverybody: Rule = {
  id: 'secret-for-everybody',
  severity: 'critical',
  finds: 'allUsers or allAuthenticatedUsers may read a secret, or every secret of a project',
  remedy: 'grant the role to the account of the service that needs the secret, and change the secret',
  find: ({ plan, changing }) => {
    const held = new Set(readable(plan.before).map(({ message }) => message));
    const fresh = readable(plan.after).filter(({ message }) => !held.has(message));
    return fresh.filter(({ severity, address }) => severity === undefined || changing.has(address));
  },
  example: {
    found: planOf(created(GRANT, granted('allAuthenticatedUsers'))),
    notFound: planOf(created(GRANT, granted('serviceAccount:api@acme-prod.iam.gserviceaccount.com'))),
  },
};

/** The secrets that everybody may read, with or without a condition. */
function readable(inventory: Inventory): readonly Found[] {
  return readBindings(inventory).flatMap((binding) => {
    if (!['secret', 'project', 'above'].includes(binding.on) || !mayRead(binding, inventory)) return [];
    const everybody = binding.members.filter((member) => member === 'allUsers' || member === 'allAuthenticatedUsers');
    const hidden = binding.members.find((member) => member instanceof Unknown && !isAccount(member, binding));
    if (hidden instanceof Unknown) {
      const message = `who may read ${targetOf(binding, inventory)} cannot be determined: a member is ${hidden.text}`;
      return [{ address: binding.resource.address, message, severity: 'high' }];
    }
    const condition = binding.condition === undefined ? '' : ` if ${binding.condition}`;
    return everybody.map((member) => ({
      address: binding.resource.address,
      message: `${member} may read ${targetOf(binding, inventory)} by ${shown(binding.role)}${condition}`,
    }));
  });
}

/** Whether a single unknown member is the email address of an account: then it is not `allUsers`. */
function isAccount({ references }: Unknown, { authoritative }: Binding): boolean {
  return (
    !authoritative && references.length > 0 && references.every(({ attribute }) => /^(email|member)$/.test(attribute))
  );
}

function mayRead({ role, on }: Binding, inventory: Inventory): boolean {
  return (
    (role instanceof Unknown && on === 'secret') ||
    READING_ROLES.has(shown(role)) ||
    !!permissionsOf(role, inventory)?.includes('secretmanager.versions.access')
  );
}

function targetOf({ on, target, resource }: Binding, inventory: Inventory): string {
  if (on !== 'secret') return `every secret of ${known(target) ?? inventory.projectOf(resource) ?? shown(target)}`;
  const [secret] = inventory.named(target, 'google_secret_manager_secret', 'google_secret_manager_regional_secret');
  return `the secret ${lastSegment(known(target) ?? shown(secret?.values.secret_id ?? target))}`;
}
