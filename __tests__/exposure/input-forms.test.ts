import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { readTerraformFiles } from '../../cli/terraform-file';
import { readTerraformJson } from '../../exposure';
import { JsonText } from '../../terraform-json/json-text';
import { emptyFolder } from '../empty-folder';
import { recordedStacks } from '../recordings/recordings';

let folder: string;

beforeEach(() => {
  folder = emptyFolder();
});

const STATE = JSON.stringify({ format_version: '1.0', values: { root_module: {} } });
const utf16 = (text: string) => Buffer.from(text, 'utf16le');

function read(content: string | Buffer): string {
  const file = join(folder, 'state.json');
  writeFileSync(file, content);
  return readTerraformFiles([file])[0]?.json.kind ?? '';
}

test.each([
  ['UTF-16, little end first, without a mark', utf16(STATE)],
  ['UTF-16, big end first, without a mark', utf16(STATE).swap16()],
  ['UTF-16, little end first, with a mark', utf16(String.fromCharCode(0xfeff) + STATE)],
  ['UTF-16, big end first, with a mark', utf16(String.fromCharCode(0xfeff) + STATE).swap16()],
  ['UTF-8 with a mark', Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(STATE)])],
  ['a warning before it', `Warning: Argument is deprecated\n\n${STATE}\n`],
  ['colours around it', `${String.fromCharCode(27)}[1m${STATE}${String.fromCharCode(27)}[0m\n`],
  ['a line after it', `${STATE}\nReleasing state lock. This may take a few moments...\n`],
])('%s is read', (_, content) => {
  expect(read(content)).toBe('state');
});

test.each([
  ['two documents', `${STATE}\n${STATE}\n`, 'more than one JSON document: write each to a separate file'],
  ['half a document', STATE.slice(0, 30), 'not valid JSON'],
])('%s is refused with what to do', (_, content, message) => {
  expect(() => read(content)).toThrow(message);
});

const spaced = (json: unknown, space: number) => Buffer.from(`\n${JSON.stringify(json, null, space)} \n`);

test('the parts of any document are those that JSON.parse finds', () => {
  const object = fc.dictionary(fc.string({ unit: 'grapheme' }), fc.jsonValue());
  fc.assert(
    fc.property(object, fc.nat(3), (json, space) => {
      const expected = JSON.parse(JSON.stringify(json)) as Record<string, unknown>;
      const members = JsonText.of(spaced(json, space))?.members() ?? new Map<string, JsonText>();
      expect(Object.fromEntries([...members].map(([name, part]) => [name, part.parse()]))).toEqual(expected);
      for (const [name, part] of members) {
        const elements = part.elements();
        expect(elements && [...elements]).toEqual(Array.isArray(expected[name]) ? expected[name] : undefined);
      }
    }),
    { numRuns: 300, seed: 12 },
  );
});

test.each(['', ' ', '[1]', '{"a": 1', '{"a": "b}', '{} {}', 'null', '\u001b[0m{}'])('%j is not one object', (text) => {
  expect(JsonText.of(Buffer.from(text))).toBeUndefined();
});

test.each([
  '{"format_version": "1.2", "resource_changes": [{"address" 1}]}',
  '{"format_version": "1.2", "planned_values": {}, "resource_changes": [,]}',
  '{"a" "b"}',
])('%j is refused as a whole is', (text) => {
  const message = (source: string | Buffer) => {
    try {
      return JSON.stringify(readTerraformJson(source));
    } catch (error) {
      return String(error);
    }
  };
  expect(message(Buffer.from(text))).toBe(message(text));
});

test('a plan in bytes is the plan in text', () => {
  const [stack] = recordedStacks('7.45.0');
  for (const { plan } of Object.values(stack?.load().changes ?? {})) {
    const text = JSON.stringify(plan);
    expect(readTerraformJson(Buffer.from(text))).toEqual(readTerraformJson(text));
  }
});
