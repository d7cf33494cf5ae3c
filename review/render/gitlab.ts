import { createHash } from 'node:crypto';
import { printable } from '../../exposure/index';
import { acceptanceWords, type Finding, type Severity, type Source } from '../finding';
import { fingerprint } from '../fingerprint';
import type { PlanReview } from '../review';
import type { AcceptedNote } from '../summary';

/** GitLab's severities. https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format */
const SEVERITY: Readonly<Record<Severity, 'minor' | 'major' | 'critical' | 'blocker'>> = {
  critical: 'blocker',
  high: 'critical',
  medium: 'major',
  low: 'minor',
};

/** One finding as GitLab reads it. */
interface Issue {
  readonly description: string;
  readonly check_name: string;
  readonly fingerprint: string;
  readonly severity: 'info' | (typeof SEVERITY)[Severity];
  readonly location: { readonly path: string; readonly lines: { readonly begin: number } };
}

/** The review as GitLab's Code Quality report. What is accepted is `info`, with its reason. */
export function reviewGitlab(reviews: readonly PlanReview[], accepted: readonly AcceptedNote[] = []): string {
  const issues = [
    ...reviews.flatMap(({ file, findings }) => findings.map((finding) => issue(finding, file))),
    ...accepted.map(noteIssue),
  ];
  return `${JSON.stringify(issues, null, 2)}\n`;
}

function issue(finding: Finding, file: string): Issue {
  const { plan, rule, severity, message, remedy, accepted, lapsed } = finding;
  const more = accepted ? acceptanceWords(accepted) : `${lapsed ? `${lapsed}. ` : ''}If it is not intended: ${remedy}`;
  return {
    description: printable(`${plan}: ${message}. ${more}`),
    check_name: rule,
    fingerprint: fingerprint(finding),
    severity: accepted ? 'info' : SEVERITY[severity],
    location: location(finding.source ?? { file: file === '-' ? 'stdin' : file, line: 1 }),
  };
}

function noteIssue(note: AcceptedNote): Issue {
  const { file, line, message } = note;
  return {
    description: printable(`this entry of ${file} ${message}`),
    check_name: 'accepted',
    fingerprint: createHash('sha256').update(`${file}:${line} ${message}`).digest('hex'),
    severity: 'info',
    location: location(note),
  };
}

function location({ file, line }: Pick<Source, 'file' | 'line'>): Issue['location'] {
  return { path: file.replaceAll('\\', '/').replace(/^(\.\/)+/, ''), lines: { begin: line } };
}
