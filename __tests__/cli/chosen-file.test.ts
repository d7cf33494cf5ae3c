import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chooseFile, lastRead, writeDown } from '../../cli/chosen-file';
import { emptyFolder } from '../empty-folder';

afterEach(() => {
  delete process.env.SERVICES_FILE;
});

const words = (folder: string, argument?: string) => chooseFile(folder, argument).words;

test('the command line overrides SERVICES_FILE, which overrides the last synth, which overrides services.yaml', () => {
  const folder = emptyFolder();
  expect(words(folder)).toBe('read services.yaml');
  writeDown(folder, 'other.yaml');
  expect(words(folder)).toBe('read other.yaml, as the last synth did');
  process.env.SERVICES_FILE = 'third.yaml';
  expect(words(folder)).toBe('read third.yaml, which SERVICES_FILE names; the last synth read other.yaml');
  expect(words(folder, 'services.yaml')).toBe('read services.yaml; the last synth read other.yaml');
  expect(words(folder, './other.yaml')).toBe('read ./other.yaml');
});

test('the record names the file from the current folder, not by a path of this machine', () => {
  const folder = emptyFolder();
  writeDown(folder, join(process.cwd(), 'deploy', 'services.yaml'));
  expect(lastRead(folder)).toBe('deploy/services.yaml');
});

test('a record without a file name is refused in one line', () => {
  const folder = emptyFolder();
  writeFileSync(join(folder, 'services-file.json'), '{');
  expect(() => chooseFile(folder)).toThrow(
    /services-file.json does not say which file .*: delete it and synthesize again/,
  );
});
