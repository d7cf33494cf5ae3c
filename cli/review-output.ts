import { writeFileSync } from 'node:fs';
import { type Command, InvalidArgumentError, Option } from 'commander';
import pc from 'picocolors';
import { InputError } from '../exposure';
import {
  type AcceptedNote,
  isAtLeast,
  type PlanReview,
  reviewGitlab,
  reviewJson,
  reviewJunit,
  reviewMarkdown,
  reviewSarif,
  reviewText,
  SEVERITIES,
  type Severity,
} from '../review';
import { ACCEPTED_FILE, accept, readAcceptedFile } from './accepted-file';

type FormatName = 'markdown' | 'text' | 'json' | 'sarif' | 'gitlab' | 'junit';

type Format = (reviews: readonly PlanReview[], accepted: readonly AcceptedNote[]) => string;

const FORMATS: Readonly<Record<FormatName, Format>> = {
  markdown: reviewMarkdown,
  text: (reviews, accepted) => reviewText(reviews, process.stdout.isTTY && pc.isColorSupported, accepted),
  json: reviewJson,
  sarif: reviewSarif,
  gitlab: reviewGitlab,
  junit: reviewJunit,
};

const INCOMPLETE = 'incomplete-plan';

/** A file to which a review is written, in addition to standard output. */
interface ReviewFile {
  readonly format: FormatName;
  readonly path: string;
}

/** How a review is written, and which findings make the command fail. */
export interface ReviewOptions {
  readonly format: FormatName;
  readonly write?: readonly ReviewFile[];
  readonly failOn?: Severity;
  readonly allowIncomplete?: boolean;
  readonly accepted?: string;
}

/** Adds the options that every command with a review has. */
export function addReviewOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--format <format>', 'the format of the output').choices(Object.keys(FORMATS)).default('text'),
    )
    .addOption(
      new Option(
        '--write <format=file>',
        'also write it to a file, such as sarif=review.sarif; may be repeated',
      ).argParser((text, files: readonly ReviewFile[] = []) => [...files, reviewFile(text)]),
    )
    .addOption(new Option('--fail-on <severity>', 'exit with 2 on a finding as severe, or more').choices(SEVERITIES))
    .option('--allow-incomplete', 'let --fail-on pass a plan that leaves changes out (-target, or deferred ones)')
    .option(
      '--accepted <file>',
      `findings that are accepted on purpose; default: ${ACCEPTED_FILE}, where there is one`,
    );
}

function reviewFile(text: string): ReviewFile {
  const [, format = '', path = ''] = /^(\w+)=(.+)$/.exec(text) ?? [];
  if (!Object.hasOwn(FORMATS, format))
    throw new InvalidArgumentError(`Write FORMAT=FILE, with one of the formats ${Object.keys(FORMATS).join(', ')}.`);
  return { format: format as FormatName, path };
}

/** Writes reviews to standard output and to files. The exit code is 2 if `--fail-on` stops a finding, or if a plan is incomplete. */
export function writeReviews(reviews: readonly PlanReview[], options: ReviewOptions): void {
  const { format, write = [], failOn, allowIncomplete = false } = options;
  const file = readAcceptedFile(options.accepted);
  if (file) process.stderr.write(`accepted findings: ${file.file}\n`);
  const { reviews: judged, notes } = file ? accept(reviews, file) : { reviews, notes: [] };
  for (const each of write) writeFile(each.path, FORMATS[each.format](judged, notes));
  process.stdout.write(FORMATS[format](judged, notes));
  if (failOn === undefined) return;
  const findings = judged.flatMap((reviewed) => reviewed.findings).filter(({ accepted }) => !accepted);
  if (findings.some(({ rule, severity }) => rule !== INCOMPLETE && isAtLeast(severity, failOn))) process.exitCode = 2;
  // The changes that a plan leaves out may have any severity.
  const incomplete = [...new Set(findings.filter(({ rule }) => rule === INCOMPLETE).map(({ plan }) => plan))];
  if (incomplete.length === 0 || allowIncomplete) return;
  process.stderr.write(
    `${incomplete.join(', ')}: changes are left out, so --fail-on does not pass; plan all of it, or add --allow-incomplete\n`,
  );
  process.exitCode = 2;
}

function writeFile(path: string, text: string): void {
  try {
    writeFileSync(path, text);
  } catch (error) {
    const { code = 'unknown error' } = error as NodeJS.ErrnoException;
    throw new InputError(`${path} cannot be written (${code})`, 'name a file in a folder that is there');
  }
}
