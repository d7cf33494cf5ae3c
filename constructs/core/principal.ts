import { isToken } from './literal';

/** The role that lets a principal call a service. */
export const INVOKER_ROLE = 'roles/run.invoker';

/** Everybody, with or without a Google account. */
export const ALL_USERS = 'allUsers';
/** Everybody with a Google account. */
export const ALL_AUTHENTICATED_USERS = 'allAuthenticatedUsers';

const ADDRESS = String.raw`[^\s@:/]+@(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]+`;
const EMAIL = new RegExp(`^${ADDRESS}$`, 'i');
/** The email address of a person or group, never one of a service account. */
const PERSON = new RegExp(`^(?!.*gserviceaccount\\.com$)${ADDRESS}$`, 'i');
const ACCOUNT = new RegExp(`^(?=.*gserviceaccount\\.com$)${ADDRESS}$`, 'i');
const DOMAIN = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$/i;
const FEDERATED = /^\/\/[a-z]+\.googleapis\.com\/\S+$/;

/** The kinds of principals that may be granted a role, and what follows the colon. */
const FORMS: Readonly<Record<string, { pattern: RegExp; example: string }>> = {
  user: { pattern: PERSON, example: 'user:developer@example.com' },
  group: { pattern: PERSON, example: 'group:support@example.com' },
  serviceAccount: { pattern: ACCOUNT, example: 'serviceAccount:batch@acme-prod.iam.gserviceaccount.com' },
  domain: { pattern: DOMAIN, example: 'domain:example.com' },
  principal: { pattern: FEDERATED, example: 'principal://iam.googleapis.com/locations/global/…' },
  principalSet: { pattern: FEDERATED, example: 'principalSet://iam.googleapis.com/locations/global/…' },
};

/** A principal's kind (`user`, `domain` …) and what follows the colon. */
export interface Principal {
  readonly kind: string;
  readonly id: string;
}

/** Splits a principal at its first colon; `allUsers` and `allAuthenticatedUsers` are kinds without an id. */
export function parsePrincipal(text: string): Principal {
  const colon = text.indexOf(':');
  return colon < 0 ? { kind: text, id: '' } : { kind: text.slice(0, colon), id: text.slice(colon + 1) };
}

/**
 * A principal in the form in which the provider compares principals: the text after the first colon in lower case, except for
 * federated identities (resource_iam_member.go, `caseDiffSuppress`).
 */
export function normalizePrincipal(text: string): string {
  if (isToken(text)) return text;
  const { kind, id } = parsePrincipal(text);
  return id === '' || kind.startsWith('principal') ? text : `${kind}:${id.toLowerCase()}`;
}

/** What is wrong with a principal and what to write instead; undefined if its form is right. */
export function principalProblem(text: string): { message: string; remedy: string } | undefined {
  if (text === ALL_AUTHENTICATED_USERS) return undefined;
  const { kind, id } = parsePrincipal(text);
  const form = Object.hasOwn(FORMS, kind) ? FORMS[kind] : undefined;
  if (form?.pattern.test(id)) return undefined;
  if (form) return { message: `'${text}' is not a ${kind}`, remedy: `write it like ${form.example}` };
  return { message: `'${text}' is not a principal`, remedy: `write ${suggestion(text)}` };
}

function suggestion(text: string): string {
  const { kind, id } = parsePrincipal(text);
  const known = [...Object.keys(FORMS), ALL_AUTHENTICATED_USERS].find(
    (name) => name.toLowerCase() === kind.toLowerCase(),
  );
  if (known) return id === '' ? known : `${known}:${id}`;
  if (EMAIL.test(text)) {
    return text.endsWith('.gserviceaccount.com') ? `serviceAccount:${text}` : `user:${text} or group:${text}`;
  }
  if (DOMAIN.test(text)) return `domain:${text}`;
  return `one of ${Object.keys(FORMS).join(':, ')}: and a name, or ${ALL_AUTHENTICATED_USERS}`;
}

/** Who can get the invoker role on a service: a principal as IAM writes it, an object with an `email` or `member`, or a service. */
export type InvokerGrantee =
  | string
  | { readonly email: string }
  | { readonly member: string }
  | { readonly serviceAccount: { readonly email: string } };

/** A grantee as IAM writes it. An `email` counts as that of a service account. */
export function principalOf(grantee: InvokerGrantee): string {
  if (typeof grantee === 'string') return grantee;
  if (!grantee) throw new Error('somebody has to be named who may call the service');
  if ('serviceAccount' in grantee) return `serviceAccount:${grantee.serviceAccount.email}`;
  return 'email' in grantee ? `serviceAccount:${grantee.email}` : grantee.member;
}
