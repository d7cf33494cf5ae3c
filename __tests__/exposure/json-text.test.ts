import fc from 'fast-check';
import { readTerraformJson } from '../../exposure';
import { JsonText } from '../../terraform-json/json-text';
import { recordedStacks } from '../recordings/recordings';

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
