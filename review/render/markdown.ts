import { code, escapeMarkdown, markdownTable } from '../../exposure/index';
import { causesWords, type Finding, type Severity } from '../finding';
import type { PlanReview } from '../review';
import { NO_CHANGE, summary } from '../summary';

const SIGNS: Readonly<Record<Severity, string>> = { critical: '🟥', high: '🟧', medium: '🟨', low: '⬜' };

/** The longest comment that GitHub takes is 65,536 characters; GitLab takes more. */
const MOST_ROWS = 50;

/** The review as a comment on a pull request: one part a plan. */
export function reviewMarkdown(reviews: readonly PlanReview[]): string {
  return `${reviews.map(planMarkdown).join('\n\n')}\n`;
}

function planMarkdown(review: PlanReview): string {
  const parts = [`## Cloud Run review of ${escapeMarkdown(review.plan)}: ${summary(review.findings)}`];
  if (review.findings.length > 0)
    parts.push(limited(['', 'what', 'if it is not intended'], review.findings.map(findingRow)));
  parts.push(...exposureMarkdown(review), ...review.notes.map(escapeMarkdown));
  return parts.join('\n\n');
}

function findingRow(finding: Finding): readonly string[] {
  const { severity, rule, address, message, remedy } = finding;
  const where = [address && code(address), causesWords(finding, code)].map((line) => line && `<br>${line}`).join('');
  return [
    `${SIGNS[severity]} ${severity}`,
    `${escapeMarkdown(message)}${where}`,
    `${escapeMarkdown(remedy)} (${code(rule)})`,
  ];
}

function exposureMarkdown({ differences }: PlanReview): readonly string[] {
  if (differences.length === 0) return [`Who can reach what: **${NO_CHANGE}**.`];
  const rows = differences.flatMap(({ address, differences }) =>
    differences.map(({ what, before, after }) => [code(address), ...[what, before, after].map(escapeMarkdown)]),
  );
  return ['### Who can reach what', limited(['service', 'what', 'before', 'after'], rows)];
}

function limited(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const rest = rows.length - MOST_ROWS;
  const table = markdownTable(header, rows.slice(0, MOST_ROWS));
  return rest > 0 ? `${table}\n\n… and ${rest.toLocaleString('en-US')} more: see the review in another format.` : table;
}
