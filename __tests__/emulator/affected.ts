import type { Configuration } from './harness';

/**
 * The addresses that a change may plan otherwise than before; undefined for all. They are the resources whose configuration changes, what
 * refers to them, and what all these refer to. Terraform plans every other resource from the same configuration, state and references.
 */
export function affected(before: Configuration, after: Configuration): ReadonlySet<string> | undefined {
  if (frameOf(before) !== frameOf(after) || after.moved || after.removed) return undefined;
  const [old, next] = [resourcesOf(before), resourcesOf(after)];
  const addresses = [...new Set([...old.keys(), ...next.keys()])];
  const references = new Map(
    addresses.map((address) => [address, referencesIn(`${old.get(address)} ${next.get(address)}`)]),
  );
  const found = new Set(addresses.filter((address) => old.get(address) !== next.get(address)));
  addAll(found, (address) => addresses.filter((other) => references.get(other)?.includes(address)));
  addAll(found, (address) => references.get(address) ?? []);
  return found;
}

/** The configuration of the affected resources alone. Outputs are left out: they may refer to the others. */
export function onlyAffected(configuration: Configuration, addresses: ReadonlySet<string> | undefined): Configuration {
  if (addresses === undefined) return configuration;
  const { output: _, resource = {}, ...rest } = configuration;
  const kept = Object.entries(resource).flatMap(([type, named]) => {
    const own = Object.entries(named).filter(([name]) => addresses.has(`${type}.${name}`));
    return own.length > 0 ? [[type, Object.fromEntries(own)]] : [];
  });
  return { ...rest, ...(kept.length > 0 && { resource: Object.fromEntries(kept) }) };
}

/** Everything but the resources and outputs. */
function frameOf({ resource: _, output: __, ...frame }: Configuration): string {
  return JSON.stringify(frame);
}

function resourcesOf({ resource = {} }: Configuration): Map<string, string> {
  const all = Object.entries(resource).flatMap(([type, named]) =>
    Object.entries(named).map(([name, body]) => [`${type}.${name}`, JSON.stringify(body)] as const),
  );
  return new Map(all);
}

function referencesIn(text: string): string[] {
  return [...text.matchAll(/\bgoogle_\w+\.[\w-]+/g)].map(([address]) => address);
}

/** Adds what follows from the members of a set, and what follows from that. A set that grows is iterated to its end. */
function addAll(found: Set<string>, following: (address: string) => readonly string[]): void {
  for (const address of found) for (const other of following(address)) found.add(other);
}
