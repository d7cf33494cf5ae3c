import { series } from './wording';

/**
 * The severities of findings, most severe first. Critical: anyone may call a service or read a secret, or a gate in front of it is lost.
 * High: a protection is lost or weaker, a review is not possible, or something that runs is lost or fails. Medium: somebody or something
 * known gets or loses access, or other code, traffic or secrets are used. Low: anything else that a reviewer should know.
 */
export const SEVERITIES = ['critical', 'high', 'medium', 'low'] as const;

export type Severity = (typeof SEVERITIES)[number];

/** A change in a plan that a reviewer should know about. */
export interface Finding {
  /** The plan it was found in. */
  readonly plan: string;
  /** The rule that found it. */
  readonly rule: string;
  readonly severity: Severity;
  /** The Terraform address to look for in the plan; empty where the finding is about the whole plan. */
  readonly address: string;
  /** One sentence for the reviewer, with the state before and after. */
  readonly message: string;
  /** Addresses of the changed resources that cause it; none where the finding is about the whole plan. */
  readonly causes: readonly string[];
  /** What it opens or adds, one by one, which accepted.yaml can pin; the message, if the rule does not list it. */
  readonly what: readonly string[];
  /** What to do if it is not intended. */
  readonly remedy: string;
  /** The place in a file that makes a changed resource that causes it, where that is known. */
  readonly source?: Source;
  /** Set if accepted.yaml accepts it: the review shows it with the reason, and `--fail-on` does not count it. */
  readonly accepted?: Acceptance;
  /** Why an entry of accepted.yaml for this finding does not accept it (any more). */
  readonly lapsed?: string;
}

/** A place in a file of the repository, such as services.yaml; line and column count from 1. */
export interface Source {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Reason and last day of an entry of accepted.yaml. */
export interface Acceptance {
  readonly reason: string;
  /** The last day, `YYYY-MM-DD` in UTC. */
  readonly until: string;
}

/** "accepted until 2026-12-31: only the status page". */
export function acceptanceWords({ reason, until }: Acceptance): string {
  return `accepted until ${until}: ${reason}`;
}

/** The causes of a finding other than its own address. */
export function otherCauses({ address, causes }: Pick<Finding, 'address' | 'causes'>): readonly string[] {
  return causes.filter((cause) => cause !== address);
}

/** How many causes a sentence names; the rest is counted. */
const MOST_CAUSES = 5;

/** The causes of a finding other than its own address, in words: "because of a, b and 7 more". */
export function causesWords(finding: Finding, formatting: (address: string) => string): string {
  const causes = otherCauses(finding);
  return causes.length === 0 ? '' : `because of ${series(causes.map(formatting), MOST_CAUSES)}`;
}

/** Findings with the accepted ones last. */
export function acceptedLast(findings: readonly Finding[]): readonly Finding[] {
  return [...findings.filter(({ accepted }) => !accepted), ...findings.filter(({ accepted }) => accepted)];
}

/** Whether a severity is at least as bad as another. */
export function isAtLeast(severity: Severity, limit: Severity): boolean {
  return SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(limit);
}
