import { accountIdOf, triggerAccountIdOf } from '../constructs/core/account-id';
import type { IdentityProps } from '../constructs/core/identity-props';
import type { Target } from './environment';
import { type Found, type Inventory, isEmpty, type Remark } from './found';
import type { AdoptedService } from './services';

const ACCOUNT = 'google_service_account';

/** The account that the file makes by default. */
interface OwnAccount {
  readonly accountId: string;
  readonly displayName: string;
}

/** Writes the account as which a service runs, and the roles of the account on the project. */
export function adoptIdentity(
  service: AdoptedService,
  services: readonly AdoptedService[],
  inventory: Inventory,
  target: Target,
  leftOut: Remark[],
): void {
  const email = accountOf(service);
  // If several services run as one account, none of them makes it.
  const isShared = services.filter((each) => accountOf(each) === email).length > 1;
  const own = isShared
    ? undefined
    : { accountId: accountIdOf(service.name), displayName: `Cloud Run service ${service.name}` };
  const wanted = serviceAccount(email, own, inventory, target, leftOut);
  if (wanted !== undefined) service.props.serviceAccount = wanted;
  if (typeof wanted === 'string' || email === undefined) return;
  const roles = rolesOf(email, inventory, target).filter((role) => !isImplied(role, service));
  if (roles.length > 0) service.props.roles = roles;
}

/** The account of a trigger; undefined if it is the one that the trigger gets by default. */
export function triggerAccount(
  email: string | undefined,
  names: { readonly service: string; readonly word: string; readonly product: string; readonly trigger: string },
  inventory: Inventory,
  target: Target,
  leftOut: Remark[],
): IdentityProps['serviceAccount'] {
  const accountId = triggerAccountIdOf(names.service, names.word, names.trigger);
  const displayName = `${names.product} ${names.trigger} of ${names.service}`.slice(0, 100);
  return serviceAccount(email, { accountId, displayName }, inventory, target, leftOut);
}

/** The email address of the account that a service runs as; undefined for the default account. */
export function accountOf({ found: [{ values }] }: AdoptedService): string | undefined {
  const [template] = Array.isArray(values.template) ? values.template : [values.template];
  const email: unknown = template?.service_account;
  return typeof email === 'string' && email !== '' ? email : undefined;
}

function serviceAccount(
  email: string | undefined,
  own: OwnAccount | undefined,
  { resources }: Inventory,
  { project }: Target,
  leftOut: Remark[],
): IdentityProps['serviceAccount'] {
  if (email === undefined || /^\d+-compute@developer\.gserviceaccount\.com$/.test(email)) return 'default';
  const found = resources.find(({ type, values }) => type === ACCOUNT && values.email === email);
  if (found === undefined || found.values.project !== project) return email;
  const more = ['description', 'disabled'].filter((key) => !isEmpty(found.values[key]));
  if (more.length > 0) {
    const text = `has ${more.join(' and ')}, which services.yaml cannot express: the account stays where it is, and is named by its address`;
    leftOut.push({ about: found.source, text });
    return email;
  }
  if (isEmpty(found.values.display_name)) {
    leftOut.push({
      about: found.source,
      text: 'has no display name: the account stays where it is, and is named by its address',
    });
    return email;
  }
  return asWritten(found, own);
}

function asWritten({ values }: Found, own: OwnAccount | undefined): IdentityProps['serviceAccount'] {
  const name = String(values.account_id);
  const displayName = String(values.display_name);
  if (name === own?.accountId && displayName === own.displayName) return undefined;
  return displayName === name ? { name } : { name, displayName };
}

function rolesOf(email: string, { grants }: Inventory, { project }: Target): string[] {
  const own = grants.filter(
    ({ target, member, condition }) =>
      target === project && member.toLowerCase() === `serviceAccount:${email}`.toLowerCase() && condition === undefined,
  );
  return [...new Set(own.map(({ role }) => role))].sort();
}

/** Whether another key of the service grants the role already. */
function isImplied(role: string, { props }: AdoptedService): boolean {
  if (role === 'roles/cloudsql.client') return props.cloudSqlInstances !== undefined;
  return role === 'roles/eventarc.eventReceiver' && props.events !== undefined;
}
