// Parses XML documents, a JSON list of texts on standard input, as a browser does: each becomes its tree, or what is wrong.
import { readFileSync } from 'node:fs';
import { JSDOM } from 'jsdom';

const { DOMParser } = new JSDOM('').window;

const tree = (element) => ({
  name: element.tagName,
  attributes: Object.fromEntries([...element.attributes].map(({ name, value }) => [name, value])),
  children: [...element.children].map(tree),
  text: element.children.length === 0 ? element.textContent : '',
});

const parsed = JSON.parse(readFileSync(0, 'utf8')).map((text) => {
  const root = new DOMParser().parseFromString(text, 'application/xml').documentElement;
  return root.tagName === 'parsererror' ? { error: root.textContent } : tree(root);
});

process.stdout.write(JSON.stringify(parsed));
