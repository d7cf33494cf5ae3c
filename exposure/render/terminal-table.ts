import type { ExposureReport, StackExposure } from '../report';
import { widestEntry } from '../widest-entry';
import { callersWords, exposureWords, printable, summary } from '../words';
import { byWideness } from './markdown';

/** The report for a terminal: one aligned table for each stack, the services that are widest open first. */
export function exposureTable(report: ExposureReport): string {
  return report.stacks.map(stackTable).join('\n');
}

function stackTable(stack: StackExposure): string {
  const rows = byWideness(stack.services).map((service) => {
    const widest = widestEntry(service.entries);
    const callers = widest ? callersWords(widest, stack.identities) : [];
    return [service.name, service.location, exposureWords(service), service.ingress, callers.join(', ')].map(printable);
  });
  const table =
    rows.length === 0 ? [] : aligned([['SERVICE', 'REGION', 'EXPOSURE', 'INGRESS', 'WHO MAY CALL'], ...rows]);
  const notes = stack.notes.map((note) => `could not be determined: ${printable(note)}`);
  return `${[`${stack.name}: ${summary(stack.services)}`, ...table, ...notes].join('\n')}\n`;
}

function aligned(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
