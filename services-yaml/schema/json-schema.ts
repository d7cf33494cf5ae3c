/** The part of JSON Schema that the props interfaces use. */
export interface JsonSchema {
  readonly $schema?: string;
  readonly $ref?: string;
  readonly $comment?: string;
  readonly title?: string;
  readonly description?: string;
  readonly definitions?: Readonly<Record<string, JsonSchema>>;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly JsonSchema[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | JsonSchema;
  readonly items?: JsonSchema;
  readonly minItems?: number;
  readonly minProperties?: number;
  /** `NOT_BLANK` for every string that is not a `Text`. */
  readonly pattern?: string;
  /** The default as JSON. Editors insert it. */
  readonly default?: unknown;
  /** The default in words, if it is not a JSON value. */
  readonly defaultText?: string;
  /** The gcloud flag or command of the key. */
  readonly gcloud?: string;
  /** The Terraform argument or resource that the key becomes. */
  readonly terraform?: string;
}

/** The pattern of a string with a character that is not a space. */
export const NOT_BLANK = '\\S';

const DEFINITIONS = '#/definitions/';

/** A reference to the definition of that name. */
export function refTo(name: string): string {
  return DEFINITIONS + name;
}

/** The name of the definition that `schema` refers to; undefined if it is not a reference. */
export function definitionNameOf(schema: JsonSchema): string | undefined {
  return schema.$ref?.slice(DEFINITIONS.length);
}
