import type { Attribute, Block, NestedBlock, Nesting, Type } from './types';

/** The changes of a block between two versions. Null: removed. */
export interface SchemaDifference {
  readonly attributes?: { readonly [name: string]: Attribute | null };
  /** The whole block if it is new or its nesting changed. */
  readonly blocks?: { readonly [name: string]: SchemaDifference | NestedBlock | null };
}

/** A block of `terraform providers schema -json`. */
export interface TerraformBlock {
  readonly attributes?: {
    readonly [name: string]: Partial<Attribute> & { readonly type: Type; readonly write_only?: boolean };
  };
  readonly block_types?: {
    readonly [name: string]: {
      readonly nesting_mode: Nesting;
      readonly block: TerraformBlock;
      readonly min_items?: number;
      readonly max_items?: number;
    };
  };
}

/** Leaves out write-only arguments: a state must not contain them, but the emulator stores everything. */
export function blockFromTerraform({ attributes = {}, block_types = {} }: TerraformBlock): Block {
  const kept = Object.fromEntries(Object.entries(attributes).filter(([, { write_only }]) => write_only !== true));
  return {
    attributes: mapped(kept, ({ type, required = false, optional = false, computed = false }) => ({
      type,
      required,
      optional,
      computed,
    })),
    blocks: mapped(block_types, ({ nesting_mode, block, min_items = 0, max_items = 0 }) => ({
      nesting: nesting_mode,
      block: blockFromTerraform(block),
      minItems: min_items,
      maxItems: max_items,
    })),
  };
}

/** The changes from `before` to `after`; undefined if there are none. Ignores upper limits above one: the bindings do not contain them. */
export function difference(before: Block, after: Block): SchemaDifference | undefined {
  const attributes = differing(before.attributes, after.attributes, (old, now) => (same(old, now) ? undefined : now));
  const blocks = differing(before.blocks, after.blocks, (old, now) => {
    const nested = old.nesting === now.nesting && old.minItems === now.minItems && isOne(old) === isOne(now);
    return nested ? difference(old.block, now.block) : now;
  });
  if (attributes === undefined && blocks === undefined) return undefined;
  return { ...(attributes && { attributes }), ...(blocks && { blocks }) };
}

/** The block with the changes applied. */
export function changed(block: Block, { attributes = {}, blocks = {} }: SchemaDifference): Block {
  return {
    attributes: withChanges(block.attributes, attributes, (_, now) => now),
    blocks: withChanges(block.blocks, blocks, (old, now) => {
      if ('nesting' in now) return now;
      if (old === undefined) throw new Error('a block that is not there cannot have changed');
      return { ...old, block: changed(old.block, now) };
    }),
  };
}

type Named<T> = { readonly [name: string]: T };

function differing<T, D>(
  before: Named<T>,
  after: Named<T>,
  compare: (old: T, now: T) => D | undefined,
): Named<D | T | null> | undefined {
  const found: { [name: string]: D | T | null } = {};
  for (const name of [...new Set([...Object.keys(before), ...Object.keys(after)])].sort()) {
    const [old, now] = [before[name], after[name]];
    const change = now === undefined ? null : old === undefined ? now : compare(old, now);
    if (change !== undefined) found[name] = change;
  }
  return Object.keys(found).length === 0 ? undefined : found;
}

function withChanges<T, D>(
  before: Named<T>,
  changes: Named<D | null>,
  apply: (old: T | undefined, now: D) => T,
): Named<T> {
  const after: { [name: string]: T } = { ...before };
  for (const [name, change] of Object.entries(changes)) {
    if (change === null) delete after[name];
    else after[name] = apply(before[name], change);
  }
  return Object.fromEntries(Object.entries(after).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function isOne({ maxItems }: NestedBlock): boolean {
  return maxItems === 1;
}

/** Compares without regard to the order of the fields of an object type. */
function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
}

function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(sorted);
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, inner]) => [name, sorted(inner)]),
  );
}

function mapped<T, U>(named: Named<T>, map: (value: T) => U): Named<U> {
  return Object.fromEntries(Object.entries(named).map(([name, value]) => [name, map(value)]));
}
