/** Who may be let in besides the known callers: nobody, some, or perhaps everybody. */
export type Others = 'none' | 'some' | 'perhaps everybody';

/** Principals that stand for everybody. */
export const EVERYBODY = /^all(Authenticated)?Users\b/;

/** Who may be let in by grants if it is not known whether they let anybody in. */
export function othersAmong(grants: readonly { readonly principal: string }[]): Others {
  if (grants.length === 0) return 'none';
  const anybody = grants.some(({ principal }) => EVERYBODY.test(principal) || principal.startsWith('('));
  return anybody ? 'perhaps everybody' : 'some';
}

export function wider(one: Others, other: Others = 'none'): Others {
  const order: readonly Others[] = ['none', 'some', 'perhaps everybody'];
  return order.indexOf(one) >= order.indexOf(other) ? one : other;
}
