import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

/** The type of each diagram by the mermaid package: `flowchart-v2`, or the error. */
export function parseMermaid(diagrams: readonly string[]): readonly string[] {
  const script = join(__dirname, 'parse-mermaid.mjs');
  return JSON.parse(execFileSync(process.execPath, [script], { input: JSON.stringify(diagrams), encoding: 'utf8' }));
}
