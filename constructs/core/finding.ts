import type { IConstruct } from 'constructs';

/** How bad a finding is: an error stops the synth, a warning is printed. */
export type Severity = 'error' | 'warning';

/** What a check found: something that can't work, silently undoes a protection, or deserves a second look. */
export interface Finding {
  /** The check's code, such as `domain-needs-public-ingress`. */
  readonly code: string;
  /** Whether it stops the synth. */
  readonly severity: Severity;
  /** One sentence with the values that were seen: lower case, no full stop. */
  readonly message: string;
  /** What to write instead. */
  readonly remedy: string;
  /** The construct whose props were checked. */
  readonly subject: IConstruct;
  /** Where in its props, such as `['invokers', 2]`; empty for the whole. */
  readonly path: readonly (string | number)[];
}
