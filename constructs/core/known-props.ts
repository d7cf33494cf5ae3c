import type { IConstruct } from 'constructs';
import type { Addresses } from './addresses';
import { isToken } from './literal';

type Path = readonly (string | number)[];

interface Refusing {
  readonly refuse: (path: Path, reason: string) => void;
  readonly deciding: RegExp;
}

/**
 * The props without tokens of cdktf where a value has to be known: as the key of a map, and where it is decided by the value what is
 * written. What is taken away is a finding.
 * @param deciding matches the dotted paths of the props that decide; others pass a token on to Terraform
 */
export function knownProps<T extends object>(
  props: T,
  { subject, addresses, deciding = /^$/ }: { subject: IConstruct; addresses: Addresses; deciding?: RegExp },
): T {
  const refuse = (path: Path, reason: string) => addresses.refuseToken({ subject, path }, reason);
  return known(props, [], { refuse, deciding }) as T;
}

function known(value: unknown, path: Path, refusing: Refusing): unknown {
  if (typeof value === 'string') {
    if (!isToken(value) || !refusing.deciding.test(path.join('.'))) return value;
    refusing.refuse(path, 'it is decided by it what is written');
    return undefined;
  }
  if (Array.isArray(value)) {
    const copy = value.map((item, index) => known(item, [...path, index], refusing));
    return copy.every((item, index) => item === value[index]) ? value : copy;
  }
  // What is no plain object is a construct, or something else that is not of the props.
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  const entries = Object.entries(value);
  const named = entries.filter(([key]) => !isToken(key));
  if (named.length < entries.length) refusing.refuse(path, 'a key has to be known before');
  const copy = named.map(([key, item]) => [key, known(item, [...path, key], refusing)] as const);
  const isSame = copy.length === entries.length && copy.every(([, item], index) => item === entries[index]?.[1]);
  return isSame ? value : Object.fromEntries(copy);
}
