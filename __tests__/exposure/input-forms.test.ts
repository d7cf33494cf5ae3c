import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readTerraformFiles } from '../../cli/terraform-file';
import { emptyFolder } from '../empty-folder';

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
