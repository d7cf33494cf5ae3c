import fs, { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudFile } from '../../emulator/cloud-file';

let folder: string;
let file: string;
let journal: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cloud-file-'));
  file = join(folder, 'cloud.json');
  journal = `${file}.changes`;
  // The changes pause when a test says so.
  jest.useFakeTimers({ doNotFake: ['setImmediate'] });
});

afterEach(() => {
  jest.useRealTimers();
  jest.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

/** Changes one after another, each saved as after an apply. */
async function change(kept: CloudFile, count: number): Promise<void> {
  const { cloud } = kept;
  for (let n = 0; n < count; n++) {
    cloud.countCreation('google_service_account', `account-${n}`);
    cloud.put('google_service_account', `account-${n}`, { account_id: `account-${n}` });
    cloud.setPolicy(`account-${n}`, { 'roles/viewer': ['user:ann@example.com'] });
    await kept.saved();
  }
  cloud.remove('google_service_account', 'account-0');
  cloud.setPolicy('account-0', {});
  await kept.saved();
}

const written = (): unknown => JSON.parse(readFileSync(file, 'utf8'));

test('a change takes the same time in a large cloud: the whole file is written only at the beginning and at the end', async () => {
  const renames = jest.spyOn(fs, 'renameSync');
  const kept = new CloudFile(file);
  await change(kept, 200);
  expect(renames).toHaveBeenCalledTimes(1);
  await kept.close();
  expect(renames).toHaveBeenCalledTimes(2);
  expect(written()).toEqual(kept.cloud.data);
  expect(existsSync(journal)).toBe(false);
});

test('the whole file is written when the changes pause', async () => {
  const kept = new CloudFile(file);
  await change(kept, 3);
  expect(written()).not.toEqual(kept.cloud.data);
  jest.advanceTimersByTime(2000);
  expect(written()).toEqual(kept.cloud.data);
  expect(existsSync(journal)).toBe(false);
});

test('what a killed process has saved is read, but not an incomplete line', async () => {
  const killed = new CloudFile(file);
  await change(killed, 3);
  appendFileSync(journal, '{"created":"google_service_account account-9","cou');
  const next = new CloudFile(file);
  expect(next.cloud.data).toEqual(killed.cloud.data);
  expect(written()).toEqual(killed.cloud.data);
  expect(existsSync(journal)).toBe(false);
});

test('a cloud whose file was deleted begins anew', async () => {
  const killed = new CloudFile(file);
  await change(killed, 3);
  rmSync(file);
  expect(new CloudFile(file).cloud.data.resources).toEqual({});
  expect(existsSync(journal)).toBe(false);
});

test('a journal that is no JSON is refused with its name and line', () => {
  writeFileSync(file, '{}');
  writeFileSync(journal, '{"created":"x","count":1}\nx\n');
  expect(() => new CloudFile(file)).toThrow(`${journal}:2 is not JSON`);
});
