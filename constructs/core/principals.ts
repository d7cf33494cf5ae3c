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
  /** What Terraform creates; nothing for an existing account. */
  readonly resource?: object;
}

/** The principals that a stack grants something to, and which of them are accounts that it creates itself. */
export class Principals {
  constructor(private readonly stack: IConstruct) {}

  private readonly accounts = new Map<string, Account>();
  private readonly waiting = new Map<string, ((member: string) => void)[]>();

  /**
   * Hands `set` the principal as Terraform is to see it: a reference where it is an account that this stack creates,
   * now or later, so that Terraform knows the order.
   */
  bind(principal: string, set: (member: string) => void): void {
    const member = this.canonical(principal);
    const account = this.accounts.get(member.slice('serviceAccount:'.length));
    const created = account?.resource ? account.member : undefined;
    set(created ?? member);
    if (!created && member.startsWith('serviceAccount:')) cached(this.waiting, member, () => []).push(set);
  }

  /**
   * A principal in the one form that it has among others: see `normalizePrincipal`. A token that refers to an account of this stack
   * becomes its address, so that it is the same as the account's own.
   */
  canonical(principal: string): string {
    if (!isToken(principal)) return normalizePrincipal(principal);
    const expression = expressionOf(this.stack, principal);
    for (const { email, member, reference } of this.accounts.values()) {
      if (expression === member || expression === `serviceAccount:${reference}`) return `serviceAccount:${email}`;
    }
    return principal;
  }

  /** Makes an account known; what was granted to its email address before then refers to it, if it is created here. */
  add(account: Account): void {
    this.accounts.set(account.email, account);
    if (!account.resource) return;
    for (const set of this.waiting.get(`serviceAccount:${account.email}`) ?? []) set(account.member);
    this.waiting.delete(`serviceAccount:${account.email}`);
  }
}
