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

/** What `schema` refers to, or itself. */
export function resolved(schema: JsonSchema): JsonSchema {
  const name = definitionNameOf(schema);
  return name === undefined ? schema : resolved(definition(name));
}

/** The schemas of which a value has to fit one, references and nested choices resolved; `null` is told by `allowsNull`. */
export function alternatives(schema: JsonSchema): JsonSchema[] {
  const { anyOf, type, ...rest } = resolved(schema);
  if (anyOf) return anyOf.flatMap(alternatives);
  if (Array.isArray(type)) return type.filter((each) => each !== 'null').map((each) => ({ ...rest, type: each }));
  return type === 'null' ? [] : [resolved(schema)];
}

/** Whether `null` may stand here, as it may wherever a layer takes a key away. */
export function allowsNull(schema: JsonSchema): boolean {
  const { anyOf, type } = resolved(schema);
  return anyOf?.some(allowsNull) ?? (type === 'null' || (Array.isArray(type) && type.includes('null')));
}

/** The one kind of map that may stand here; undefined where alternatives are on offer, or no map may stand. */
export function onlyMap(schema: JsonSchema): JsonSchema | undefined {
  const [only, ...others] = alternatives(schema);
  return only?.type === 'object' && others.length === 0 ? only : undefined;
}

/** The schema of the value under `key` in a map of that schema. */
export function valueSchema(map: JsonSchema, key: string): JsonSchema | undefined {
  if (map.properties && Object.hasOwn(map.properties, key)) return map.properties[key];
  return typeof map.additionalProperties === 'object' ? map.additionalProperties : undefined;
}
