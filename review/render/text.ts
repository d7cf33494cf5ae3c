import pc from 'picocolors';
import { printable } from '../../exposure/index';
import { causesWords, type Finding, type Severity } from '../finding';
import type { PlanReview } from '../review';
import { NO_CHANGE, summary } from '../summary';

/** How a terminal shows text: with colours or without. */
type Colours = ReturnType<typeof pc.createColors>;

/** The review for a terminal. */
export function reviewText(reviews: readonly PlanReview[], colour = false): string {
  const colours = pc.createColors(colour);
  return reviews.map((review) => planText(review, colours)).join('\n');
}

function planText(review: PlanReview, colours: Colours): string {
  const findings = review.findings.map((finding) => findingText(finding, colours));
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
  const { severity, rule, address, message, remedy } = finding;
  const paint: Readonly<Record<Severity, (text: string) => string>> = {
    critical: colours.red,
    high: colours.yellow,
    medium: colours.cyan,
    low: colours.dim,
  };
  const where = [address, causesWords(finding, (cause) => cause)]
    .filter((line) => line !== '')
    .map((line) => `  ${line}\n`)
    .join('');
  return `${paint[severity](severity.toUpperCase())} ${printable(message)}\n${where}  ${colours.dim(`${rule}: ${remedy}`)}\n`;
}

function exposureText({ differences }: PlanReview, colours: Colours): readonly string[] {
  if (differences.length === 0) return [NO_CHANGE];
  const lines = differences.flatMap(({ address, differences }) => [
    `  ${address}`,
    ...differences.map(({ what, before, after }) => `    ${printable(`${what}: ${before} → ${after}`)}`),
  ]);
  return [colours.bold('who can reach what'), ...lines];
}
