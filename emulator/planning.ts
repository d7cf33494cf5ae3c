import type { PlanRules, ProviderSettings } from './behaviour';
import { planDeletionPolicy } from './deletion-policy';
import { isUnknownInPart } from './empties';
import { Refusal } from './errors';
import { planLabels } from './labels';
import { isObject, isZero, type ObjectValue, objectsIn, sameValue, UNKNOWN, type Value } from './protocol/values';
import type { Attribute, Block, NestedBlock } from './schema';

/**
 * Plans like the legacy SDK of the real provider (`schemaMap.Diff` of terraform-plugin-sdk v2). A value that the configuration leaves
 * out and the provider computes is unknown on creation and later keeps its old value. All zero values are equal. A computed value never
 * changes in the plan of an update.
 */
export function planResource(
  block: Block,
  rules: PlanRules,
  prior: ObjectValue | null,
  wanted: ObjectValue,
  provider: ProviderSettings,
): ObjectValue {
  const planned = planBlock({ rules, block, path: '' }, wanted, prior ?? undefined);
  planProject(block, rules, planned, wanted, provider);
  planLabels(rules, planned, prior, provider);
  planDeletionPolicy(block, planned, wanted, provider);
  rules.customize?.(planned, prior, provider);
  return planned;
}

interface Place {
  readonly rules: PlanRules;
  readonly block: Block;
  readonly path: string;
  /** An element of a set is planned as a whole: a missing string is empty, not null. */
  readonly inSet?: boolean;
}

function planBlock(place: Place, wanted: ObjectValue, prior: ObjectValue | undefined): ObjectValue {
  const planned: ObjectValue = {};
  for (const name in place.block.attributes) {
    const attribute = place.block.attributes[name] as Attribute;
    planned[name] = planAttribute(place, name, attribute, wanted, prior);
  }
  for (const name in place.block.blocks) {
    const nested = place.block.blocks[name] as NestedBlock;
    const inSet = place.inSet || nested.nesting === 'set';
    const at = { rules: place.rules, block: nested.block, path: inside(place.path, name), inSet };
    planned[name] = planNested(at, nested, wanted[name], prior && { value: prior[name] });
  }
  return planned;
}

function planAttribute(
  place: Place,
  name: string,
  attribute: Attribute,
  around: ObjectValue,
  prior: ObjectValue | undefined,
): Value {
  const wanted = around[name];
  const path = inside(place.path, name);
  const old = prior?.[name];
  const value = wanted ?? place.rules.defaults?.[path] ?? null;
  if (attribute.computed && (value === null || !attribute.optional)) return prior ? (old ?? null) : UNKNOWN;
  const suppressed = () => place.rules.suppress?.[path]?.(old, value, around) === true;
  if (value === null && isZero(old)) return old ?? emptyIn(place, attribute);
  if (value === null) return suppressed() ? (old ?? null) : null;
  if (isUnknownInPart(attribute.type, value)) return UNKNOWN;
  if (isZero(value) && isZero(old) && (attribute.type[0] === 'set' || attribute.type[0] === 'map')) return old ?? null;
  if (value === UNKNOWN) return value;
  if (prior !== undefined && attributeKeeps(attribute, old, value)) return old ?? null;
  if (!suppressed()) return value;
  return old ?? (prior === undefined && attribute.computed ? UNKNOWN : null);
}

function emptyIn({ inSet }: Place, { type }: Attribute): Value {
  return inSet && type === 'string' ? '' : null;
}

function attributeKeeps(attribute: Attribute, old: Value, wanted: Value): boolean {
  if (!Array.isArray(attribute.type) || attribute.type[0] !== 'set') return sameValue(old, wanted);
  return sameValue(sortedSet(old), sortedSet(wanted));
}

function sortedSet(value: Value): Value {
  if (!Array.isArray(value)) return value;
  return [...value].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}

/** `prior` is undefined if the enclosing block is new. Its `value` may be without a block. */
function planNested(place: Place, nested: NestedBlock, wanted: Value, prior: { value: Value } | undefined): Value {
  if (wanted === UNKNOWN) return UNKNOWN;
  if (nested.nesting === 'single') return wanted ?? null;
  const blocks = objectsIn(wanted);
  if (blocks.length === 0 && place.rules.keptBlocks?.includes(place.path)) return prior ? (prior.value ?? []) : UNKNOWN;
  const old = objectsIn(prior?.value);
  if (nested.nesting === 'set') return planSet(place, blocks, old);
  return blocks.map((item, at) => planBlock(place, item, old[at]));
}

/** An element of a set has no index: it matches the old element that it would not change, or else it is new. */
function planSet(place: Place, wanted: ObjectValue[], prior: ObjectValue[]): ObjectValue[] {
  const left = [...prior];
  return wanted.map((item) => {
    const at = left.findIndex((old) => sameValue(planBlock(place, item, old), old));
    if (at < 0) return planBlock(place, item, undefined);
    return left.splice(at, 1)[0] as ObjectValue;
  });
}

/** `DefaultProviderProject` of the real provider: a plan needs a project. */
function planProject(
  block: Block,
  rules: PlanRules,
  planned: ObjectValue,
  wanted: ObjectValue,
  provider: ProviderSettings,
): void {
  if (rules.project !== 'provider' || !block.attributes.project || !isZero(wanted.project)) return;
  if (planned.project !== UNKNOWN || provider.projectIsUnknown) return;
  if (provider.project === undefined) {
    throw new Refusal('Failed to retrieve project, pid: , err: project: required field is not set');
  }
  planned.project = provider.project;
}

export function inside(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}

/** All blocks at a path, through lists and sets. */
export function blocksAt(object: ObjectValue, path: string): ObjectValue[] {
  let at: ObjectValue[] = [object];
  for (const name of path === '' ? [] : path.split('.')) {
    at = at.flatMap((parent) => {
      const child = parent[name];
      return isObject(child) ? [child] : objectsIn(child);
    });
  }
  return at;
}
