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

/**
 * The exported interfaces of `services-yaml/schema/spec.ts` and what they reach, as JSON Schema definitions. What `@default` says is left in
 * `$comment`, word for word.
 */
export function propsDefinitions(root: string): Record<string, JsonSchema> {
  const program = programOf(root);
  const config: CompletedConfig = {
    ...DEFAULT_CONFIG,
    path: SPEC,
    type: '*',
    extraTags: ['gcloud', 'terraform'],
    sortProps: false,
    encodeRefs: false,
  };
  const generator = new SchemaGenerator(program, createParser(program, config), createFormatter(config), config);
  const schema = generator.createSchema(config.type);
  return withoutBlanks(withoutTypeArguments(schema.definitions as Record<string, JsonSchema>));
}

/** Every string says something, but for those whose type is `Text`. */
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

/** In the file, what refers to a service is its name; so `Route<string>` is the only kind of route, and is called so. */
function withoutTypeArguments(definitions: Record<string, JsonSchema>): Record<string, JsonSchema> {
  const clean = (name: string) =>
    name.replace(/(\w+)<string>/g, (whole, generic) => (generic === 'Layer' ? whole : generic));
  const entries = Object.entries(definitions).map(([name, definition]) => [clean(name), definition]);
  return JSON.parse(JSON.stringify(Object.fromEntries(entries)), (key, value) =>
    key === '$ref' ? clean(value) : value,
  );
}

/**
 * The generator reads `@default` as JSON5 where it can and as text where it cannot, after which `@default "none"` and
 * `@default none` are the same. `@comment` it leaves alone, so that is what it gets to see.
 */
function programOf(root: string): ts.Program {
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
