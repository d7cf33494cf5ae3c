import { deriveBlock } from './derive';
import { bindingFolder, bindingSource } from './source';
import type { Block } from './types';

export type SchemaKind = 'resource' | 'data';

const ROOT_CLASS: { readonly [kind in SchemaKind]: RegExp } = {
  resource: /^export class \w+ extends cdktf\.TerraformResource\b/,
  data: /^export class \w+ extends cdktf\.TerraformDataSource\b/,
};

const cache = new Map<string, Block | undefined>();

/** The block of a resource or data source in the bindings; undefined if the provider does not have the type. */
export function blockFromBindings(kind: SchemaKind, type: string): Block | undefined {
  return cached(`${kind} ${type}`, () => {
    const source = bindingSource(bindingFolder(kind, type));
    return source === undefined ? undefined : deriveBlock(source, ROOT_CLASS[kind]);
  });
}

/** `alias` is cdktf's own: Terraform handles this meta-argument before it calls the provider. */
export function boundProviderBlock(): Block {
  const block = cached('provider', () => {
    const source = bindingSource('provider');
    if (source === undefined) return undefined;
    const { attributes, blocks } = deriveBlock(source, /^export class \w+ extends cdktf\.TerraformProvider\b/);
    const { alias: _, ...own } = attributes;
    return { attributes: own, blocks };
  });
  if (block === undefined) throw new Error('@cdktf/provider-google has no provider in it');
  return block;
}

function cached(key: string, derive: () => Block | undefined): Block | undefined {
  if (!cache.has(key)) cache.set(key, derive());
  return cache.get(key);
}
