import { type JsonSchema, NOT_BLANK } from '../schema/json-schema';
import { alternatives, onlyMap, valueSchema } from '../schema/schema';
import type { Fault } from './explain';
import type { LayerSource } from './merge';
import { dotted, type Path } from './path';
import { wantedOf } from './wrong-value';

/** A key without a value: `access:` with nothing after it, or with `null`. */
interface EmptyKey {
  readonly path: Path;
  readonly schema: JsonSchema;
  /** Whether the author chose the key, such as a variable's name. Without a value there is no such entry. */
  readonly isEntry: boolean;
}

/**
 * Keys without a value, in all services and environments. In a layer such a key removes the value of lower layers. If they have no
 * value, it has no effect and is probably a mistake.
 */
export class EmptyKeys {
  /** By the key's path in the file: the key, and the path of a value that it removes in some service or environment. */
  private readonly found = new Map<string, { file: Path; key: EmptyKey; removed?: Path }>();
  /** One value may be in many services: `defaults`, or the value of an anchor. */
  private readonly inside = new WeakMap<object, readonly EmptyKey[]>();

  /** @param text the scalar at a path, as it is written in the file */
  constructor(private readonly text: (path: Path) => string | undefined) {}

  /** Reads the layers of one service or load balancer in one environment, lowest first. */
  read(layers: readonly LayerSource[], schema: JsonSchema): void {
    layers.forEach((layer, index) => {
      for (const key of this.keysIn(layer.value, schema)) {
        const file = [...layer.path, ...key.path];
        const known = this.found.get(JSON.stringify(file));
        const removed = known?.removed ?? valueAt(layers.slice(0, index), key.path);
        this.found.set(JSON.stringify(file), { file, key, removed });
      }
    });
  }

  /** The errors and warnings for these keys. */
  faults(): Fault[] {
    return [...this.found.values()].flatMap(({ file, key: { schema, isEntry }, removed }): Fault[] => {
      const wanted = `${wantedOf(alternatives(schema))}${mayBeEmpty(schema) ? ' ("" if it is empty)' : ''}`;
      if (removed === undefined) {
        const what = file[0] === 'environments' ? ', and lower layers have no value to remove' : '';
        const message = `nothing is written here${what}: leave it out, or write ${wanted}`;
        return [{ path: file, at: 'key', message, severity: isEntry ? 'error' : 'warning' }];
      }
      if (this.text(file) !== '') return [];
      const message = `nothing is written here, which removes ${dotted(removed)}: write null if that is meant, or ${wanted}`;
      return [{ path: file, at: 'key', message, severity: 'warning' }];
    });
  }

  /** The paths in the merged props of the entries that were refused because they have no value. */
  refusedIn(layers: readonly LayerSource[], schema: JsonSchema): Path[] {
    return layers.flatMap((layer) =>
      this.keysIn(layer.value, schema).flatMap(({ path, isEntry }) => {
        const found = this.found.get(JSON.stringify([...layer.path, ...path]));
        return isEntry && found !== undefined && found.removed === undefined ? [path] : [];
      }),
    );
  }

  private keysIn(value: unknown, schema: JsonSchema): readonly EmptyKey[] {
    if (typeof value !== 'object' || value === null) return [];
    const known = this.inside.get(value) ?? emptyKeys(value, schema, []);
    this.inside.set(value, known);
    return known;
  }
}

/** The keys without a value in the maps that merge. `explain` finds those in other maps. */
function emptyKeys(value: unknown, schema: JsonSchema | undefined, path: Path): EmptyKey[] {
  const map = schema && onlyMap(schema);
  if (!map || typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const innerSchema = valueSchema(map, key);
    if (innerSchema === undefined) return [];
    if (inner !== null) return emptyKeys(inner, innerSchema, [...path, key]);
    return [{ path: [...path, key], schema: innerSchema, isEntry: !Object.hasOwn(map.properties ?? {}, key) }];
  });
}

/** The path of the highest layer's value at `path` that is not null. */
function valueAt(layers: readonly LayerSource[], path: Path): Path | undefined {
  const having = layers.findLast(({ value }) => {
    const found = path.reduce<unknown>(
      (map, key) => (typeof map === 'object' && map !== null && Object.hasOwn(map, key) ? Reflect.get(map, key) : null),
      value,
    );
    return found !== null && found !== undefined;
  });
  return having && [...having.path, ...path];
}

/** Whether the value may be an empty string. */
function mayBeEmpty(schema: JsonSchema): boolean {
  return alternatives(schema).some(
    ({ type, pattern, enum: words }) => type === 'string' && pattern !== NOT_BLANK && !words,
  );
}
