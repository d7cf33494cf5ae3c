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
  /** What to do if it is not intended. */
  readonly remedy: string;
}

/** Whether a severity is at least as bad as another. */
export function isAtLeast(severity: Severity, limit: Severity): boolean {
  return SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(limit);
}
