/**
 * A Markdown table. Columns are not padded to a common width: one long cell would then change every line of a
 * committed report.
 */
export function markdownTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n');
}

/** Text of a cell or a sentence as Markdown shows it: nothing in it is markup, and no `@name` or `#1` is a mention. */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/[\r\n]+/g, ' ')
    .replace(/[\\`*_[\]<>|~#]/g, '\\$&')
    .replace(/@(?=\w)/g, '@\u200b');
}

/** A name or address in code font. A backslash does not escape inside code, so a bar is written as an entity. */
export function code(text: string): string {
  const fence = text.includes('`') ? '``' : '`';
  return `${fence}${text.replace(/[\r\n]+/g, ' ').replaceAll('|', '\\|')}${fence}`;
}
