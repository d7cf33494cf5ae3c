import type { IConstruct } from 'constructs';
import type { Origin } from './finding';

const origins = new WeakMap<IConstruct, Origin>();

/** Records the part of another construct's props from which a construct was made. */
export function madeFrom(construct: IConstruct, origin: Origin): void {
  origins.set(construct, origin);
}

/** Turns a place in the props of a construct into the place in the props that the user wrote. */
export function writtenAt({ subject, path }: Origin): Origin {
  const origin = origins.get(subject);
  return origin ? writtenAt({ subject: origin.subject, path: [...origin.path, ...path] }) : { subject, path };
}
