import type { Entry, ExposureReport, ServiceExposure, StackExposure } from '../report';
import { wideness, widestEntry } from '../widest-entry';
import { callersWords, exposureWords, type Formatting, type Identities, summary } from '../words';
import { code, escapeMarkdown, markdownTable } from './markdown-table';
import { mermaid } from './mermaid';

/** With more services, a picture cannot be read any more, and GitHub does not draw it. */
const MOST_SERVICES_IN_A_PICTURE = 60;

/** Users choose the names of callers: nothing in them may become markup. */
const MARKDOWN: Formatting = { name: escapeMarkdown, principal: code };

/** What no report covers, written once at the end of each. */
export const BLIND_SPOTS =
  'Not seen here: grants on folders and the organisation, grants made outside Terraform, load balancers and networks of other stacks.';

/** The report as Markdown, to be committed: it changes only if the exposure changes. */
export function exposureMarkdown(report: ExposureReport): string {
  const stacks = report.stacks.map(stackMarkdown);
  return `${[...stacks, BLIND_SPOTS].join('\n\n')}\n`;
}

function stackMarkdown(stack: StackExposure): string {
  const parts = [`# Who can reach what: ${escapeMarkdown(stack.name)}`, summary(stack.services)];
  if (stack.services.length > 0) parts.push(overview(stack), picture(stack));
  parts.push(...stack.services.map((service) => serviceMarkdown(service, stack.identities)));
  if (stack.notes.length > 0)
    parts.push('## What could not be determined', stack.notes.map((note) => `- ${code(note)}`).join('\n'));
  return parts.join('\n\n');
}

function overview({ services, identities }: StackExposure): string {
  const rows = byWideness(services).map((service) => {
    const widest = widestEntry(service.entries);
    const callers = widest ? callersWords(widest, identities, MARKDOWN) : [];
    return [
      code(service.name),
      service.location,
      exposureWords(service),
      abridged(callers),
      service.ingress,
      code(service.address),
    ];
  });
  return markdownTable(['service', 'region', 'exposure', 'who may call', 'ingress', 'address'], rows);
}

/** The services that are widest open first; equal ones by address. */
export function byWideness(services: readonly ServiceExposure[]): readonly ServiceExposure[] {
  const width = new Map(services.map((service) => [service, widestWidth(service)]));
  return [...services].sort((a, b) => (width.get(b) ?? 0) - (width.get(a) ?? 0) || (a.address < b.address ? -1 : 1));
}

function widestWidth(service: ServiceExposure): number {
  const widest = widestEntry(service.entries);
  return widest ? wideness(widest) : -1;
}

function abridged(callers: readonly string[]): string {
  const rest = callers.length - 3;
  const first = callers.slice(0, 3).join(', ');
  return rest > 0 ? `${first} and ${rest} more` : first;
}

function picture(stack: StackExposure): string {
  if (stack.services.length > MOST_SERVICES_IN_A_PICTURE) {
    return `(${stack.services.length} services do not fit into a readable picture.)`;
  }
  return `\`\`\`mermaid\n${mermaid(stack)}\`\`\``;
}

function serviceMarkdown(service: ServiceExposure, identities: Identities): string {
  const rows = service.entries.map((entry) => [
    code(entry.url),
    entry.from,
    callersWords(entry, identities, MARKDOWN).join(', '),
    throughWords(entry),
  ]);
  const table = rows.length > 0 ? markdownTable(['URL', 'answers from', 'who may call', 'through'], rows) : 'No URL.';
  return `## ${escapeMarkdown(service.name)} (${service.location})\n\n${table}`;
}

function throughWords({ via, tag, securityPolicy, through }: Entry): string {
  const name = via === 'run.app' && tag !== undefined ? `run.app, tag ${code(tag)}` : via.replace('-', ' ');
  const armor = securityPolicy === undefined ? '' : `, Cloud Armor ${code(securityPolicy)}`;
  return `${name}${armor}: ${through.map(code).join(', ')}`;
}
