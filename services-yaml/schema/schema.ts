import { cached } from '../../constructs/core/cached';
import schemaFile from '../services.schema.json';
import { definitionNameOf, type JsonSchema } from './json-schema';

/** The JSON Schema of services.yaml. */
export const servicesSchema: JsonSchema = schemaFile as unknown as JsonSchema;

/** The schema of one interface. */
export function definition(name: string): JsonSchema {
  const found = servicesSchema.definitions?.[name];
  if (found === undefined) throw new Error(`services.schema.json has no definition ${name}`);
  return found;
}

/** The definition that `schema` refers to, or `schema` itself. */
export function resolved(schema: JsonSchema): JsonSchema {
  const name = definitionNameOf(schema);
  return name === undefined ? schema : resolved(definition(name));
}

/** The alternatives of `schema`, with references and nested alternatives resolved. `null` is not among them: see `allowsNull`. */
export function alternatives(schema: JsonSchema): readonly JsonSchema[] {
  return cached(ALTERNATIVES, schema, () => alternativesOf(schema));
}

/** The alternatives by schema: each value of a file asks for those of its schema, several times. */
const ALTERNATIVES = new WeakMap<JsonSchema, readonly JsonSchema[]>();

function alternativesOf(schema: JsonSchema): readonly JsonSchema[] {
  const { anyOf, type, ...rest } = resolved(schema);
  if (anyOf) return anyOf.flatMap(alternatives);
  if (Array.isArray(type)) return type.filter((each) => each !== 'null').map((each) => ({ ...rest, type: each }));
  return type === 'null' ? [] : [resolved(schema)];
}

/** Whether the value may be `null`. Every layer may remove a key with `null`. */
export function allowsNull(schema: JsonSchema): boolean {
  const { anyOf, type } = resolved(schema);
  return anyOf?.some(allowsNull) ?? (type === 'null' || (Array.isArray(type) && type.includes('null')));
}

/** The map schema, if a map is the only alternative; else undefined. */
export function onlyMap(schema: JsonSchema): JsonSchema | undefined {
  const [only, ...others] = alternatives(schema);
  return only?.type === 'object' && others.length === 0 ? only : undefined;
}

/** The schema of the value of `key` in a map. */
export function valueSchema(map: JsonSchema, key: string): JsonSchema | undefined {
  if (map.properties && Object.hasOwn(map.properties, key)) return map.properties[key];
  return typeof map.additionalProperties === 'object' ? map.additionalProperties : undefined;
}
