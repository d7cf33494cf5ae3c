import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

export const ROOT = resolve(__dirname, '../..');

/** Pages that are written by hand. The snippets of generated pages need no test. */
export const PAGES = [
  'README.md',
  'CONTRIBUTING.md',
  'docs/services-yaml.md',
  'docs/load-balancer.md',
  'docs/callers.md',
  'docs/typescript.md',
  'docs/addresses.md',
  'docs/adopt.md',
  'docs/accepted.md',
  'docs/decisions.md',
];

/** A fenced block of a page. */
export interface Snippet {
  /** The text after the fence: a language, and what a test checks. */
  readonly kind: string;
  readonly text: string;
  /** Where it is, for the name of a test: `README.md:12`. */
  readonly place: string;
  /** The text of the services.yaml nearest above it. */
  readonly services: string;
}

/** All fenced blocks of a page. */
export function snippetsOf(page: string): Snippet[] {
  const text = readPage(page);
  let services = '';
  return [...text.matchAll(/^```(\w[^\n]*)\n([\s\S]*?)^```$/gm)].map(({ 1: kind = '', 2: body = '', index }) => {
    if (kind.startsWith('yaml')) services = body;
    const line = text.slice(0, index).split('\n').length;
    return { kind, text: body.trimEnd(), place: `${page}:${line}`, services };
  });
}

export function readPage(page: string): string {
  return readFileSync(join(ROOT, page), 'utf8');
}
