import type { IConstruct } from 'constructs';

/** How bad a finding is: an error stops the synth, a warning is printed. */
export type Severity = 'error' | 'warning';

/** What asked for something: a construct, and where in its props, such as `['invokers', 2]`; empty for the whole. */
export interface Origin {
  readonly subject: IConstruct;
  readonly path: readonly (string | number)[];
}

/** What a check found: something that can't work, silently undoes a protection, or deserves a second look. */
export interface Finding extends Origin {
  /** The check's code, such as `domain-needs-public-ingress`. */
  readonly code: string;
  /** Whether it stops the synth. */
  readonly severity: Severity;
  /** One sentence with the values that were seen: lower case, no full stop. */
  readonly message: string;
  /** What to write instead. */
  readonly remedy: string;
}
