import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { initCommand } from '../../cli/init';
import { emptyFolder } from '../empty-folder';
import { runCommandIn } from '../run-command';

/** A folder with some files in it, in which `init` has run. */
async function initIn(files: Readonly<Record<string, string>>) {
  const folder = emptyFolder();
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return {
    ...(await runCommandIn(folder, initCommand(), [])),
    read: (name: string) => readFileSync(join(folder, name), 'utf8'),
    folder,
  };
}

test('existing files do not change, byte for byte', async () => {
  const files = {
    'services.yaml': 'services: {}',
    'main.ts': '// mine',
    'cdktf.json': '{"app": "true"}',
    'tsconfig.json': '{}',
  };
  const { status, stdout, read } = await initIn(files);
  expect(status).toBe(0);
  for (const [name, text] of Object.entries(files)) expect(read(name)).toBe(text);
  expect(stdout).toContain('synthServices(app, stacks);       // in place of app.synth()');
});

test('package.json gets what is missing, in its own indentation; versions and scripts that are there stay', async () => {
  const manifest = {
    name: 'app',
    scripts: { synth: 'cdktf synth' },
    devDependencies: { cdktf: '0.20.0' },
    license: 'MIT',
  };
  const { read, stdout } = await initIn({ 'package.json': JSON.stringify(manifest, null, '\t') });
  const text = read('package.json');
  expect(JSON.parse(text)).toMatchObject({
    ...manifest,
    scripts: { synth: 'cdktf synth', plan: 'cdktf-cloud-run plan' },
    dependencies: { 'cdktf-cloud-run': expect.any(String) },
    devDependencies: { cdktf: '0.20.0', tsx: expect.any(String) },
  });
  expect(JSON.parse(text).dependencies.cdktf).toBeUndefined();
  expect(text).toContain('\n\t"name"');
  expect(stdout).toMatch(/^package\.json +added check, plan, /m);
});

test('.gitignore gets the lines that are missing', async () => {
  const { read } = await initIn({ '.gitignore': '/node_modules\ncdktf.out' });
  expect(read('.gitignore')).toBe('/node_modules\ncdktf.out\n.terraform/\n*.tfstate\n*.tfstate.*\n');
});

test('a package.json that is not JSON is reported in one line, and not changed', async () => {
  const { status, stderr, read } = await initIn({ 'package.json': '{' });
  expect({ status, stderr }).toEqual({
    status: 1,
    stderr: 'package.json is not valid JSON: mend it and run this again\n',
  });
  expect(read('package.json')).toBe('{');
});

test('if npm would refuse the name of the folder, the package gets a name that npm accepts', async () => {
  const folder = join(emptyFolder(), 'My Services (2)');
  mkdirSync(folder);
  await runCommandIn(folder, initCommand(), []);
  expect(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).name).toBe('my-services-2');
  expect(existsSync(join(folder, 'services.yaml'))).toBe(true);
});
