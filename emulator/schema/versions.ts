import { Refusal } from '../errors';
import { blockFromBindings, boundProviderBlock, type SchemaKind } from './bindings';
import { changed, type SchemaDifference } from './difference';
import newest from './google-7.45.0.json';
import type { Block } from './types';

/** The emulated versions of the google provider: that of the bindings, and one that is stored as the difference to it. */
export type ProviderVersion = '6.50.0' | '7.45.0';

/** The version for a configuration that requires none. */
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

/** The block of a resource or data source in a version; undefined if the provider does not have the type. */
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

/** The emulated version for a constraint: the newest one, unless the constraint requires the major version before. */
export function versionFor(constraint: string): ProviderVersion {
  const majors = constraint.split(',').map(lastMajor);
  const major = Math.min(...majors);
  if (major === 6) return '6.50.0';
  if (major >= 7) return '7.45.0';
  throw new Refusal(`google provider '${constraint}': the emulator has 6.50.0 and 7.45.0 only`);
}

/** The newest major version that a condition allows. An upper limit of `8.0` allows 7. */
function lastMajor(condition: string): number {
  const [, operator = '=', major = '', minor] = CONDITION.exec(condition) ?? [];
  if (operator === '>' || operator === '>=' || (operator === '~>' && minor === undefined))
    return Number.POSITIVE_INFINITY;
  return operator === '<' && Number(minor ?? 0) === 0 ? Number(major) - 1 : Number(major || Number.POSITIVE_INFINITY);
}
