import type { CloudRunStack } from '../constructs/cloud-run-stack';

const HEADER = ['service', 'access', 'ingress', 'domains'];

/** What a synth made: of each stack its folder, how many services it has, and who can reach them from where. */
export function summary(stacks: readonly CloudRunStack[], outputFolder: string): string {
  return stacks.map((stack) => stackSummary(stack, `${outputFolder}/stacks/${stack.node.id}`)).join('\n\n');
}

function stackSummary({ node, services }: CloudRunStack, folder: string): string {
  const title = `${node.id}: ${services.length} ${services.length === 1 ? 'service' : 'services'} in ${folder}`;
  if (services.length === 0) return title;
  const rows = services.map(({ serviceName, props, domainMappings }) => [
    serviceName,
    props.access ?? 'private',
    props.ingress ?? 'all',
    domainMappings.map(({ domain }) => domain).join(' '),
  ]);
  return [title, ...aligned([HEADER, ...rows])].join('\n');
}

function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = HEADER.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd());
}
