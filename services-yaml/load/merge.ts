import type { JsonSchema } from '../schema/json-schema';
import { onlyMap, valueSchema } from '../schema/schema';
import { isMap } from './explain';
import type { Path } from './path';

/** A layer: its value, and its path in services.yaml. */
export interface LayerSource {
  readonly path: Path;
  readonly value: unknown;
}

/**
 * Merges the layers, lowest first. Maps merge key by key, any other value is replaced as a whole, `null` removes a key. A map that is
 * one of several alternatives in the schema is replaced as a whole too.
 */
export function merge(layers: readonly LayerSource[], schema: JsonSchema): unknown {
  return layers.filter(isLayer).reduce<unknown>((lower, { value }) => mergeTwo(lower, value, schema), {});
}

function mergeTwo(lower: unknown, upper: unknown, schema: JsonSchema | undefined): unknown {
  const map = schema && onlyMap(schema);
  if (!map || !isMap(upper)) return upper;
  const merged = isMap(lower) ? { ...lower } : {};
  for (const [key, value] of Object.entries(upper)) {
    if (value === null) delete merged[key];
    else merged[key] = mergeTwo(merged[key], value, valueSchema(map, key));
  }
  return merged;
}

/**
 * The path in the file of the merged value at `path`: in the highest layer that has it, else the path of the nearest value around it.
 * Undefined if no layer has the first key.
 */
export function decidedAt(layers: readonly LayerSource[], schema: JsonSchema, path: Path): Path | undefined {
  let deciding = layers.filter(isLayer).reverse();
  let depth = 0;
  let map = onlyMap(schema);
  for (const segment of path) {
    const having = deciding.filter(({ value }) => hasChild(value, segment));
    if (having.length === 0) break;
    depth += 1;
    deciding = having.map((layer) => ({ ...layer, value: (layer.value as Record<string, unknown>)[segment] }));
    const inner = map && valueSchema(map, String(segment));
    map = inner && onlyMap(inner);
    if (!map) deciding = deciding.slice(0, 1);
  }
  const [layer] = deciding;
  return layer && depth > 0 ? [...layer.path, ...path.slice(0, depth)] : undefined;
}

/** An empty layer, such as `defaults:` with nothing below it, has no effect. */
function isLayer({ value }: LayerSource): boolean {
  return isMap(value);
}

function hasChild(value: unknown, segment: string | number): boolean {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, segment);
}
