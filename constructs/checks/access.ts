import { isToken } from '../core/literal';
import { sortedEntries } from '../core/order';
import { ALL_AUTHENTICATED_USERS, ALL_USERS, INVOKER_ROLE, principalProblem } from '../core/principal';
import { serviceWithKey } from '../core/service';
import type { CloudRunService } from '../service/cloud-run-service';
import { type Check, exampleFile, type Problem, untilRefused } from './check';

const ROLE = /^(?:roles\/[A-Za-z0-9_.]+|(?:projects|organizations)\/[^/]+\/roles\/[A-Za-z0-9_.]+)$/;

const BASIC_ROLES = ['roles/owner', 'roles/editor', 'roles/viewer'];

/** Contradictions and mistakes in the settings of who may call a service. */
export const accessChecks: readonly Check<CloudRunService>[] = [
  {
    code: 'principal-syntax',
    severity: 'error',
    summary:
      'A principal is written as IAM writes it: its kind, a colon and its name. The provider accepts any `x:y` and IAM refuses it at apply (provider documentation, `member`).',
    example: exampleFile('api: {invokers: [developer@example.com, "User:other@example.com"]}'),
    *find(service) {
      for (const { principal, path } of namedPrincipals(service)) {
        if (isToken(principal) || isEverybody(principal)) continue;
        const problem = principalProblem(principal);
        if (problem) yield { path, ...problem, ...(path[0] === 'invokers' && remedyForService(service, principal)) };
      }
    },
  },
  {
    code: 'all-users-as-invoker',
    severity: 'error',
    summary:
      'Only `access: public` makes a service public, so that there is one place to look for it. `allUsers` among the principals is refused.',
    example: exampleFile('api: {invokers: [allUsers]}'),
    *find(service) {
      for (const { principal, path } of namedPrincipals(service)) {
        // Identity-Aware Proxy refuses every invoker. One finding covers all of them.
        if (!isEverybody(principal) || (path[0] === 'invokers' && service.props.iap)) continue;
        const remedy =
          path[0] === 'invokers' ? "write 'access: public' instead" : 'name the principals that need the role';
        yield { path, message: `'${principal}' is everybody on the internet`, remedy };
      }
    },
  },
  {
    code: 'public-with-invokers',
    severity: 'error',
    summary: '`invokers` do not restrict a public service: everybody may call it already.',
    example: exampleFile('api: {access: public, invokers: ["group:support@example.com"]}'),
    *find({ props: { access, iap, invokers = [] } }) {
      if (access !== 'public' || invokers.length === 0 || iap) return;
      yield {
        path: ['access'],
        message: `access is public, so ${invokers.length === 1 ? `the invoker '${invokers[0]}' restricts` : `the ${invokers.length} invokers restrict`} nothing`,
        remedy: "remove 'access: public' or 'invokers'",
      };
    },
  },
  {
    code: 'invoker-check-off-on-private',
    severity: 'error',
    summary:
      'Without the invoker check everybody may call a service, also if it has `invokers`. So `invokerIamCheck: false` is refused on a private service.',
    example: exampleFile('api: {invokerIamCheck: false}'),
    *find({ props: { access, iap, invokerIamCheck } }) {
      if (invokerIamCheck !== false || access === 'public') return;
      yield {
        path: ['invokerIamCheck'],
        message: 'invokerIamCheck is false on a private service, which opens it to everybody',
        remedy: iap ? 'remove invokerIamCheck' : "write 'access: public' if that is meant, else remove invokerIamCheck",
      };
    },
  },
  {
    code: 'two-owners-of-invoker',
    severity: 'error',
    summary:
      'Only `access` and `invokers` grant the invoker role. If `iam` granted it too, one setting could remove the grants of the other.',
    example: exampleFile('api: {iam: {roles/run.invoker: ["group:support@example.com"]}}'),
    *find({ props: { iam } }) {
      if (!iam || !Object.hasOwn(iam, INVOKER_ROLE)) return;
      yield {
        path: ['iam', INVOKER_ROLE],
        message: `'${INVOKER_ROLE}' is granted by 'invokers' already`,
        remedy: "move the principals to 'invokers'",
      };
    },
  },
  {
    code: 'any-google-account',
    severity: 'warning',
    summary:
      '`allAuthenticatedUsers` is everybody with a Google account, in any organization. This is nearly public, although a token is needed.',
    example: exampleFile('api: {invokers: [allAuthenticatedUsers]}'),
    *find(service) {
      for (const { principal, path } of namedPrincipals(service)) {
        if (principal !== ALL_AUTHENTICATED_USERS) continue;
        const message = "'allAuthenticatedUsers' is anybody with a Google account";
        yield { path, message, remedy: 'name a domain, a group or an account unless that is meant' };
      }
    },
  },
  {
    code: 'basic-role',
    severity: 'warning',
    summary:
      'The basic roles contain thousands of permissions, far more than a service or its developers need (IAM, "Basic roles").',
    example: exampleFile('api: {roles: [roles/editor]}'),
    *find(service) {
      for (const { role, path } of namedRoles(service)) {
        if (!BASIC_ROLES.includes(role)) continue;
        yield { path, message: `'${role}' is a basic role`, remedy: 'name the predefined role that is needed' };
      }
    },
  },
  {
    code: 'invoker-on-project',
    severity: 'warning',
    summary:
      '`roles` are granted on the whole project, so `roles/run.invoker` there lets the service call every service of the project.',
    example: exampleFile('web: {roles: [roles/run.invoker]}'),
    *find(service) {
      for (const [index, role] of (service.props.roles ?? []).entries()) {
        if (role !== INVOKER_ROLE) continue;
        const message = `'${role}' on the project lets '${service.node.id}' call every service in it`;
        yield { path: ['roles', index], message, remedy: "write 'calls' with the services that it calls" };
      }
    },
  },
  {
    code: 'role-syntax',
    severity: 'error',
    summary:
      'A role is written in full: `roles/NAME`, `projects/P/roles/NAME` or `organizations/O/roles/NAME` (IAM, "Understanding roles").',
    example: exampleFile('api: {iam: {run.developer: ["group:support@example.com"]}}'),
    *find(service) {
      for (const { role, path } of namedRoles(service)) {
        if (isToken(role) || ROLE.test(role)) continue;
        const remedy = /^[\w.]+$/.test(role) ? `write 'roles/${role}'` : "write it like 'roles/run.developer'";
        yield { path, message: `'${role}' is not a role`, remedy };
      }
    },
  },
];

/** What to write if another service shall call this one. */
function remedyForService(service: CloudRunService, name: string): { remedy: string } | undefined {
  // The stack's services may depend on a refused prop. Then the finding does not name the service.
  const [caller] = untilRefused(() => [serviceWithKey(service.environment, name)]);
  return caller && { remedy: `write 'calls: [${service.node.id}]' in '${name}'` };
}

/** Every role in a service's props, and every role that `grantRole` gave its account, with its place. */
function namedRoles({ props, serviceAccount }: CloudRunService) {
  const roles: { role: string; path: NonNullable<Problem['path']> }[] = [
    ...(props.roles ?? []).map((role, index) => ({ role, path: ['roles', index] })),
    ...sortedEntries(props.iam).map(([role]) => ({ role, path: ['iam', role] })),
    ...serviceAccount.namedRoles.map((role) => ({ role, path: ['serviceAccount'] })),
  ];
  return roles;
}

function isEverybody(principal: string): boolean {
  return principal.toLowerCase() === ALL_USERS.toLowerCase();
}

/** Every principal in a service's props, with its place. */
export function* namedPrincipals({ props, triggers }: CloudRunService): Iterable<{
  principal: string;
  path: NonNullable<Problem['path']>;
}> {
  for (const [index, principal] of (props.invokers ?? []).entries()) yield { principal, path: ['invokers', index] };
  for (const [role, principals] of sortedEntries(props.iam)) {
    for (const [index, principal] of principals.entries()) yield { principal, path: ['iam', role, index] };
  }
  for (const [index, principal] of (props.iap?.members ?? []).entries()) {
    yield { principal, path: ['iap', 'members', index] };
  }
  for (const trigger of triggers) yield* trigger.namedPrincipals;
}
