import type { TerraformResource } from 'cdktf';
import { cached } from './cached';
import type { Environment } from './environment';
import type { Origin } from './finding';
import { isToken } from './literal';
import { sortedSet } from './order';
import { withoutStackTraces } from './stack-traces';

/** A principal that gets a grant. */
interface GrantedPrincipal {
  /** The principal in its canonical form. */
  readonly member: string;
  /** Its part of addresses. */
  readonly part: string;
  /** A key that differs for each principal: the principal, or for a token its part of addresses. */
  readonly key: string;
}

/** A principal in the forms that a grant needs. */
export function grantedPrincipal(
  { addresses, principals }: Environment,
  principal: string,
  origin: Origin,
): GrantedPrincipal {
  const member = principals.canonical(principal);
  const part = addresses.part(member, origin);
  return { member, part, key: isToken(member) ? part : member };
}

/** The grants of one role on one resource: each principal gets one. */
export class Grants<Grant extends TerraformResource & { member: string }> {
  /** The grants by principal; the key of a token is its part of addresses. */
  readonly byPrincipal = new Map<string, Grant>();

  /** @param make makes a grant and gives it its address */
  constructor(
    private readonly environment: Environment,
    private readonly make: (principal: GrantedPrincipal, origin: Origin) => Grant,
  ) {}

  /** The grant to a principal. The first call for a principal makes it. */
  to(principal: string, origin: Origin): Grant {
    const granted = grantedPrincipal(this.environment, principal, origin);
    return cached(this.byPrincipal, granted.key, () => {
      const grant = withoutStackTraces(() => this.make(granted, origin));
      this.environment.principals.bind(granted.member, (written) => {
        grant.member = written;
      });
      return grant;
    });
  }

  /** Makes the grants to several principals. Their order does not matter. */
  toEach(principals: readonly string[], origin: Origin): void {
    const members = principals.map((principal) => this.environment.principals.canonical(principal));
    for (const member of sortedSet(members)) this.to(member, origin);
  }
}
