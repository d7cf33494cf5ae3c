import { printable } from '../words';

/**
 * A Markdown table. Columns are not padded to a common width: one long cell would then change every line of a
 * committed report.
 */
export function markdownTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  return [header, header.map(() => '---'), ...rows].map(markdownRow).join('\n');
}

/** One row of a Markdown table. */
export function markdownRow(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

/** Escapes text for a cell or a sentence: nothing in it is markup, and no `@name` or `#1` becomes a mention. */
export function escapeMarkdown(text: string): string {
  return printable(text)
    .replace(/[\\`*_[\]<>|~#]/g, '\\$&')
    .replace(/@(?=\w)/g, '@\u200b');
}

/** A name or address in code font: the fence is longer than any run of backticks in it. */
export function code(text: string): string {
  const runs = text.match(/`+/g) ?? [];
  const fence = '`'.repeat(Math.max(0, ...runs.map((run) => run.length)) + 1);
  const space = text.startsWith('`') || text.endsWith('`') ? ' ' : '';
  return `${fence}${space}${printable(text).replaceAll('|', '\\|')}${space}${fence}`;
}
