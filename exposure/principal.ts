import type { Inventory } from '../terraform-json/resource';
import { known, type Value } from '../terraform-json/value';

/** A principal as IAM compares it: an email address or domain in lower case. */
export function principalName(member: string): string {
  const [, kind, rest] = /^(user|serviceAccount|group|domain):(.*)$/.exec(member) ?? [];
  return kind === undefined || rest === undefined ? member : `${kind}:${rest.toLowerCase()}`;
}

/** Splits a caller of a report into the principal and the condition under which it may call. */
export function splitCondition(principal: string): { readonly name: string; readonly condition?: string } {
  const at = principal.indexOf(CONDITION);
  return at === -1
    ? { name: principal }
    : { name: principal.slice(0, at), condition: principal.slice(at + CONDITION.length) };
}

/** The text between a principal and its condition in a report. */
const CONDITION = ' if ';

/** A principal with the condition under which it may call, if there is one. */
export function withCondition(principal: string, condition: string | undefined): string {
  return condition === undefined ? principal : principal + CONDITION + condition;
}

/** The email address of the service account to which an unknown value refers, if it is one account and its parts are known. */
export function accountEmail(value: Value, inventory: Inventory): string | undefined {
  const accounts = inventory.named(value, 'google_service_account');
  const account = accounts.length === 1 ? accounts[0] : undefined;
  if (!account) return undefined;
  const email = known(account.values.email);
  const id = known(account.values.account_id);
  const project = inventory.projectOf(account);
  return email ?? (id !== undefined && project !== undefined ? `${id}@${project}.iam.gserviceaccount.com` : undefined);
}
