import { isDeepStrictEqual } from 'node:util';
import { definitionNameOf, type JsonSchema } from '../schema/json-schema';

type Definitions = Readonly<Record<string, JsonSchema>>;

const INTRODUCTION = `# Vocabulary

Every key of \`services.yaml\`, which is every prop of the constructs. A section is an interface; \`npm run generate\` makes this
page of their doc comments.

A service is merged from layers; a later layer overrides an earlier one: \`defaults\`, \`environments.E.defaults\`, \`services.X\`,
\`environments.E.services.X\`. Maps are merged key by key; a list, a scalar, or a value that can have several forms replaces the earlier value;
\`null\` removes a key. Strings are literal: \`\${x}\` reaches Cloud Run as it is written.
`;

/** The page of every key with its values, default, gcloud flag, Terraform argument and description. */
export function vocabulary(definitions: Definitions): string {
  return [INTRODUCTION, ...readingOrder('Spec', definitions).map((name) => section(name, definitions))].join('\n');
}

/** The names of the interfaces in reading order: an interface, the interfaces that it extends, the interfaces that its keys use. */
function readingOrder(name: string, definitions: Definitions, met: string[] = []): string[] {
  const definition = definitions[name];
  if (definition === undefined || definition.enum || met.includes(name)) return met;
  met.push(name);
  for (const next of [...basesOf(name, definitions), ...references(definition)]) readingOrder(next, definitions, met);
  return met;
}

function references(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const name = definitionNameOf(value)?.replace(/^Layer<(\w+)>$/, '$1');
  return [...(name === undefined ? [] : [name]), ...Object.values(value).flatMap(references)];
}

/** The interfaces that an interface extends: it has all of their keys, with the same schemas. */
function basesOf(name: string, definitions: Definitions): string[] {
  const keys = definitions[name]?.properties ?? {};
  const bases = Object.keys(definitions).filter((other) => {
    if (other.startsWith('Layer<')) return false;
    const inherited = Object.entries(definitions[other]?.properties ?? {});
    return (
      inherited.length > 0 &&
      inherited.length < Object.keys(keys).length &&
      inherited.every(([key, schema]) => isDeepStrictEqual(keys[key], schema))
    );
  });
  // The section of a base names the bases of that base.
  return bases.filter((base) => !bases.some((other) => basesOf(other, definitions).includes(base)));
}

function section(name: string, definitions: Definitions): string {
  const definition = definitions[name] as JsonSchema;
  const bases = basesOf(name, definitions);
  const inherited = new Set(bases.flatMap((base) => Object.keys(definitions[base]?.properties ?? {})));
  const { shape, kinds } = keysOf(definition);
  const rows = Object.entries(shape.properties ?? {})
    .filter(([key]) => !inherited.has(key))
    .flatMap(([key, value]) => row(key, value, shape.required?.includes(key) ?? false, definitions));
  return [
    `## ${name}\n`,
    ...(definition.description ? [`${definition.description}\n`] : []),
    ...(bases.length > 0 ? [`The keys of ${bases.map(link).join(', ')}${rows.length > 0 ? ', and:' : '.'}\n`] : []),
    ...(kinds.length > 0 ? [`Exactly one of ${kinds.map((key) => `\`${key}\``).join(', ')}.\n`] : []),
    ...(shape.properties ? [] : [`${valuesOf(definition, definitions)}\n`]),
    ...(rows.length > 0 ? [HEADER, ...rows, ''] : []),
  ].join('\n');
}

/** The keys of an interface. If it has several kinds: the keys of all kinds, and the keys that decide the kind. */
function keysOf(definition: JsonSchema): { shape: JsonSchema; kinds: string[] } {
  const kinds = definition.anyOf?.filter(({ properties }) => properties !== undefined) ?? [];
  if (kinds.length === 0) return { shape: definition, kinds: [] };
  const properties = Object.assign({}, ...kinds.map((kind) => kind.properties));
  return { shape: { properties }, kinds: kinds.flatMap(({ required = [] }) => required) };
}

const HEADER = '| key | value | default | gcloud | Terraform | |\n|---|---|---|---|---|---|';

/** The table row of a key, and the rows of the keys below it if its map has no name. */
function row(key: string, schema: JsonSchema, required: boolean, definitions: Definitions): string[] {
  const { $comment, description = '', gcloud, terraform } = schema;
  const cells = [
    `\`${key}\``,
    valuesOf(schema, definitions),
    required ? '**required**' : ($comment ?? '').replaceAll('"', '`'),
    gcloud ? `\`${gcloud}\`` : '',
    terraform ? `\`${terraform}\`` : '',
    description.replaceAll(/\s*\n\s*/g, ' '),
  ];
  const inner = Object.entries(schema.properties ?? {}).flatMap(([name, value]) =>
    row(`${key}.${name}`, value, schema.required?.includes(name) ?? false, definitions),
  );
  return [`| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`, ...inner];
}

/** The values that a key may have. */
function valuesOf(schema: JsonSchema, definitions: Definitions): string {
  const name = definitionNameOf(schema);
  if (name?.startsWith('Layer<')) return `${link(name.slice('Layer<'.length, -1))}, any of its keys`;
  if (name !== undefined) {
    const definition = definitions[name] ?? {};
    return definition.enum ? valuesOf(definition, definitions) : link(name);
  }
  if (schema.anyOf) return kindsOf(schema.anyOf, definitions).join(' or ');
  if (schema.enum) return schema.enum.map((value) => `\`${value}\``).join(', ');
  if (schema.const !== undefined) return `\`${schema.const}\``;
  if (schema.items) return `list of ${valuesOf(schema.items, definitions)}`;
  if (typeof schema.additionalProperties === 'object')
    return `map of ${valuesOf(schema.additionalProperties, definitions)}`;
  if (schema.type === 'object') return 'map';
  if (schema.type === 'boolean') return '`true`, `false`';
  return [schema.type].flat().join(' or ');
}

function kindsOf(kinds: readonly JsonSchema[], definitions: Definitions): string[] {
  return kinds.filter(({ type }) => type !== 'null').map((kind) => valuesOf(kind, definitions));
}

function link(name: string): string {
  return `[${name}](#${name.toLowerCase()})`;
}
