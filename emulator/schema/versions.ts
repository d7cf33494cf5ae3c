import { Refusal } from '../errors';
import { blockFromBindings, boundProviderBlock, type SchemaKind } from './bindings';
import { changed, type SchemaDifference } from './difference';
import newest from './google-7.45.0.json';
import type { Block } from './types';

/** The versions of the google provider that are emulated: that of the bindings, and one that is described by what it has otherwise. */
export type ProviderVersion = '6.50.0' | '7.45.0';

/** What a configuration gets that asks for none. */
export const NEWEST_VERSION: ProviderVersion = '7.45.0';

interface VersionTable {
  readonly provider?: SchemaDifference;
  readonly resources: { readonly [type: string]: SchemaDifference };
}

/** Made by `generate/google-schema.ts`. */
const SINCE_BINDINGS: { readonly [version in ProviderVersion]: VersionTable } = {
  '6.50.0': { resources: {} },
  '7.45.0': newest as unknown as VersionTable,
};

const cache = new Map<string, Block | undefined>();

/** The block of a resource or data source in a version, or nothing when the provider has no such type. */
export function blockOf(version: ProviderVersion, kind: SchemaKind, type: string): Block | undefined {
  const key = `${version} ${kind} ${type}`;
  if (!cache.has(key)) {
    const bound = blockFromBindings(kind, type);
    const difference = kind === 'resource' ? SINCE_BINDINGS[version].resources[type] : undefined;
    cache.set(key, bound && difference ? changed(bound, difference) : bound);
  }
  return cache.get(key);
}

export function providerBlock(version: ProviderVersion): Block {
  return changed(boundProviderBlock(), SINCE_BINDINGS[version].provider ?? {});
}

const CONDITION = /^\s*(=|>=|<=|>|<|~>)?\s*v?(\d+)(?:\.(\d+))?(?:\.\d+)?\s*$/;

/** The emulated version that comes closest to what a constraint allows: the newest one, unless it asks for the major version before. */
export function versionFor(constraint: string): ProviderVersion {
  const majors = constraint.split(',').map(lastMajor);
  const major = Math.min(...majors);
  if (major === 6) return '6.50.0';
  if (major >= 7) return '7.45.0';
  throw new Refusal(`google provider '${constraint}': the emulator has 6.50.0 and 7.45.0 only`);
}

/** The newest major version that a condition leaves, in which an upper limit of `8.0` leaves 7. */
function lastMajor(condition: string): number {
  const [, operator = '=', major = '', minor] = CONDITION.exec(condition) ?? [];
  if (operator === '>' || operator === '>=' || (operator === '~>' && minor === undefined))
    return Number.POSITIVE_INFINITY;
  return operator === '<' && Number(minor ?? 0) === 0 ? Number(major) - 1 : Number(major || Number.POSITIVE_INFINITY);
}
