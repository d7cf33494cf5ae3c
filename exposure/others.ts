/** Who may be let in besides those who are known to be: nobody, some, or perhaps everybody. */
export type Others = 'none' | 'some' | 'perhaps everybody';

/** Principals that stand for everybody. */
export const EVERYBODY = /^all(Authenticated)?Users\b/;

/** Who may be among those whom grants let in, if it cannot be told whether they do. */
export function othersAmong(grants: readonly { readonly principal: string }[]): Others {
  if (grants.length === 0) return 'none';
  const anybody = grants.some(({ principal }) => EVERYBODY.test(principal) || principal.startsWith('('));
  return anybody ? 'perhaps everybody' : 'some';
}

/** The wider of two. */
export function wider(one: Others, other: Others = 'none'): Others {
  const order: readonly Others[] = ['none', 'some', 'perhaps everybody'];
  return order.indexOf(one) >= order.indexOf(other) ? one : other;
}
