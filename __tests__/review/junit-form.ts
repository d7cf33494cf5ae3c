import { SaxesParser } from 'saxes';

/** An element of an XML document, or what is wrong with the document. */
export interface Element {
  readonly error?: string;
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly Element[];
  readonly text: string;
}

/** The trees of XML documents, by the parser that jsdom has. */
export function parseXml(texts: readonly string[]): readonly Element[] {
  return texts.map((text) => {
    try {
      return treeOf(text);
    } catch (error) {
      return { error: String(error), name: '', attributes: {}, children: [], text: '' };
    }
  });
}

function treeOf(text: string): Element {
  const roots: Element[] = [];
  const open: { readonly children: Element[]; text: string }[] = [{ children: roots, text: '' }];
  const keepText = (more: string) => {
    for (const innermost of open.slice(-1)) innermost.text += more;
  };
  const parser = new SaxesParser({ xmlns: true });
  parser.on('text', keepText);
  parser.on('cdata', keepText);
  parser.on('opentag', ({ name, attributes }) => {
    const values = Object.entries(attributes).map(([key, { value }]) => [key, value]);
    const element = { name, attributes: Object.fromEntries(values), children: [], text: '' };
    open.at(-1)?.children.push(element);
    open.push(element);
  });
  parser.on('closetag', () => void open.pop());
  parser.write(text).close();
  return roots[0] as Element;
}

/** The content of each element by Jenkins' schema of JUnit reports, the strictest that is in use. */
interface Form {
  readonly children: readonly string[];
  readonly required: readonly string[];
  readonly optional: readonly string[];
}

const RESULT: Form = { children: [], required: [], optional: ['type', 'message'] };
const FORMS: Readonly<Record<string, Form>> = {
  testsuites: { children: ['testsuite'], required: [], optional: ['name', 'time', 'tests', 'failures', 'errors'] },
  testsuite: {
    children: ['testsuite', 'properties', 'testcase', 'system-out', 'system-err'],
    required: ['name', 'tests', 'failures', 'errors'],
    optional: ['group', 'time', 'skipped', 'timestamp', 'hostname', 'id', 'package', 'file', 'log', 'url'],
  },
  testcase: {
    children: ['skipped', 'error', 'failure', 'system-out', 'system-err'],
    required: ['name'],
    optional: ['time', 'classname', 'group'],
  },
  failure: RESULT,
  skipped: RESULT,
  error: RESULT,
  'system-out': { children: [], required: [], optional: [] },
  'system-err': { children: [], required: [], optional: [] },
};

/** The parts of a JUnit report that do not match this form, and its wrong counts. */
export function faultsOf({ error, name, attributes, children }: Element): string[] {
  const form = FORMS[name];
  if (error !== undefined || form === undefined) return [error ?? `${name} is not an element of JUnit`];
  const known = [...form.required, ...form.optional];
  return [
    ...form.required.filter((key) => !(key in attributes)).map((key) => `${name} has no ${key}`),
    ...Object.keys(attributes)
      .filter((key) => !known.includes(key))
      .map((key) => `${name} has ${key}`),
    ...children.filter((child) => !form.children.includes(child.name)).map((child) => `${child.name} in ${name}`),
    ...(name === 'testsuite' ? wrongCounts(attributes, children) : []),
    ...children.flatMap(faultsOf),
  ];
}

function wrongCounts(attributes: Element['attributes'], children: readonly Element[]): string[] {
  const cases = children.filter(({ name }) => name === 'testcase');
  const having = (result: string) => cases.filter((each) => each.children.some(({ name }) => name === result)).length;
  const counts = {
    tests: cases.length,
    failures: having('failure'),
    errors: having('error'),
    skipped: having('skipped'),
  };
  return Object.entries(counts)
    .filter(([key, count]) => attributes[key] !== String(count))
    .map(([key]) => `${key} is wrong`);
}
