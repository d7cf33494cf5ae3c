import type { Entry } from './report';
import type { Service } from './service';

/** What is not known about a service, one sentence each: lower case, no full stop. */
export function doubtsOf(service: Service, entries: readonly Entry[]): readonly string[] {
  const own = entries.filter(({ via }) => via === 'run.app');
  const doubts = [
    ...(service.managed ? [] : ['its grants are not in this stack']),
    ...(service.ingress.startsWith('(') ? [`its ingress is ${service.ingress}`] : []),
    ...(service.gateKnown ? [] : ['whether it asks who calls is not known']),
    ...unfollowed(entries).map((address) => `whether ${address} leads to it is not known`),
    ...(entries.some(({ callers }) => callers.some(isUnseen)) ? ['who else may call is not known'] : []),
    ...(entries.some((entry) => !own.includes(entry) && entry.authentication === '(known after apply)')
      ? ['what a caller of a load balancer has to prove is not known']
      : []),
  ];
  return [...new Set(doubts)];
}

function isUnseen(caller: string): boolean {
  return caller.startsWith('(known') || caller.startsWith('(sens');
}

/** Whether it is not known that an entry leads to the service, and not only what the ingress is. */
function isUnfollowed({ via, from }: Entry): boolean {
  return via !== 'run.app' && from === '(known after apply)';
}

function unfollowed(entries: readonly Entry[]): readonly string[] {
  return [...new Set(entries.filter(isUnfollowed).flatMap(({ through }) => through[0] ?? []))];
}
