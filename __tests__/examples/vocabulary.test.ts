import { parse } from 'yaml';
import { isMap } from '../../services-yaml/load/explain';
import { definitionNameOf, type JsonSchema } from '../../services-yaml/schema/json-schema';
import { definition, servicesSchema, valueSchema } from '../../services-yaml/schema/schema';
import { examples } from './examples';

/** A definition and its layer have the same keys. */
function nameOf(schema: JsonSchema): string | undefined {
  return definitionNameOf(schema)?.replace(/Layer$/, '');
}

/** The keys of all definitions, as `CloudRunServiceProps.ingress`. */
function keysOfSchema(): string[] {
  const keys = Object.entries(servicesSchema.definitions ?? {}).flatMap(([name, { properties = {} }]) =>
    Object.keys(properties).map((key) => `${name.replace(/Layer$/, '')}.${key}`),
  );
  return [...new Set(keys)].sort();
}

/** The keys that a value of a file uses, as `CloudRunServiceProps.ingress`. */
function keysOf(schema: JsonSchema, value: unknown, name = nameOf(schema)): string[] {
  const reference = definitionNameOf(schema);
  if (reference !== undefined) return keysOf(definition(reference), value, name);
  if (schema.anyOf)
    return schema.anyOf.filter((choice) => mayBe(choice, value)).flatMap((choice) => keysOf(choice, value));
  if (Array.isArray(value)) return value.flatMap((item) => (schema.items ? keysOf(schema.items, item) : []));
  if (!isMap(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const innerSchema = valueSchema(schema, key);
    return [`${name}.${key}`, ...(innerSchema ? keysOf(innerSchema, inner) : [])];
  });
}

/** Whether the keys of a value are those of a choice. */
function mayBe(choice: JsonSchema, value: unknown): boolean {
  const reference = definitionNameOf(choice);
  if (reference !== undefined) return mayBe(definition(reference), value);
  if (choice.anyOf) return choice.anyOf.some((inner) => mayBe(inner, value));
  if (!isMap(value)) return Array.isArray(value) === (choice.type === 'array');
  return choice.type === 'object' && (choice.required ?? []).every((key) => Object.hasOwn(value, key));
}

test('every key of services.yaml is in an example, and so in the Terraform of a snapshot', () => {
  const used = new Set(
    examples().flatMap(({ services }) => keysOf(definition('Spec'), parse(services, { merge: true }), 'Spec')),
  );
  expect(keysOfSchema().filter((key) => !used.has(key))).toEqual([]);
});
