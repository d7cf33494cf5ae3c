import { type Command, Option } from 'commander';
import pc from 'picocolors';
import {
  type AcceptedNote,
  isAtLeast,
  type PlanReview,
  reviewJson,
  reviewMarkdown,
  reviewSarif,
  reviewText,
  SEVERITIES,
  type Severity,
} from '../review';
import { ACCEPTED_FILE, accept, readAcceptedFile } from './accepted-file';

type Format = (reviews: readonly PlanReview[], accepted: readonly AcceptedNote[]) => string;

const FORMATS: Readonly<Record<'markdown' | 'text' | 'json' | 'sarif', Format>> = {
  markdown: reviewMarkdown,
  text: (reviews, accepted) => reviewText(reviews, process.stdout.isTTY && pc.isColorSupported, accepted),
  json: reviewJson,
  sarif: reviewSarif,
};

const INCOMPLETE = 'incomplete-plan';

/** How a review is written, and what of it makes a command fail. */
export interface ReviewOptions {
  readonly format: keyof typeof FORMATS;
  readonly failOn?: Severity;
  readonly allowIncomplete?: boolean;
  readonly accepted?: string;
}

/** Adds the options that every command with a review has. */
export function addReviewOptions(command: Command): Command {
  return command
    .addOption(new Option('--format <format>', 'how to write it').choices(Object.keys(FORMATS)).default('text'))
    .addOption(new Option('--fail-on <severity>', 'exit with 2 on a finding as severe, or more').choices(SEVERITIES))
    .option('--allow-incomplete', 'let --fail-on pass a plan that leaves changes out (-target, or deferred ones)')
    .option(
      '--accepted <file>',
      `findings that are accepted on purpose; default: ${ACCEPTED_FILE}, where there is one`,
    );
}

/** Writes reviews to standard output. The exit code is 2 when there is what `--fail-on` asks to stop, or a part is left out. */
export function writeReviews(reviews: readonly PlanReview[], options: ReviewOptions): void {
  const { format, failOn, allowIncomplete = false } = options;
  const file = readAcceptedFile(options.accepted);
  if (file) process.stderr.write(`accepted findings: ${file.file}\n`);
  const { reviews: judged, notes } = file ? accept(reviews, file) : { reviews, notes: [] };
  process.stdout.write(FORMATS[format](judged, notes));
  if (failOn === undefined) return;
  const findings = judged.flatMap((reviewed) => reviewed.findings).filter(({ accepted }) => !accepted);
  if (findings.some(({ rule, severity }) => rule !== INCOMPLETE && isAtLeast(severity, failOn))) process.exitCode = 2;
  // Whatever is in the part that a plan leaves out, it is not below any severity.
  const incomplete = [...new Set(findings.filter(({ rule }) => rule === INCOMPLETE).map(({ plan }) => plan))];
  if (incomplete.length === 0 || allowIncomplete) return;
  process.stderr.write(
    `${incomplete.join(', ')}: changes are left out, so --fail-on does not pass; plan all of it, or add --allow-incomplete\n`,
  );
  process.exitCode = 2;
}
