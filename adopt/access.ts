import { ACCESSOR_ROLE } from '../constructs/core/identity-aware-proxy';
import { ALL_AUTHENTICATED_USERS, ALL_USERS, INVOKER_ROLE, principalProblem } from '../constructs/core/principal';
import type { Grant, Inventory, Remark } from './found';
import type { AdoptedService } from './services';

/** Writes who may call a service and who has other roles on it. `implied` are members that get their grant from another key of the file. */
export function adoptAccess(
  service: AdoptedService,
  { grants }: Inventory,
  implied: ReadonlySet<string>,
  leftOut: Remark[],
): void {
  const ids = new Set(service.found.map(({ id }) => id));
  const own = grants.filter(({ target }) => ids.has(target)).filter((grant) => isExpressible(grant, leftOut));
  const onRole = (role: string) => own.filter((grant) => grant.role === role);
  const proxied = service.found.some(({ values }) => values.iap_enabled === true);
  if (proxied) service.props.iap = { members: passing(service, grants, leftOut) };
  const invokers = onRole(INVOKER_ROLE).filter(({ member }) => !(proxied && IAP_AGENT.test(member)));
  const members = [...new Set(invokers.map(({ member }) => member))].sort();
  const checkIsOff = service.found.some(({ values }) => values.invoker_iam_disabled === true);
  const named = members.filter((member) => member !== ALL_USERS && !implied.has(member));
  const others = [...new Set(own.map(({ role }) => role))].filter((role) => role !== INVOKER_ROLE).sort();
  if (checkIsOff || members.includes(ALL_USERS)) service.props.access = 'public';
  if (checkIsOff) service.props.invokerIamCheck = false;
  if (named.length > 0 && service.props.access !== 'public') service.props.invokers = named;
  else
    for (const member of named)
      leftOut.push({
        about: `${service.key}: ${INVOKER_ROLE} of ${member}`,
        text: 'has no effect while anyone may call the service; the grant stays as it is',
      });
  if (invokers.some(({ authoritative }) => authoritative)) service.props.invokerPolicy = 'authoritative';
  if (others.length > 0) {
    service.props.iam = Object.fromEntries(
      others.map((role) => [role, [...new Set(onRole(role).map(({ member }) => member))].sort()]),
    );
  }
}

/** The account with which Identity-Aware Proxy calls a service; `iap` grants it access. */
const IAP_AGENT = /@gcp-sa-iap\.iam\.gserviceaccount\.com$/;

/** The members that pass Identity-Aware Proxy in front of a service. */
function passing(service: AdoptedService, grants: readonly Grant[], leftOut: Remark[]): string[] {
  const proxies = service.found.map(({ id }) => id.replace(/\/locations\/([^/]+)\//, '/iap_web/cloud_run-$1/'));
  const granted = grants.filter(({ target, role }) => proxies.includes(target) && role === ACCESSOR_ROLE);
  return [...new Set(granted.filter((grant) => isExpressible(grant, leftOut)).map(({ member }) => member))].sort();
}

/** Whether the file can express a grant: it cannot express conditions, or members that were deleted. */
function isExpressible({ role, member, condition, target, source }: Grant, leftOut: Remark[]): boolean {
  const about = `${source}: ${role} of ${member} on ${target}`;
  if (condition !== undefined) {
    leftOut.push({
      about,
      text: `has the condition '${condition}', which services.yaml cannot express; it is not changed`,
    });
    return false;
  }
  if (member === ALL_USERS && role === INVOKER_ROLE) return true;
  const problem = member === ALL_AUTHENTICATED_USERS ? undefined : principalProblem(member);
  if (problem === undefined) return true;
  leftOut.push({ about, text: `${problem.message}; it stays as it is` });
  return false;
}
