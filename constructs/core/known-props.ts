import type { IConstruct } from 'constructs';
import type { Addresses } from './addresses';
import { isToken } from './literal';

type Path = readonly (string | number)[];

interface Refusing {
  readonly refuse: (path: Path, reason: string) => void;
  readonly deciding: RegExp;
}

/**
 * The props without cdktf tokens in two places: as the key of a map, and in a prop whose value decides which arguments are written.
 * Each removed token becomes a finding.
 * @param deciding matches the dotted paths of the props that decide; a token in another prop is passed on to Terraform
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
    refusing.refuse(path, 'it decides which arguments are written');
    return undefined;
  }
  if (Array.isArray(value)) {
    const copy = value.map((item, index) => known(item, [...path, index], refusing));
    return copy.every((item, index) => item === value[index]) ? value : copy;
  }
  // An object that is not plain is a construct or another value that does not belong to the props.
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  const entries = Object.entries(value);
  const named = entries.filter(([key]) => !isToken(key));
  if (named.length < entries.length) refusing.refuse(path, 'a key must be known before synth');
  const copy = named.map(([key, item]) => [key, known(item, [...path, key], refusing)] as const);
  const isSame = copy.length === entries.length && copy.every(([, item], index) => item === entries[index]?.[1]);
  return isSame ? value : Object.fromEntries(copy);
}
