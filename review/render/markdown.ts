import { code, escapeMarkdown, markdownRow, markdownTable } from '../../exposure/index';
import { type Acceptance, type Finding, otherCauses, SEVERITIES, type Severity } from '../finding';
import type { PlanReview } from '../review';
import { type AcceptedNote, acceptedNoteWords, NO_CHANGE, summary } from '../summary';
import { series } from '../wording';
import { type CommentSection, comment } from './comment-size';

const SIGNS: Readonly<Record<Severity, string>> = { critical: '🟥', high: '🟧', medium: '🟨', low: '⬜' };

/** The importance of a line: a number between those of the severities, of which critical is 0 and low 3. */
const RANK = { exposure: 2.5, remedy: 2.6, accepted: 3.5, entry: 3.6 };

/** Causes of a finding that its row names. */
const MOST_CAUSES = 3;

/** An action finds this text and writes no comment. */
const NO_FINDINGS = '<!-- cdktf-cloud-run: nothing to say -->';

/** The review as a comment on a pull request, with one part for each plan. */
export function reviewMarkdown(reviews: readonly PlanReview[], accepted: readonly AcceptedNote[] = []): string {
  const silent = reviews.every(({ findings, differences }) => findings.length === 0 && differences.length === 0);
  const sections = [...reviews.flatMap(planSections), ...entriesSection(accepted)];
  return `${comment(silent ? [...sections, { head: NO_FINDINGS, lines: [] }] : sections)}\n`;
}

function planSections(review: PlanReview): readonly CommentSection[] {
  const title = `## Cloud Run review of ${escapeMarkdown(review.plan)}: ${summary(review.findings)}`;
  const active = review.findings.filter(({ accepted }) => !accepted);
  const low = active.filter(({ severity }) => severity === 'low');
  const notes = review.notes.map((note) => ({ head: escapeMarkdown(note), lines: [] }));
  return [
    { head: title, lines: [] },
    ...findingsSection(active.filter(({ severity }) => severity !== 'low')),
    exposureSection(review),
    ...folded(`${low.length} low`, findingsSection(low)),
    ...acceptedSection(review.findings),
    ...remediesSection(active),
    ...notes,
  ];
}

function findingsSection(findings: readonly Finding[]): readonly CommentSection[] {
  if (findings.length === 0) return [];
  const lines = findings.map((finding) => ({
    text: () => markdownRow([...findingCells(finding), code(finding.rule)]),
    kind: finding.severity,
    rank: SEVERITIES.indexOf(finding.severity),
  }));
  return [{ head: markdownTable(['', 'what', 'because of', 'rule'], []), lines }];
}

function findingCells(finding: Finding): readonly string[] {
  const { severity, address, message, lapsed } = finding;
  const causes = otherCauses(finding);
  return [
    `${SIGNS[severity]}&nbsp;${severity}`,
    [message, ...(lapsed === undefined ? [] : [`(${lapsed})`])].map(escapeMarkdown).join(' '),
    causes.length > 0 ? series(causes.map(code), MOST_CAUSES) : address && code(address),
  ];
}

function exposureSection({ differences }: PlanReview): CommentSection {
  if (differences.length === 0) return { head: `Who can reach what: **${NO_CHANGE}**.`, lines: [] };
  const lines = differences.flatMap(({ address, differences }) =>
    differences.map(({ what, before, after }) => ({
      text: () => markdownRow([code(address), ...[what, before, after].map(escapeMarkdown)]),
      kind: 'changed',
      rank: RANK.exposure,
    })),
  );
  return { head: `### Who can reach what\n\n${markdownTable(['service', 'what', 'before', 'after'], [])}`, lines };
}

function acceptedSection(findings: readonly Finding[]): readonly CommentSection[] {
  const lines = findings.flatMap((finding) => {
    const { accepted } = finding;
    return accepted ? [{ text: () => acceptedRow(finding, accepted), kind: 'accepted', rank: RANK.accepted }] : [];
  });
  if (lines.length === 0) return [];
  const head = markdownTable(['', 'what', 'accepted', 'because of', 'rule'], []);
  return folded(`${lines.length} accepted`, [{ head, lines }]);
}

function acceptedRow(finding: Finding, { until, reason }: Acceptance): string {
  const [sign = '', what = '', because = ''] = findingCells(finding);
  return markdownRow([sign, what, `until ${until}: ${escapeMarkdown(reason)}`, because, code(finding.rule)]);
}

/** What to do about the findings, once for each rule. */
function remediesSection(findings: readonly Finding[]): readonly CommentSection[] {
  const remedies = [...new Map(findings.map(({ rule, remedy }) => [rule, remedy]))];
  if (remedies.length === 0) return [];
  const lines = remedies.map(([rule, remedy]) => ({
    text: () => markdownRow([code(rule), escapeMarkdown(remedy)]),
    kind: 'rules',
    rank: RANK.remedy,
  }));
  return folded('If it is not intended', [{ head: markdownTable(['rule', 'what to do'], []), lines }]);
}

function entriesSection(accepted: readonly AcceptedNote[]): readonly CommentSection[] {
  if (accepted.length === 0) return [];
  const lines = accepted.map((note) => ({
    text: () => `- ${escapeMarkdown(acceptedNoteWords(note))}`,
    kind: 'entries',
    rank: RANK.entry,
  }));
  return folded('Entries of accepted findings to look at', [{ head: '', lines }]);
}

/** Sections that a click opens. */
function folded(title: string, sections: readonly CommentSection[]): readonly CommentSection[] {
  return sections.map(({ head, lines }) => ({
    head: `<details>\n<summary>${title}</summary>\n\n${head}`,
    lines,
    foot: '</details>',
  }));
}
