export { blockFromBindings, boundProviderBlock, type SchemaKind } from './bindings';
export { blockFromTerraform, difference, type SchemaDifference, type TerraformBlock } from './difference';
export { boundProviderVersion } from './source';
export type { Attribute, Block, NestedBlock, Type } from './types';
export { blockOf, NEWEST_VERSION, type ProviderVersion, providerBlock, versionFor } from './versions';
