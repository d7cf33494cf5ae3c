import { definitionNameOf, type JsonSchema } from '../schema/json-schema';
import { withLayers } from './layers';

/** The definitions that are validated: the file, and a service and a load balancer after their layers are merged. */
const ROOTS = ['Spec', 'CloudRunServiceProps', 'ExternalLoadBalancerProps'];

/** The JSON Schema of services.yaml, made from the definitions of `spec.ts`. */
export function servicesSchema(propsDefinitions: Readonly<Record<string, JsonSchema>>): JsonSchema {
  const all = withLayers(propsDefinitions);
  const names = new Set<string>();
  for (const root of ROOTS) reach(root, all, names);
  const definitions = Object.fromEntries(
    [...names].sort().map((name) => [name, withDefaults(all[name] as JsonSchema)]),
  );
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'services.yaml of cdktf-cloud-run',
    $ref: '#/definitions/Spec',
    definitions,
  };
}

function reach(name: string, all: Readonly<Record<string, JsonSchema>>, names: Set<string>): void {
  if (names.has(name)) return;
  names.add(name);
  for (const referred of references(all[name])) reach(referred, all, names);
}

function references(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const name = definitionNameOf(value);
  return [...(name === undefined ? [] : [name]), ...Object.values(value).flatMap(references)];
}

/**
 * Writes `@default` for editors. They insert `default`, so it takes JSON values. They show the description, so it takes words, and so
 * does `defaultText`.
 */
function withDefaults(schema: JsonSchema): JsonSchema {
  return JSON.parse(JSON.stringify(schema), (_key, value) => {
    if (typeof value?.$comment !== 'string') return value;
    const { $comment: text, description, ...rest } = value;
    const literal = asJson(text);
    return literal === undefined
      ? { description: `${description}\n\nDefault: ${text}`, defaultText: text, ...rest }
      : { description, default: literal, ...rest };
  });
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
