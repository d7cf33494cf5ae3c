import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import { readAccepted } from '../../accepted';
import { MAIN } from '../../cli/init-files';
import { program } from '../../cli/program';
import { exposureMarkdown, exposureOf, readTerraformJson } from '../../exposure';
import { ruleIds } from '../../review';
import { buildStacks, formatProblem, hasErrors, summary } from '../../services-yaml';
import { allChecks } from '../../services-yaml/build/all-checks';
import { fromServices, terraformOf } from '../examples/examples';
import { testingApp } from '../testing-app';
import { PAGES, ROOT, readPage, snippetsOf } from './snippets';
import { build, typeErrors } from './typescript';

const scripts: Record<string, string> = require('../../package.json').scripts;
const subcommands = program('').commands.map((command) => command.name());
const snippets = PAGES.flatMap(snippetsOf);
const ofKind = (...kinds: string[]) =>
  snippets.filter(({ kind }) => kinds.includes(kind)).map((snippet) => [snippet.place, snippet] as const);

/** The output of a synth of a services.yaml: its problems, and its table. */
function outputOf(services: string): { problems: string; table: string } {
  const { stacks, problems } = buildStacks(testingApp(), services);
  return {
    problems: problems.map((problem) => formatProblem('services.yaml', problem)).join('\n'),
    table: hasErrors(problems) ? '' : summary(stacks, 'cdktf.out'),
  };
}

function terraformIn(services: string) {
  return JSON.parse(terraformOf(fromServices(services)).prod ?? '{}');
}

function addressesIn(services: string): string[] {
  const { resource } = terraformIn(services);
  return Object.entries(resource).flatMap(([type, byName]) =>
    Object.keys(byName as object).map((name) => `${type}.${name}`),
  );
}

test('every snippet is of a kind that is tested', () => {
  const known = [
    'yaml',
    'yaml refused',
    'yaml imports',
    'yaml accepted',
    'text codeowners',
    'text accepted',
    'text',
    'text addresses',
    'json',
    'ts',
    'ts same',
    'ts main',
    'sh',
    'mermaid',
    'text measured',
  ];
  expect(snippets.filter(({ kind }) => !known.includes(kind)).map(({ place, kind }) => `${place} ${kind}`)).toEqual([]);
});

test.each(ofKind('yaml'))('%s: the services.yaml is fine', (_, { text }) => {
  const errors = buildStacks(testingApp(), text).problems.filter(({ severity }) => severity === 'error');
  expect(errors).toEqual([]);
});

test.each(ofKind('yaml refused'))('%s: the services.yaml is refused', (_, { text }) => {
  expect(buildStacks(testingApp(), text).problems.map(({ severity }) => severity)).toContain('error');
});

test.each(ofKind('yaml imports'))('%s: the imports are those of the example', (_, { text }) => {
  expect(readPage('examples/adopted-service/imports.yaml')).toContain(text);
});

test.each(ofKind('yaml accepted'))('%s: the entries are fine', (_, { text }) => {
  const warnings = () => allChecks.filter(({ severity }) => severity === 'warning').map(({ code }) => code);
  const { problems, findings } = readAccepted(text, { rules: () => ruleIds, warnings });
  expect(problems).toEqual([]);
  expect(findings).not.toEqual([]);
});

test.each(ofKind('text'))(
  '%s: the output is what a synth prints of the services.yaml above',
  (_, { text, services }) => {
    const { problems, table } = outputOf(services);
    expect([problems, table]).toContainEqual(text);
  },
);

test.each(ofKind('text addresses'))(
  '%s: the addresses are those of the services.yaml above',
  (_, { text, services }) => {
    expect(text.split('\n').sort()).toEqual(addressesIn(services).sort());
  },
);

test.each(ofKind('json'))('%s: the Terraform is what the services.yaml above makes', (_, { text, services }) => {
  expect(terraformIn(services)).toMatchObject(JSON.parse(text));
});

test.each(ofKind('mermaid'))('%s: the picture is the exposure of the services.yaml above', (_, { text, services }) => {
  const { prod = '' } = terraformOf(fromServices(services));
  const read = readTerraformJson(prod);
  if (read.kind !== 'stack') throw new Error(`read as a ${read.kind}`);
  expect(exposureMarkdown({ stacks: [exposureOf('prod', read.resources)] })).toContain(
    `\`\`\`mermaid\n${text}\n\`\`\``,
  );
});

test.each(ofKind('ts main'))('%s: the program is the one that init writes', (_, { text }) => {
  expect(`${text}\n`).toBe(MAIN);
});

test('the TypeScript of the pages has no type errors', () => {
  expect(typeErrors(ofKind('ts', 'ts same').map(([, { text }]) => text))).toEqual([]);
});

test.each(ofKind('ts', 'ts same'))('%s: the TypeScript runs', (_, { kind, text, services }) => {
  const terraform = build(text);
  if (kind === 'ts same') expect(terraform).toEqual(terraformIn(services));
  else expect(Object.keys(terraform.resource)).not.toEqual([]);
});

test.each(ofKind('sh'))('%s: the commands exist', (_, { text }) => {
  const npx = readdirSync(join(ROOT, 'node_modules/.bin')).concat('cdktf-cloud-run');
  for (const [, script] of text.matchAll(/npm run ([\w-]+)/g)) expect(Object.keys(scripts)).toContain(script);
  for (const [, command] of text.matchAll(/npx ([\w-]+)/g)) expect(npx).toContain(command);
  for (const [, command] of text.matchAll(/npx cdktf-cloud-run ([\w-]+)/g)) expect(subcommands).toContain(command);
});

test.each(
  PAGES.flatMap((page) =>
    [...readPage(page).matchAll(/\]\(([^)#]+)[^)]*\)/g)].map(([, to = '']) => [page, to] as const),
  ),
)('%s links to %s, which is there', (page, to) => {
  if (!/^https?:/.test(to)) expect(existsSync(join(ROOT, dirname(page), to))).toBe(true);
});

test('the README links to every example', () => {
  const folders = readdirSync(join(ROOT, 'examples'));
  const linked = [...readPage('README.md').matchAll(/\(examples\/([\w-]+)\)/g)].map(([, name]) => name);
  expect([...new Set(linked)].sort()).toEqual(folders.sort());
});

test('the file that the README begins with is short', () => {
  const [first] = snippetsOf('README.md').filter(({ kind }) => kind === 'yaml');
  expect(Object.keys(parse(first?.text ?? '').services)).toEqual(['hello', 'api']);
});
