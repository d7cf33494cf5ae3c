/** The part of JSON Schema that props interfaces come out as. */
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
  /** `NOT_BLANK`, for every string but a text. */
  readonly pattern?: string;
  /** The default as JSON, which editors insert. */
  readonly default?: unknown;
  /** The default in words, where it is not a JSON value. */
  readonly defaultText?: string;
  /** The gcloud flag or command of the key. */
  readonly gcloud?: string;
  /** The Terraform argument or resource that the key becomes. */
  readonly terraform?: string;
}

/** The pattern of a string that says something. */
export const NOT_BLANK = '\\S';

const DEFINITIONS = '#/definitions/';

/** A reference to the definition of that name. */
export function refTo(name: string): string {
  return DEFINITIONS + name;
}

/** The name of the definition that `schema` refers to, if it is a reference. */
export function definitionNameOf(schema: JsonSchema): string | undefined {
  return schema.$ref?.slice(DEFINITIONS.length);
}
