import type { Environment } from './environment';
import type { Origin } from './finding';
import type { NamedServiceAccount } from './identity-props';
import { isToken } from './literal';
import { lookedUpProjectNumber } from './project-number';
import { expressionOf } from './token';

/** An account made for one service or trigger that names none. */
export interface OwnAccount {
  readonly accountId: string;
  readonly displayName: string;
  /** What the addresses of the account and its grants begin with. */
  readonly prefix: string;
}

/** The service agents of Google's products, by the domain of their email addresses (IAM, "Service agents"). */
const SERVICE_AGENTS = { pubsub: 'gcp-sa-pubsub', storage: 'gs-project-accounts' } as const;
export type ServiceAgent = keyof typeof SERVICE_AGENTS;

/** Which account it is, and what creates it. */
export interface Account {
  readonly email: string;
  /** The email address as an argument, if only Terraform knows it. */
  readonly reference?: string;
  /** What the addresses of the account and its grants begin with. */
  readonly prefix: string;
  readonly create?: { readonly accountId: string; readonly displayName: string };
  readonly origin: Origin;
}

/** The account of one service or trigger. */
export function ownAccount(
  { accountId, displayName, prefix }: OwnAccount,
  environment: Environment,
  origin: Origin,
): Account {
  return {
    email: emailOf(accountId, environment.props.project),
    prefix,
    create: { accountId, displayName: isToken(displayName) ? displayName : displayName.slice(0, 100) },
    origin,
  };
}

/** The account that the props name: a shared one, or an existing one. */
export function wantedAccount(wanted: string | NamedServiceAccount, environment: Environment, origin: Origin): Account {
  return typeof wanted === 'string' ? existingAccount(wanted, environment) : sharedAccount(wanted, environment, origin);
}

function sharedAccount({ name, displayName }: NamedServiceAccount, environment: Environment, origin: Origin): Account {
  const named = { ...origin, path: [...origin.path, 'serviceAccount'] };
  return {
    email: emailOf(name, environment.props.project),
    prefix: environment.addresses.part(name, named),
    create: { accountId: name, displayName: displayName ?? name },
    origin: named,
  };
}

/** Replaces the project's number in the default account's email address if only Terraform knows it. */
const UNKNOWN_NUMBER = 'unknown';

function defaultAccount(projectNumber: string): string {
  return `${projectNumber}-compute@developer.gserviceaccount.com`;
}

function existingAccount(wanted: string, environment: Environment): Account {
  const origin = { subject: environment.stack, path: [] };
  const { projectNumber = UNKNOWN_NUMBER } = environment.props;
  const email = wanted === 'default' ? defaultAccount(projectNumber) : isToken(wanted) ? wanted : wanted.toLowerCase();
  // Without the argument, the service would keep its earlier account.
  const reference = isKnownToTerraformAlone(email) ? defaultAccount(lookedUpProjectNumber(environment)) : undefined;
  return { email, reference, prefix: environment.addresses.part(email.split('@')[0] ?? email, origin), origin };
}

/** Whether this is the default account of a project whose number only Terraform knows, so that nothing can be granted to it here. */
export function isKnownToTerraformAlone(email: string): boolean {
  return email === defaultAccount(UNKNOWN_NUMBER);
}

/** The service agent of a Google product in the environment's project; undefined if the project's number is not known. */
export function agentAccount(agent: ServiceAgent, { props, stack }: Environment): Account | undefined {
  if (props.projectNumber === undefined) return undefined;
  const email = `service-${props.projectNumber}@${SERVICE_AGENTS[agent]}.iam.gserviceaccount.com`;
  return { email, prefix: `${agent}_agent`, origin: { subject: stack, path: ['projectNumber'] } };
}

/** An email address, or the expression of a token for one: two tokens for the same account have different texts. */
export function identityOf({ stack }: Environment, email: string): string {
  return isToken(email) ? (expressionOf(stack, email) ?? email) : email;
}

/** The construct id of a shared or existing account. */
export function constructIdOf({ email, prefix }: Account): string {
  return isToken(email) ? prefix : email || 'none';
}

/** The email address of an account. A project id with a domain (`example.com:acme`) is reversed in it (`acme.example.com`). */
export function emailOf(accountId: string, project: string): string {
  return `${accountId}@${project.split(':').reverse().join('.')}.iam.gserviceaccount.com`;
}
