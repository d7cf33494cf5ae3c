import type { PlanJson } from '../exposure';
import type { Severity } from './finding';
import type { ReviewedPlan } from './reviewed-plan';

/** What a rule found. */
export interface Found {
  readonly address: string;
  readonly message: string;
  /** Addresses of the changed resources that cause it; default: the address of the finding, if that resource changes. */
  readonly causes?: readonly string[];
  /** What it opens or adds, one by one and without the state before; default: the message. */
  readonly what?: readonly string[];
  /** The severity, if it depends on what was found; default: that of the rule. */
  readonly severity?: Severity;
}

/** A rule looks for one kind of change in a plan. */
export interface Rule {
  readonly id: string;
  /** The usual severity: a finding may have another. */
  readonly severity: Severity;
  /** What it looks for, as a phrase: "a service becomes callable by anyone on the internet". */
  readonly finds: string;
  /** What to do if it is not intended; the imperative, no full stop. */
  readonly remedy: string;
  /** The findings in a plan, the most important first. */
  readonly find: (plan: ReviewedPlan) => readonly Found[];
  /** Parts of a plan's JSON. */
  readonly example: {
    /** It is found here … */
    readonly found: PlanJson;
    /** … and not here. */
    readonly notFound: PlanJson;
  };
}
