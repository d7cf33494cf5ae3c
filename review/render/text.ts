import pc from 'picocolors';
import { printable } from '../../exposure/index';
import { acceptanceWords, acceptedLast, causesWords, type Finding, type Severity } from '../finding';
import type { PlanReview } from '../review';
import { type AcceptedNote, acceptedNoteWords, NO_CHANGE, summary } from '../summary';

/** The styles of text: with colours, or without. */
type Colours = ReturnType<typeof pc.createColors>;

/** The review for a terminal. */
export function reviewText(
  reviews: readonly PlanReview[],
  colour = false,
  accepted: readonly AcceptedNote[] = [],
): string {
  const colours = pc.createColors(colour);
  const notes = accepted.map((note) => `${printable(acceptedNoteWords(note))}\n`);
  return [...reviews.map((review) => planText(review, colours)), ...(notes.length > 0 ? [notes.join('')] : [])].join(
    '\n',
  );
}

function planText(review: PlanReview, colours: Colours): string {
  const findings = acceptedLast(review.findings).map((finding) => findingText(finding, colours));
  return [
    colours.bold(`${review.plan}: ${summary(review.findings)}`),
    '',
    ...findings,
    ...exposureText(review, colours),
    ...review.notes.map((note) => colours.dim(note)),
    '',
  ].join('\n');
}

function findingText(finding: Finding, colours: Colours): string {
  const { severity, rule, address, message, remedy, accepted, lapsed, source } = finding;
  const paint: Readonly<Record<Severity, (text: string) => string>> = {
    critical: colours.red,
    high: colours.yellow,
    medium: colours.cyan,
    low: colours.dim,
  };
  const acceptance = accepted ? acceptanceWords(accepted) : (lapsed ?? '');
  const place = source ? `${source.file}:${source.line}:${source.column}` : '';
  const where = [address, causesWords(finding, (cause) => cause), place, acceptance]
    .map(printable)
    .filter((line) => line !== '')
    .map((line) => `  ${line}\n`)
    .join('');
  const head = accepted ? colours.dim(`ACCEPTED ${severity}`) : paint[severity](severity.toUpperCase());
  return `${head} ${printable(message)}\n${where}  ${colours.dim(`${rule}: ${remedy}`)}\n`;
}

function exposureText({ differences }: PlanReview, colours: Colours): readonly string[] {
  if (differences.length === 0) return [NO_CHANGE];
  const lines = differences.flatMap(({ address, differences }) => [
    `  ${address}`,
    ...differences.map(({ what, before, after }) => `    ${printable(`${what}: ${before} → ${after}`)}`),
  ]);
  return [colours.bold('who can reach what'), ...lines];
}
