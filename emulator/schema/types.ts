/** Terraform's schema of a resource, data source or provider, for GetProviderSchema and for planning. */

export type Primitive = 'string' | 'number' | 'bool';
export type ObjectType = { [name: string]: Type };
/** A type as in Terraform's JSON: `"string"`, `["list", "string"]`, `["object", {…}]`. */
export type Type = Primitive | ['list' | 'set' | 'map', Type] | ['object', ObjectType];

export interface Attribute {
  readonly type: Type;
  readonly required: boolean;
  readonly optional: boolean;
  readonly computed: boolean;
  readonly sensitive?: boolean;
}

export type Nesting = 'single' | 'list' | 'set';

export interface NestedBlock {
  readonly nesting: Nesting;
  readonly block: Block;
  readonly minItems: number;
  /** 0: no upper limit. */
  readonly maxItems: number;
}

export interface Block {
  readonly attributes: { readonly [name: string]: Attribute };
  readonly blocks: { readonly [name: string]: NestedBlock };
}
