import { code, escapeMarkdown, markdownRow, markdownTable } from '../../exposure/index';
import { causesWords, type Finding, SEVERITIES, type Severity } from '../finding';
import type { PlanReview } from '../review';
import { NO_CHANGE, summary } from '../summary';
import { type CommentSection, comment } from './comment-size';

const SIGNS: Readonly<Record<Severity, string>> = { critical: '🟥', high: '🟧', medium: '🟨', low: '⬜' };

/** What changes about the exposure matters less than any finding but the low ones. */
const EXPOSURE_RANK = SEVERITIES.indexOf('low') - 0.5;

/** The review as a comment on a pull request: one part a plan. */
export function reviewMarkdown(reviews: readonly PlanReview[]): string {
  return `${comment(reviews.flatMap(planSections))}\n`;
}

function planSections(review: PlanReview): readonly CommentSection[] {
  const title = `## Cloud Run review of ${escapeMarkdown(review.plan)}: ${summary(review.findings)}`;
  const notes = review.notes.map((note) => ({ head: escapeMarkdown(note), lines: [] }));
  return [{ head: title, lines: [] }, ...findingsSection(review), exposureSection(review), ...notes];
}

function findingsSection({ findings }: PlanReview): readonly CommentSection[] {
  if (findings.length === 0) return [];
  const lines = findings.map((finding) => ({
    text: markdownRow(findingRow(finding)),
    kind: finding.severity,
    rank: SEVERITIES.indexOf(finding.severity),
  }));
  return [{ head: markdownTable(['', 'what', 'if it is not intended'], []), lines }];
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

function exposureSection({ differences }: PlanReview): CommentSection {
  if (differences.length === 0) return { head: `Who can reach what: **${NO_CHANGE}**.`, lines: [] };
  const lines = differences.flatMap(({ address, differences }) =>
    differences.map(({ what, before, after }) => ({
      text: markdownRow([code(address), ...[what, before, after].map(escapeMarkdown)]),
      kind: 'changed',
      rank: EXPOSURE_RANK,
    })),
  );
  return { head: `### Who can reach what\n\n${markdownTable(['service', 'what', 'before', 'after'], [])}`, lines };
}
