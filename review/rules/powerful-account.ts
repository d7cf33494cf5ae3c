import { type Inventory, known, list, shown } from '../../exposure';
import { API, created, planOf, service, unchanged } from '../fragment';
import { isPowerful, memberName, servicesByAccount } from '../granted-power';
import type { Found, Rule } from '../rule';
import { series } from '../wording';

const GRANT = 'google_project_iam_member.api_role';
const RUNNING_AS_API = { template: [{ service_account: 'api@acme-prod.iam.gserviceaccount.com' }] };
const granted = (role: string) => ({
  project: 'acme-prod',
  role,
  member: 'serviceAccount:api@acme-prod.iam.gserviceaccount.com',
});

export const powerfulAccount: Rule = {
  id: 'powerful-account',
  severity: 'high',
  finds:
    'the account that a service runs as gets a basic role or an admin role: whoever breaks into the service has this role too',
  remedy: 'grant only the role that the service needs, on the resource that it uses',
  find: (plan) => {
    const held = new Set(powers(plan.plan.before).map(key));
    const running = servicesByAccount(plan);
    return powers(plan.plan.after).flatMap((power) => (held.has(key(power)) ? [] : found(power, running)));
  },
  example: {
    found: planOf(unchanged(API, service(RUNNING_AS_API)), created(GRANT, granted('roles/editor'))),
    notFound: planOf(unchanged(API, service(RUNNING_AS_API)), created(GRANT, granted('roles/cloudsql.client'))),
  },
};

interface Power {
  readonly address: string;
  readonly member: string;
  readonly role: string;
  readonly on: string;
  /** Whether it applies to everything in a project, a folder or the organisation. */
  readonly wide: boolean;
}

function key({ member, role, on }: Power): string {
  return `${role} ${on} ${member}`;
}

/** The grants of powerful roles, by any IAM resource. */
function powers(inventory: Inventory): readonly Power[] {
  return inventory.resources.flatMap(({ address, type, mode, values, defaultProject }) => {
    const [, of = ''] = /^google_(\w+)_iam_(?:member|binding)$/.exec(type) ?? [];
    if (of === '' || mode !== 'managed' || !isPowerful(shown(values.role))) return [];
    const members = [...list([values.member]), ...list(values.members)];
    const wide = /^(project|folder|organization)$/.test(of);
    const name =
      known(values.project) ?? known(values.folder) ?? known(values.org_id) ?? defaultProject ?? '(not known)';
    const on = wide ? `the ${of} ${name}` : `a ${of.replaceAll('_', ' ')}`;
    return members.map((member) => ({
      address,
      member: memberName(member, inventory),
      role: shown(values.role),
      on: wide ? on : `${on} (${address})`,
      wide,
    }));
  });
}

function found(
  { address, member, role, on, wide }: Power,
  running: ReadonlyMap<string, readonly string[]>,
): readonly Found[] {
  const names = running.get(member);
  if (!names) return [];
  const message = `${member}, as which ${series(names)} ${names.length === 1 ? 'runs' : 'run'}, gets ${role} on ${on}`;
  const what = [`${member} gets ${role} on ${on}`];
  return [{ address, message, what, ...(wide ? {} : { severity: 'medium' as const }) }];
}
