import { type Finding, SEVERITIES } from './finding';

/** What is said where nothing about the exposure differs. */
export const NO_CHANGE = 'no change in who can reach what';

/** How many findings of each severity: "1 critical, 2 high". */
export function summary(findings: readonly Finding[]): string {
  const counts = SEVERITIES.map(
    (severity) => [findings.filter((finding) => finding.severity === severity).length, severity] as const,
  );
  const present = counts.filter(([number]) => number > 0);
  return present.length === 0 ? 'no findings' : present.map(([number, severity]) => `${number} ${severity}`).join(', ');
}
