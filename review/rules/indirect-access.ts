import { type Change, callerWords, isGooglesOwn, known, lastSegment } from '../../exposure';
import { API, created, invoker, planOf, service, unchanged } from '../fragment';
import {
  callersOf,
  type GrantedPower,
  grantedPowers,
  isPowerful,
  memberName,
  powerKey,
  servicesByAccount,
} from '../granted-power';
import type { ReviewedPlan } from '../reviewed-plan';
import type { Found, Rule } from '../rule';

const CALLER = 'caller@acme-prod.iam.gserviceaccount.com';
const OTHER = 'reports@acme-prod.iam.gserviceaccount.com';
const TOKENS = 'google_service_account_iam_member.caller_tokens';
const called = [
  unchanged(API, service()),
  unchanged('google_cloud_run_v2_service_iam_member.api_caller', invoker(`serviceAccount:${CALLER}`)),
];
const tokenCreator = (account: string) => ({
  service_account_id: `projects/acme-prod/serviceAccounts/${account}`,
  role: 'roles/iam.serviceAccountTokenCreator',
  member: 'domain:example.com',
});

export const indirectAccess: Rule = {
  id: 'indirect-access',
  severity: 'high',
  finds:
    'a principal gets access without being a caller: it may act as an account that may call, gets a key of that account, or may grant access to a service, a project or a folder',
  remedy: 'grant people the right to call directly; let only a few act as an account or set IAM policy',
  find: (plan) => [...powersGained(plan), ...plan.changes.flatMap((change) => keyMade(change, plan))],
  example: {
    found: planOf(
      ...called,
      created(TOKENS, tokenCreator(CALLER)),
      created('google_project_iam_member.contractors', {
        project: 'acme-prod',
        role: 'roles/resourcemanager.projectIamAdmin',
        member: 'group:contractors@example.com',
      }),
    ),
    notFound: planOf(...called, created(TOKENS, tokenCreator(OTHER))),
  },
};

function powersGained(reviewed: ReviewedPlan): readonly Found[] {
  const { plan, after } = reviewed;
  const running = servicesByAccount(reviewed);
  const held = new Set(grantedPowers(plan.before).map(powerKey));
  const accounts = accountsThatMatter(after);
  return (
    grantedPowers(plan.after)
      .filter(
        (power) => !held.has(powerKey(power)) && (!power.account || accounts.has(power.on) || power.on.startsWith('(')),
      )
      // Another rule reports powerful roles of the account of a service.
      .filter(({ member, role, account }) => account || !running.has(member) || !isPowerful(role))
      .map((power) => ({
        address: power.address,
        message: sentence(power, after),
        ...severity(power),
      }))
  );
}

/** The accounts that may call a service, by their addresses. */
function accountsThatMatter(after: ReviewedPlan['after']): ReadonlySet<string> {
  const callers = [...callersOf(after)].map((caller) => /^serviceAccount:(\S+)/.exec(caller)?.[1] ?? '');
  return new Set(callers);
}

function sentence({ member, role, kind, on, account }: GrantedPower, { exposure }: ReviewedPlan['after']): string {
  const who = callerWords(member, exposure.identities);
  if (kind === 'grant') return `${who} may now grant access to services, by ${role} on ${on}`;
  if (!account) return `${who} may now act as every account of ${on}, callers included, by ${role}`;
  const services = exposure.services.filter(({ callers }) =>
    callers.some((caller) => caller.startsWith(`serviceAccount:${on}`)),
  );
  const may =
    services.length === 0 ? 'which may be a caller' : `which may call ${services.map(({ name }) => name).join(', ')}`;
  return `${who} may now act as ${on}, ${may}, by ${role}`;
}

/** Pub/Sub, Eventarc and others make tokens with Google's own accounts, which nobody else can use. */
function severity({ member, kind }: GrantedPower): { readonly severity?: 'critical' | 'low' } {
  if (/^all(Authenticated)?Users\b/.test(member)) return { severity: 'critical' };
  return kind === 'act-as' && isGooglesOwn(member) ? { severity: 'low' } : {};
}

function keyMade({ type, address, before, after }: Change, { after: exposed, plan }: ReviewedPlan): readonly Found[] {
  if (type !== 'google_service_account_key' || before || !after) return [];
  const target = after.values.service_account_id;
  const account =
    known(target) === undefined
      ? memberName(target as Parameters<typeof memberName>[0], plan.after).replace(/^serviceAccount:/, '')
      : lastSegment(known(target) ?? '');
  if (!accountsThatMatter(exposed).has(account)) return [];
  return [{ address, message: `a key of ${account}, which may call, is created: whoever holds it may call` }];
}
