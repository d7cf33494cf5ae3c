import { definitionNameOf, type JsonSchema, refTo } from '../schema/json-schema';

type Definitions = Readonly<Record<string, JsonSchema>>;

const LAYER = /^Layer<(\w+)>$/;

/** The definitions that are no layers: each layer has the keys of one of these. */
export function withoutLayers(definitions: Definitions): [name: string, JsonSchema][] {
  return Object.entries(definitions).filter(([name]) => !name.startsWith('Layer<'));
}

/**
 * The definitions, with every `Layer<X>` made from X: no key is required, each may be `null`, and the same holds in the maps below. A
 * value with alternatives is replaced as a whole, so its inside does not change. The schema generator cannot do this: it loses the doc
 * comments of mapped types.
 */
export function withLayers(definitions: Definitions): Record<string, JsonSchema> {
  const result: Record<string, JsonSchema> = {};
  for (const [name, definition] of withoutLayers(definitions)) result[name] = renameLayers(definition);
  for (const name of Object.keys(definitions)) {
    const of = LAYER.exec(name)?.[1];
    if (of !== undefined && of in definitions) addLayer(of, definitions, result);
  }
  return result;
}

function addLayer(name: string, definitions: Definitions, result: Record<string, JsonSchema>): void {
  const layerName = `${name}Layer`;
  if (layerName in result) return;
  const definition = definitions[name] as JsonSchema;
  result[layerName] = {};
  result[layerName] = layerOf(definition, definitions, result);
}

/** The schema of the values that a layer may have where X has `schema`. */
function layerOf(schema: JsonSchema, definitions: Definitions, result: Record<string, JsonSchema>): JsonSchema {
  const name = definitionNameOf(schema);
  if (name !== undefined) {
    if (definitions[name]?.type !== 'object') return schema;
    addLayer(name, definitions, result);
    return { ...schema, $ref: refTo(`${name}Layer`) };
  }
  if (schema.type !== 'object') return schema;
  const { required: _, ...rest } = schema;
  const nullableLayer = (value: JsonSchema) => nullable(layerOf(value, definitions, result));
  const { properties, additionalProperties: values } = schema;
  return {
    ...rest,
    ...(properties && {
      properties: Object.fromEntries(Object.entries(properties).map(([key, value]) => [key, nullableLayer(value)])),
    }),
    ...(typeof values === 'object' && { additionalProperties: nullableLayer(values) }),
  };
}

/** `schema` or `null`. The annotations are at the top level, where editors look for them. */
function nullable(schema: JsonSchema): JsonSchema {
  const { description, $comment, gcloud, terraform, ...shape } = schema;
  const annotations = { description, $comment, gcloud, terraform };
  return { anyOf: [...(shape.anyOf ?? [shape]), { type: 'null' }], ...annotations };
}

function renameLayers(schema: JsonSchema): JsonSchema {
  return JSON.parse(JSON.stringify(schema), (key, value) =>
    key === '$ref' ? value.replace(/Layer<(\w+)>$/, '$1Layer') : value,
  );
}
