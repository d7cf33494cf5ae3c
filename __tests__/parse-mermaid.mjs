// Reads a JSON list of diagrams from standard input and prints what the mermaid package says of each. It is a process of
// its own since mermaid is an ES module and wants a document.
import { readFileSync } from 'node:fs';
import { JSDOM } from 'jsdom';

const { window } = new JSDOM('');
globalThis.window = window;
globalThis.document = window.document;
const { default: mermaid } = await import('mermaid');

const said = [];
for (const diagram of JSON.parse(readFileSync(0, 'utf8'))) {
  said.push(
    await mermaid.parse(diagram).then(
      ({ diagramType }) => diagramType,
      (error) => error.message,
    ),
  );
}
process.stdout.write(JSON.stringify(said));
