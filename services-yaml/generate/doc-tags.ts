import { relative } from 'node:path';
import ts from 'typescript';
import { didYouMean } from '../../constructs/core/nearest';
import type { JsonSchema } from '../schema/json-schema';
import { withoutLayers } from './layers';
import { EXTRA_TAGS } from './props-schema';

/** The tags of the keys of `services.yaml`. */
const TAGS = ['default', ...EXTRA_TAGS, 'minItems', 'minProperties'];

/** Tags in doc comments that the generated pages would ignore, with the file and line of each. */
export function unknownTags(program: ts.Program, root: string): string[] {
  const files = program.getSourceFiles().filter(({ fileName }) => !fileName.includes('/node_modules/'));
  return files.flatMap((file) => {
    const problems: string[] = [];
    const visit = (node: ts.Node): void => {
      if (ts.isPropertySignature(node)) problems.push(...problemsOf(node, file, root));
      ts.forEachChild(node, visit);
    };
    visit(file);
    return problems;
  });
}

function problemsOf(property: ts.PropertySignature, file: ts.SourceFile, root: string): string[] {
  return ts.getJSDocTags(property).flatMap((tag) => {
    // `@default` is read as `@comment`: see `propsProgram`.
    const name = tag.tagName.text === 'comment' ? 'default' : tag.tagName.text;
    if (name === 'internal') return [];
    const { line } = file.getLineAndCharacterOfPosition(tag.getStart());
    const place = `${relative(root, file.fileName)}:${line + 1}: ${property.name.getText()}: @${name}`;
    if (!TAGS.includes(name))
      return `${place} is not a tag of a key${didYouMean(name, TAGS)}; the tags are @${TAGS.join(', @')}`;
    return tag.comment === undefined ? `${place} has no text` : [];
  });
}

/** Keys without a tag that their row of the vocabulary needs, each once: an interface that extends another one has its keys too. */
export function missingTags(definitions: Readonly<Record<string, JsonSchema>>): string[] {
  const without = withoutLayers(definitions).flatMap(([name, schema]) => keysWithoutDefault(schema, name));
  const service = Object.entries(definitions.CloudRunServiceProps?.properties ?? {});
  return [
    ...new Map(without.map(({ doc, problem }) => [doc, problem])).values(),
    ...service
      .filter(([, { terraform }]) => terraform === undefined)
      .map(
        ([key]) =>
          `CloudRunServiceProps.${key}: a key of a service needs @terraform, the argument or resource that it becomes`,
      ),
  ];
}

function keysWithoutDefault(
  { properties = {}, required = [], anyOf = [] }: JsonSchema,
  name: string,
): { doc: string; problem: string }[] {
  const own = Object.entries(properties).flatMap(([key, schema]) => {
    const inner = keysWithoutDefault(schema, `${name}.${key}`);
    if (required.includes(key) || schema.$comment !== undefined) return inner;
    const problem = `${name}.${key}: an optional key needs @default, its value or what happens without the key`;
    return [{ doc: `${key}: ${schema.description}`, problem }, ...inner];
  });
  return [...own, ...anyOf.flatMap((kind) => keysWithoutDefault(kind, name))];
}
