import type { Behaviour } from './behaviour';
import { dataSourceTypes } from './data-sources';
import { findBehaviour, resourceTypes } from './resources';
import {
  type Attribute,
  type Block,
  blockOf,
  type NestedBlock,
  type ProviderVersion,
  providerBlock,
  type SchemaKind,
} from './schema';

/** The answer to GetProviderSchema, in the form of the protocol. */
export interface ServedSchema {
  provider: object;
  resource_schemas: { [type: string]: object };
  data_source_schemas: { [type: string]: object };
  server_capabilities: object;
}

/**
 * Terraform asks for the schema before it reads the configuration. So the schema has all types with a behaviour, and the other types of
 * the configuration, which are then refused by name.
 */
export function servedSchema(version: ProviderVersion, configured: Iterable<string>): ServedSchema {
  const resources = new Set<string>(resourceTypes());
  const dataSources = new Set<string>(dataSourceTypes());
  for (const type of configured) {
    if (blockOf(version, 'resource', type)) resources.add(type);
    if (blockOf(version, 'data', type)) dataSources.add(type);
  }
  return {
    provider: message(providerBlock(version)),
    resource_schemas: messages(version, 'resource', resources),
    data_source_schemas: messages(version, 'data', dataSources),
    server_capabilities: { get_provider_schema_optional: true },
  };
}

function messages(version: ProviderVersion, kind: SchemaKind, types: Iterable<string>): { [type: string]: object } {
  const all: { [type: string]: object } = {};
  for (const type of [...types].sort()) {
    const block = blockOf(version, kind, type);
    if (block === undefined) throw new Error(`${type} is not in @cdktf/provider-google`);
    all[type] = message(block, kind === 'resource' ? findBehaviour(type) : undefined);
  }
  return all;
}

function message(block: Block, behaviour?: Behaviour): object {
  return { version: behaviour?.schemaVersion ?? 0, block: blockMessage(block, '', behaviour?.sensitive ?? []) };
}

function blockMessage(block: Block, path: string, sensitive: readonly string[]): object {
  return {
    attributes: Object.entries(block.attributes).map(([name, attribute]) =>
      attributeMessage(name, attribute, sensitive.includes(path + name)),
    ),
    block_types: Object.entries(block.blocks).map(([name, nested]) => nestedMessage(name, nested, path, sensitive)),
  };
}

function attributeMessage(name: string, attribute: Attribute, sensitive: boolean): object {
  const { type, required, optional, computed } = attribute;
  return { name, type: Buffer.from(JSON.stringify(type)), required, optional, computed, sensitive };
}

function nestedMessage(name: string, nested: NestedBlock, path: string, sensitive: readonly string[]): object {
  return {
    type_name: name,
    nesting: nested.nesting.toUpperCase(),
    min_items: nested.minItems,
    max_items: nested.maxItems,
    block: blockMessage(nested.block, `${path}${name}.`, sensitive),
  };
}
