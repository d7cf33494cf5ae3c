import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { Command } from 'commander';
import { CDKTF_JSON, GITIGNORE, MAIN, PACKAGE, SERVICES, TSCONFIG } from './init-files';
import { readPackageJson } from './package-json';
import { reportingInputErrors } from './terraform-file';

/** What happened to a file, for the list that `init` prints. */
interface Written {
  readonly file: string;
  readonly what: string;
}

/** `init`: writes the files that a project needs into the current folder. It asks nothing and changes no existing content. */
export function initCommand(): Command {
  return new Command('init')
    .description(
      'begin a project in this folder: write services.yaml and an app that synthesizes it; existing files do not change',
    )
    .action(() => reportingInputErrors(init));
}

function init(): void {
  const name = basename(resolve('.'))
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  const hadApp = existsSync('main.ts');
  const written = [
    addFile('services.yaml', SERVICES),
    addFile('main.ts', MAIN),
    addFile('cdktf.json', json({ ...CDKTF_JSON, projectId: name || 'services' })),
    addFile('tsconfig.json', json(TSCONFIG)),
    addPackageEntries(name || 'services'),
    addIgnoredFiles(),
  ];
  const width = Math.max(...written.map(({ file }) => file.length));
  const lines = written.map(({ file, what }) => `${file.padEnd(width)}  ${what}`);
  console.log([...lines, '', ...(hadApp ? EXISTING_APP : []), ...NEXT].join('\n'));
}

const NEXT = [
  'Write your project, region and image into services.yaml. Then:',
  '  npm install',
  '  npm run synth                    # Terraform JSON in cdktf.out',
  '  npm run plan -- prod             # a plan without network and credentials',
];

const EXISTING_APP = [
  'main.ts was there already. To have the stacks of services.yaml in it, add:',
  "  import { buildServices, synthServices } from 'cdktf-cloud-run/services-yaml';",
  '  const stacks = buildServices(app);',
  '  synthServices(app, stacks);       // in place of app.synth()',
  '',
];

function addFile(file: string, text: string): Written {
  if (existsSync(file)) return { file, what: 'is there already, left as it is' };
  writeFileSync(file, text);
  return { file, what: 'written' };
}

/** Adds the scripts and packages that are missing; existing ones keep their values and their order. */
function addPackageEntries(name: string): Written {
  const file = 'package.json';
  if (!existsSync(file)) return addFile(file, json({ name, private: true, ...PACKAGE }));
  const manifest = readPackageJson();
  const added: string[] = [];
  for (const [part, entries] of Object.entries(PACKAGE)) {
    for (const [key, value] of Object.entries(entries)) {
      const places = part === 'scripts' ? ['scripts'] : DEPENDENCIES;
      if (places.some((place) => manifest[place]?.[key] !== undefined)) continue;
      manifest[part] = { ...manifest[part], [key]: value };
      added.push(key);
    }
  }
  if (added.length === 0) return { file, what: 'is there already, left as it is' };
  writeFileSync(file, json(manifest, /^([ \t]+)"/m.exec(readFileSync(file, 'utf8'))?.[1]));
  return { file, what: `added ${added.join(', ')}` };
}

/** The kinds of dependencies: a package that is in one of them is not added to another. */
const DEPENDENCIES = ['dependencies', 'devDependencies', 'peerDependencies'];

/** Adds the missing lines: a committed state would show its secrets. */
function addIgnoredFiles(): Written {
  const file = '.gitignore';
  if (!existsSync(file)) return addFile(file, `${GITIGNORE.join('\n')}\n`);
  const text = readFileSync(file, 'utf8');
  const lines = new Set(text.split(/\r?\n/).map((line) => line.trim().replace(/^\/|\/$/g, '')));
  const missing = GITIGNORE.filter((line) => !lines.has(line.replace(/\/$/, '')));
  if (missing.length === 0) return { file, what: 'is there already, left as it is' };
  writeFileSync(file, `${text}${text === '' || text.endsWith('\n') ? '' : '\n'}${missing.join('\n')}\n`);
  return { file, what: `added ${missing.join(', ')}` };
}

function json(value: object, indentation = '  '): string {
  return `${JSON.stringify(value, null, indentation)}\n`;
}
