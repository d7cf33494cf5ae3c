import { type Finding, SEVERITIES, type Source } from './finding';

/** Shown if the exposure does not differ. */
export const NO_CHANGE = 'no change in who can reach what';

/** How many findings of each severity, and how many are accepted: "1 critical, 2 high, 1 accepted". */
export function summary(findings: readonly Finding[]): string {
  const active = findings.filter(({ accepted }) => !accepted);
  const counts = [
    ...SEVERITIES.map(
      (severity) => [active.filter((finding) => finding.severity === severity).length, severity] as const,
    ),
    [findings.length - active.length, 'accepted'] as const,
  ];
  const present = counts.filter(([number]) => number > 0);
  return present.length === 0 ? 'no findings' : present.map(([number, severity]) => `${number} ${severity}`).join(', ');
}

/** A note about an entry of accepted.yaml; its place is the start of the entry. */
export interface AcceptedNote extends Source {
  /** What to do about the entry: lower case, no full stop. */
  readonly message: string;
}

/** "accepted.yaml:3:5 matches no finding: remove it". */
export function acceptedNoteWords({ file, line, column, message }: AcceptedNote): string {
  return `${file}:${line}:${column} ${message}`;
}
