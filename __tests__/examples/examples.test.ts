import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { examples, exposureOfStacks, FOLDER, terraformOf } from './examples';

describe.each(examples().map((example) => [example.name, example] as const))('%s', (_, example) => {
  const terraform = terraformOf(example.fromYaml);

  test('is the same, byte for byte, in TypeScript', () => {
    expect(terraformOf(example.fromTypeScript, { skipValidation: false })).toEqual(terraform);
  });

  test('has the most important arguments of every stack', () => {
    expect(Object.keys(example.expected).sort()).toEqual(Object.keys(terraform));
    expect(Object.values(example.expected).map(Object.keys)).not.toContainEqual([]);
  });

  test('has the exposure that npm run generate writes beside it', () => {
    expect(exposureOfStacks(terraform)).toBe(readFileSync(join(FOLDER, example.name, 'exposure.md'), 'utf8'));
  });

  describe.each(Object.entries(terraform))('%s', (stack, text) => {
    test.each(Object.entries(example.expected[stack] ?? {}))('%s', (address, expected) => {
      const { resource } = JSON.parse(text);
      const [type = '', name = ''] = address.split('.');
      if (expected === 'absent') expect(resource[type]?.[name]).toBeUndefined();
      else expect(resource[type]?.[name]).toMatchObject(expected);
    });

    test('whole: npm run generate writes it beside the example, where its difference is to be reviewed', () => {
      expect(`${text}\n`).toBe(readFileSync(join(FOLDER, example.name, 'terraform', `${stack}.tf.json`), 'utf8'));
    });
  });
});

test('the TypeScript of an example also runs by itself', () => {
  const outdir = mkdtempSync(join(tmpdir(), 'example-'));
  const main = join(FOLDER, 'private-api/main.ts');
  execFileSync(process.execPath, ['--import', 'tsx', main], { env: { ...process.env, CDKTF_OUTDIR: outdir } });
  expect(existsSync(join(outdir, 'stacks/prod/cdk.tf.json'))).toBe(true);
  rmSync(outdir, { recursive: true });
});
