import {
  type CompletedConfig,
  createFormatter,
  createParser,
  DEFAULT_CONFIG,
  SchemaGenerator,
} from 'ts-json-schema-generator';
import ts from 'typescript';
import { type JsonSchema, NOT_BLANK, refTo } from '../schema/json-schema';

/** The file whose exported types become definitions. */
const SPEC = 'services-yaml/schema/spec.ts';

/** The tags of a key's doc comment that are no words of JSON Schema. */
export const EXTRA_TAGS = ['gcloud', 'terraform'] as const;

/**
 * The exported interfaces of `services-yaml/schema/spec.ts` and the types that they use, as JSON Schema definitions. `$comment` keeps
 * the text of `@default` word for word.
 */
export function propsDefinitions(program: ts.Program): Record<string, JsonSchema> {
  const config: CompletedConfig = {
    ...DEFAULT_CONFIG,
    path: SPEC,
    type: '*',
    extraTags: [...EXTRA_TAGS],
    sortProps: false,
    encodeRefs: false,
  };
  const generator = new SchemaGenerator(program, createParser(program, config), createFormatter(config), config);
  const schema = generator.createSchema(config.type);
  return withoutBlanks(withoutTypeArguments(schema.definitions as Record<string, JsonSchema>));
}

/** Requires every string to have a character that is not a space, except strings of type `Text`. */
function withoutBlanks(definitions: Record<string, JsonSchema>): Record<string, JsonSchema> {
  const { Text: _, ...others } = definitions;
  return JSON.parse(JSON.stringify(others), (_key, value) => {
    if (value?.$ref === refTo('Text')) return { ...value, $ref: undefined, type: 'string' };
    return takesAnyString(value) ? { ...value, pattern: NOT_BLANK } : value;
  });
}

function takesAnyString(schema: JsonSchema | undefined): boolean {
  return [schema?.type].flat().includes('string') && schema?.enum === undefined && schema?.const === undefined;
}

/** The file refers to a service by its name, so `Route<string>` is the only kind of route and is named `Route`. */
function withoutTypeArguments(definitions: Record<string, JsonSchema>): Record<string, JsonSchema> {
  const clean = (name: string) =>
    name.replace(/(\w+)<string>/g, (whole, generic) => (generic === 'Layer' ? whole : generic));
  const entries = Object.entries(definitions).map(([name, definition]) => [clean(name), definition]);
  return JSON.parse(JSON.stringify(Object.fromEntries(entries)), (key, value) =>
    key === '$ref' ? clean(value) : value,
  );
}

/**
 * The schema generator reads `@default` as JSON5 if it can, and as text if not. Then `@default "none"` and `@default none` are the
 * same. It does not change `@comment`, so `@default` is renamed to `@comment` before.
 */
export function propsProgram(root: string): ts.Program {
  const { config } = ts.readConfigFile(`${root}/tsconfig.json`, ts.sys.readFile);
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, root);
  const host = ts.createCompilerHost(options);
  const { readFile } = host;
  host.getSourceFile = (file, languageVersion) => {
    const text = readFile(file);
    return text === undefined
      ? undefined
      : ts.createSourceFile(file, text.replaceAll('* @default ', '* @comment '), languageVersion, true);
  };
  return ts.createProgram([`${root}/${SPEC}`], options, host);
}
