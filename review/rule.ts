import type { PlanJson } from '../exposure';
import type { Severity } from './finding';
import type { ReviewedPlan } from './reviewed-plan';

/** What a rule found: where, and what it means. */
export interface Found {
  readonly address: string;
  readonly message: string;
  /** Addresses of the changed resources that bring it about; that of the finding, where it is one, if left out. */
  readonly causes?: readonly string[];
  /** What it opens or brings, one by one and without what was before; the message, if left out. */
  readonly what?: readonly string[];
  /** How bad it is, where that depends on what was found. */
  readonly severity?: Severity;
}

/** One thing to look for in a plan. */
export interface Rule {
  readonly id: string;
  /** How bad it mostly is: a finding may say otherwise of itself. */
  readonly severity: Severity;
  /** What it looks for, as a phrase: "a service becomes callable by anyone on the internet". */
  readonly finds: string;
  /** What to do if it is not intended; the imperative, no full stop. */
  readonly remedy: string;
  /** The findings in a plan, those that matter more first. */
  readonly find: (plan: ReviewedPlan) => readonly Found[];
  /** Parts of a plan's JSON. */
  readonly example: {
    /** It is found here … */
    readonly found: PlanJson;
    /** … and not here. */
    readonly notFound: PlanJson;
  };
}
