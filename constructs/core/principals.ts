import type { IConstruct } from 'constructs';
import { cached } from './cached';
import { isToken } from './literal';
import { normalizePrincipal } from './principal';
import { expressionOf } from './token';

/** A service account as a principal. */
interface Account {
  readonly email: string;
  /** The account as a principal: a reference where it is created in this stack. */
  readonly member: string;
  /** Its address as an argument: a reference where it is created in this stack. */
  readonly reference: string;
  /** The `google_service_account` that Terraform creates; undefined for an existing account. */
  readonly resource?: object;
}

/** The principals that get grants in a stack. Some of them are accounts that the stack creates. */
export class Principals {
  constructor(private readonly stack: IConstruct) {}

  private readonly accounts = new Map<string, Account>();
  private readonly waiting = new Map<string, ((member: string) => void)[]>();

  /**
   * Calls `set` with the principal as Terraform gets it: a reference if this stack creates the account, now or later, so that
   * Terraform knows the order.
   */
  bind(principal: string, set: (member: string) => void): void {
    const member = this.canonical(principal);
    const account = this.accounts.get(member.slice('serviceAccount:'.length));
    const created = account?.resource ? account.member : undefined;
    set(created ?? member);
    if (!created && member.startsWith('serviceAccount:')) cached(this.waiting, member, () => []).push(set);
  }

  /**
   * A principal in a form that can be compared: see `normalizePrincipal`. A token that refers to an account of this stack becomes the
   * principal with the account's email address.
   */
  canonical(principal: string): string {
    if (!isToken(principal)) return normalizePrincipal(principal);
    const expression = expressionOf(this.stack, principal);
    for (const { email, member, reference } of this.accounts.values()) {
      if (expression === member || expression === `serviceAccount:${reference}`) return `serviceAccount:${email}`;
    }
    return principal;
  }

  /** Adds an account. If the stack creates it, earlier grants to its email address now refer to it. */
  add(account: Account): void {
    this.accounts.set(account.email, account);
    if (!account.resource) return;
    for (const set of this.waiting.get(`serviceAccount:${account.email}`) ?? []) set(account.member);
    this.waiting.delete(`serviceAccount:${account.email}`);
  }
}
