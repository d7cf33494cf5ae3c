import type { IConstruct } from 'constructs';
import type { Origin } from './finding';

const origins = new WeakMap<IConstruct, Origin>();

/** Says from which part of another construct's props a construct was made. */
export function madeFrom(construct: IConstruct, origin: Origin): void {
  origins.set(construct, origin);
}

/** A place in the props of a construct, as a place in the props that somebody wrote. */
export function writtenAt({ subject, path }: Origin): Origin {
  const origin = origins.get(subject);
  return origin ? writtenAt({ subject: origin.subject, path: [...origin.path, ...path] }) : { subject, path };
}
