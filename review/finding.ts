import { series } from './wording';

/** How bad a finding is, worst first. */
export const SEVERITIES = ['critical', 'high', 'medium', 'low'] as const;

/** How bad a finding is. */
export type Severity = (typeof SEVERITIES)[number];

/** A line of a plan that a reviewer should know of. */
export interface Finding {
  /** The plan it was found in. */
  readonly plan: string;
  /** The rule that found it. */
  readonly rule: string;
  readonly severity: Severity;
  /** The Terraform address to look for in the plan; empty where it is the plan as a whole. */
  readonly address: string;
  /** One sentence in the reviewer's words, with what was before and what comes after. */
  readonly message: string;
  /** Addresses of the changed resources that bring it about; none where it is the plan as a whole. */
  readonly causes: readonly string[];
  /** What it opens or brings, one by one, which accepted.yaml can pin; its message, where the rule does not say. */
  readonly what: readonly string[];
  /** What to do if it is not intended. */
  readonly remedy: string;
  /** Where a changed resource that brings it about is made, where that is known. */
  readonly source?: Source;
  /** Set where accepted.yaml accepts it: it is shown with the reason, and `--fail-on` does not count it. */
  readonly accepted?: Acceptance;
  /** Why an entry of accepted.yaml that is about it does not accept it (any more). */
  readonly lapsed?: string;
}

/** A place in a file of the repository, such as services.yaml; line and column count from 1. */
export interface Source {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** What accepted.yaml says of a finding that it accepts. */
export interface Acceptance {
  readonly reason: string;
  /** The last day, `YYYY-MM-DD` in UTC. */
  readonly until: string;
}

/** "accepted until 2026-12-31: only the status page". */
export function acceptanceWords({ reason, until }: Acceptance): string {
  return `accepted until ${until}: ${reason}`;
}

/** The causes of a finding that its own address does not name already. */
export function otherCauses({ address, causes }: Pick<Finding, 'address' | 'causes'>): readonly string[] {
  return causes.filter((cause) => cause !== address);
}

/** More causes than these are counted where people read. */
const MOST_CAUSES = 5;

/** What a reviewer reads of the causes that the finding's own address does not name: "because of a, b and 7 more". */
export function causesWords(finding: Finding, formatting: (address: string) => string): string {
  const causes = otherCauses(finding);
  return causes.length === 0 ? '' : `because of ${series(causes.map(formatting), MOST_CAUSES)}`;
}

/** Findings with those that are accepted after all others. */
export function acceptedLast(findings: readonly Finding[]): readonly Finding[] {
  return [...findings.filter(({ accepted }) => !accepted), ...findings.filter(({ accepted }) => accepted)];
}

/** Whether a severity is at least as bad as another. */
export function isAtLeast(severity: Severity, limit: Severity): boolean {
  return SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(limit);
}
