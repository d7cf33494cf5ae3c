import {
  block,
  blocks,
  type Change,
  isValues,
  known,
  lastSegment,
  list,
  type Resource,
  shown,
  type Value,
  type Values,
} from '../../exposure';
import { API, created, destroyed, planOf, service, unchanged } from '../fragment';
import type { ReviewedPlan } from '../reviewed-plan';
import type { Found, Rule } from '../rule';
import { series } from '../wording';

const ACCESSOR = 'roles/secretmanager.secretAccessor';
const GRANT = 'google_secret_manager_secret_iam_member.api_secret_db-password';
const DB_PASSWORD = {
  secret_id: 'projects/acme-prod/secrets/db-password',
  role: ACCESSOR,
  member: 'serviceAccount:api@acme-prod.iam.gserviceaccount.com',
};
const RUNNING_AS_API = { template: [{ service_account: 'api@acme-prod.iam.gserviceaccount.com' }] };

export const secretAccessRemoved: Rule = {
  id: 'secret-access-removed',
  severity: 'medium',
  finds: 'an account can no longer read a secret: instances that use the secret can no longer start',
  remedy: 'keep the grant until no revision with traffic uses the secret',
  find: (plan) => {
    const granted = new Set(plan.changes.flatMap(({ after }) => (after ? accessors(after) : [])).map(key));
    return plan.changes.flatMap((change) => removed(change, granted, plan));
  },
  example: {
    found: planOf(unchanged(API, service(RUNNING_AS_API)), destroyed(GRANT, DB_PASSWORD)),
    notFound: planOf(
      unchanged(API, service(RUNNING_AS_API)),
      destroyed(GRANT, DB_PASSWORD),
      created('google_secret_manager_secret_iam_binding.db-password', {
        secret_id: 'projects/acme-prod/secrets/db-password',
        role: ACCESSOR,
        members: [DB_PASSWORD.member],
      }),
    ),
  },
};

interface Accessor {
  /** A secret, or all secrets of a project. */
  readonly of: string;
  readonly member: string;
}

function removed(change: Change, granted: ReadonlySet<string>, { services }: ReviewedPlan): readonly Found[] {
  const gone = (change.before ? accessors(change.before) : []).filter((accessor) => !granted.has(key(accessor)));
  return gone.flatMap(({ of, member }) => {
    const users = services.filter(({ before }) => `serviceAccount:${known(before?.service.serviceAccount)}` === member);
    // If the services that used the secret are destroyed too, no service needs it.
    if (users.length > 0 && users.every(({ after }) => after === undefined)) return [];
    const running = users.length === 0 ? '' : `; ${series(users.map(({ name }) => name))} runs as that account`;
    return [{ address: change.address, message: `${member} can no longer read ${of}${running}` }];
  });
}

function key({ of, member }: Accessor): string {
  return `${of} ${member}`;
}

/** The secrets that one IAM resource lets members read. */
function accessors({ type, values }: Resource): readonly Accessor[] {
  const [, on, form] = /^google_(secret_manager_secret|project)_iam_(member|binding|policy)$/.exec(type) ?? [];
  if (on === undefined) return [];
  const of =
    on === 'project'
      ? `every secret of ${shown(values.project)}`
      : `the secret ${lastSegment(shown(values.secret_id))}`;
  return members(values, form ?? '').map((member) => ({ of, member }));
}

function members(values: Values, form: string): readonly string[] {
  if (form === 'policy')
    return blocks(policy(values.policy_data).bindings).flatMap((binding) => members(binding, 'binding'));
  if (shown(values.role) !== ACCESSOR || blocks(values.condition).some((condition) => known(block(condition).title)))
    return [];
  return list(form === 'member' ? [values.member] : values.members).map(shown);
}

function policy(data: Value): Values {
  try {
    const parsed: unknown = JSON.parse(known(data) ?? '{}');
    return isValues(parsed) ? parsed : {};
  } catch {
    return {};
  }
}
