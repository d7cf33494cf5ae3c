import { fileWith, problemsOf } from './problems';

const ENVIRONMENTS = 'environments:\n  prod: {project: acme-prod, region: europe-west1}\n';

const BAD_FILES: Record<string, [text: string, ...lines: (string | RegExp)[]]> = {
  'an empty file': ['', 'services.yaml:1:1: the file is empty: write at least environments and services'],
  'a file of comments': [
    '# nothing\n',
    'services.yaml:1:1: the file is empty: write at least environments and services',
  ],
  'a list': ['- a\n', 'services.yaml:1:1: a list is not a map: write its keys as one map, {environments: …}'],
  'a scalar': ['hello', 'services.yaml:1:1: a string is not a map'],
  'broken YAML': [
    `${ENVIRONMENTS}services:\n  api: {image: a\n  web: {image: b}\n`,
    /^services\.yaml:5:3: not YAML: flow map/,
  ],
  'tabs, once a line': [
    `${ENVIRONMENTS}services:\n\tapi:\n\t\timage: a\n`,
    'services.yaml:4:1: a tab indents this line: use spaces',
    'services.yaml:5:1: a tab indents this line: use spaces',
  ],
  'two documents': [
    `${ENVIRONMENTS}---\na: b\n`,
    'services.yaml:3:1: a second document begins here: write one document',
  ],
  'keys written twice': [
    `${ENVIRONMENTS}services:\n  api: {image: a}\n  api: {image: b}\nservices: {}\n`,
    'services.yaml:5:3 services.api: written twice: it is also in line 4',
    'services.yaml:6:1 services: written twice: it is also in line 3',
  ],
  'an alias of nothing': [
    `${ENVIRONMENTS}services:\n  api: *base\n`,
    'services.yaml:4:8 services.api: no anchor &base stands before this alias',
  ],
  'an alias inside its anchor': [
    `${ENVIRONMENTS}services:\n  api: &api {image: a, sidecars: {proxy: *api}}\n`,
    'services.yaml:4:42 services.api.sidecars.proxy: the alias *api stands inside its own anchor',
  ],
  'an unknown tag': [
    fileWith('description: !upper a'),
    'services.yaml:7:18: an unknown tag: values are lists, maps, strings, numbers, true, false and null',
  ],
  'tags that make something else of a list, a map or a scalar': [
    fileWith('env: !!pairs [A: b]\nlabels: !!omap [a: b]\nroles: !!set {a}\ndescription: !!timestamp 2001-01-01'),
    'services.yaml:7:18 services.api.env: an unknown tag: values are lists, maps, strings, numbers, true, false and null',
    'services.yaml:8:20 services.api.labels: an unknown tag: values are lists, maps, strings, numbers, true, false and null',
    'services.yaml:9:18 services.api.roles: an unknown tag: values are lists, maps, strings, numbers, true, false and null',
    'services.yaml:10:30 services.api.description: an unknown tag: values are lists, maps, strings, numbers, true, false and null',
  ],
  'a NUL character in a value and in a key': [
    fileWith('description: "a\\0b"\nenv: {"a\\0": b}'),
    'services.yaml:7:18 services.api.description: a NUL character is in it: take it out',
    'services.yaml:8:11 services.api.env: a NUL character is in it: take it out',
  ],
  'keys that are not strings': [
    fileWith('1: a\ntrue: a\n? [a]\n: b'),
    'services.yaml:7:5 services.api: the key 1 is not a string: quote it',
    'services.yaml:8:5 services.api: the key true is not a string: quote it',
    'services.yaml:9:7 services.api: a key is a string, not a list, a map or an alias',
  ],
  'keys without a name': [
    fileWith('"": a\n: b'),
    "services.yaml:7:5 services.api: '' cannot be a key",
    'services.yaml:8:1 services.api: a key is missing before the colon',
  ],
  'a key that would reach into every object': [
    fileWith('env: {__proto__: {polluted: "1"}}'),
    "services.yaml:7:11 services.api.env: '__proto__' cannot be a key",
  ],
  'a merge of something else': [
    fileWith('<<: 3'),
    'services.yaml:7:9 services.api.<<: << takes an alias of a map, or a list of them',
  ],
  'deep nesting': [
    `services: ${'['.repeat(200)}${']'.repeat(200)}`,
    /the key 'environments' is missing/,
    /a list is not a map/,
    'services.yaml:1:110 services[0][0]: nested deeper than 100 levels',
  ],
  'very deep nesting': [
    `services: ${'{a: '.repeat(20_000)}1${'}'.repeat(20_000)}`,
    /^services\.yaml:1:\d+: nested too deeply to be read$/,
  ],
  'an environment without anything': [
    'environments:\n  prod:\n',
    'services.yaml:2:8 environments.prod: nothing is written here: write a map',
  ],
  'a service without anything': [
    `${ENVIRONMENTS}services:\n  api:\n`,
    'services.yaml:4:7 services.api: nothing is written here: write a map',
  ],
};

test.each(Object.entries(BAD_FILES))('%s is refused at its place', (_, [text, ...lines]) => {
  const problems = problemsOf(text);
  expect(problems).toEqual(lines.map((line) => (typeof line === 'string' ? line : expect.stringMatching(line))));
});

test('nothing reaches the prototype of all objects', () => {
  problemsOf(fileWith('<<: {__proto__: {polluted: "1"}}\nenv: {constructor: {prototype: {polluted: "1"}}}'));
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
});

test('aliases that expand without end are refused at once', () => {
  const names = 'abcdefghi'.split('');
  const levels = names.slice(1).map((name, index) => {
    const alias = `*${names[index]}`;
    return `    ${name}: &${name} [${Array(10).fill(alias).join(', ')}]`;
  });
  const text = fileWith(`args: &a [x, x, x, x, x, x, x, x, x, x]\n`) + levels.join('\n');
  const refused = problemsOf(text).filter((line) => line.includes('aliases expand'));
  expect(refused).toEqual(['services.yaml:13:12 services.api.g: aliases expand to more than 2000000 values']);
});

test('a chain of aliases that is too deep is refused once', () => {
  const chain = Array.from({ length: 5000 }, (_, i) => `  x${i + 1}: &x${i + 1} [*x${i}]`);
  const refused = problemsOf(`defaults:\n  x0: &x0 [a]\n${chain.join('\n')}\n`).filter((line) =>
    line.includes('deeper'),
  );
  expect(refused).toHaveLength(1);
});

test('anchors, aliases and merge keys work, and a problem is reported at the place of the value', () => {
  const text = `${ENVIRONMENTS}services:
  api: &base
    image: a:1
    env: {LOG: 1}
  web:
    <<: *base
    args: [b]
`;
  expect(problemsOf(text)).toEqual([
    'services.yaml:6:16 services.api.env.LOG: 1 is not a string or {secret: …}: quote it, "1"',
    'services.yaml:6:16 services.web.env.LOG: 1 is not a string or {secret: …}: quote it, "1"',
  ]);
});

test('of several merged maps the first that has a key gives its value', () => {
  const text = `${ENVIRONMENTS}services:
  api: &api {image: "a:1", port: "1"}
  web: &web {image: "b:1", port: "2"}
  both: {<<: [*web, *api]}
`;
  expect(problemsOf(text).filter((line) => line.includes('services.both'))).toEqual([
    'services.yaml:5:34 services.both.port: "2" is not a number: leave the quotes out',
  ]);
});

test('words and dates of YAML 1.1 are strings, also if the file names that version', () => {
  const text = `%YAML 1.1\n---\n${fileWith('env: {A: yes, B: 2001-01-01}')}`;
  expect(problemsOf(text)).toEqual([]);
});
