import ts from 'typescript';
import { missingTags, unknownTags } from '../../services-yaml/generate/doc-tags';

/** What is wrong with the tags of a key, which are in the third line of the file. */
function wrong(tags: string): string[] {
  const text = `interface Props {\n  /**\n   * ${tags}\n   */\n  readonly port?: number;\n}\n`;
  const host = ts.createCompilerHost({});
  host.getSourceFile = (file, version) => {
    return file === '/project/props.ts' ? ts.createSourceFile(file, text, version, true) : undefined;
  };
  return unknownTags(ts.createProgram(['/project/props.ts'], { noLib: true }, host), '/project');
}

test.each(['@default 8080', '@gcloud --port', '@terraform template.containers.ports', '@minItems 1', '@internal'])(
  '%s is a tag of a key',
  (tags) => {
    expect(wrong(tags)).toEqual([]);
  },
);

test('another tag and a tag without a text are refused, with file and line', () => {
  expect(wrong('@terrafrom template.containers.ports')).toEqual([
    "props.ts:3: port: @terrafrom is not a tag of a key (did you mean 'terraform'?); the tags are @default, @gcloud, @terraform, @minItems, @minProperties",
  ]);
  expect(wrong('@terraform')).toEqual(['props.ts:3: port: @terraform has no text']);
});

test('an optional key needs a default, and a key of a service its argument', () => {
  const port = { description: 'The port.' };
  const done = { $comment: '8080', terraform: 'template.containers.ports' };
  expect(missingTags({ CloudRunServiceProps: { properties: { port } }, Container: { properties: { port } } })).toEqual([
    'Container.port: an optional key needs @default, its value or what happens without the key',
    'CloudRunServiceProps.port: a key of a service needs @terraform, the argument or resource that it becomes',
  ]);
  expect(missingTags({ CloudRunServiceProps: { properties: { port: { ...port, ...done } } } })).toEqual([]);
  expect(missingTags({ Container: { properties: { port }, required: ['port'] } })).toEqual([]);
});
