import type { IConstruct } from 'constructs';

/** How bad a finding is: an error stops the synth, a warning is printed. */
export type Severity = 'error' | 'warning';

/** What asked for something: a construct, and a path in its props, such as `['invokers', 2]`. An empty path is the whole construct. */
export interface Origin {
  readonly subject: IConstruct;
  readonly path: readonly (string | number)[];
}

/** What a check found: a setting that cannot work, that silently removes a protection, or that somebody should look at again. */
export interface Finding extends Origin {
  /** The check's code, such as `domain-needs-public-ingress`. */
  readonly code: string;
  /** Whether it stops the synth. */
  readonly severity: Severity;
  /** One sentence with the values found, in lower case and without a full stop. */
  readonly message: string;
  /** What to write instead. */
  readonly remedy: string;
}
