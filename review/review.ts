import type { ExposureReport, Plan } from '../exposure';
import { type Difference, differencesOf } from './exposure-difference';
import { type Finding, SEVERITIES } from './finding';
import { reviewedPlan } from './reviewed-plan';
import { RULES } from './rules';

/** What a plan changes about one service's exposure. */
export interface ServiceDifference {
  readonly service: string;
  readonly address: string;
  readonly differences: readonly Difference[];
}

/** The review of one plan. */
export interface PlanReview {
  /** What to call the plan, such as the environment. */
  readonly plan: string;
  /** The file that was read. */
  readonly file: string;
  /** Most severe first. */
  readonly findings: readonly Finding[];
  readonly before: ExposureReport['stacks'][number];
  readonly after: ExposureReport['stacks'][number];
  /** Who can reach what, where it differs. */
  readonly differences: readonly ServiceDifference[];
}

/** Reviews a plan: its findings by every rule, and the exposure before and after. */
export function reviewPlan(name: string, file: string, plan: Plan): PlanReview {
  const reviewed = reviewedPlan(name, plan);
  const findings = RULES.flatMap(({ id, severity, remedy, find }) =>
    find(reviewed).map(
      ({ address, message }): Finding => ({ plan: name, rule: id, severity, address, message, remedy }),
    ),
  );
  const { before, after } = reviewed;
  return {
    plan: name,
    file,
    // The sort is stable: within a severity the order of the rules stays, within a rule that of its findings.
    findings: findings.sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity)),
    before: before.exposure,
    after: after.exposure,
    differences: reviewed.services.flatMap((pair) => {
      const differences = differencesOf(pair, before.exposure.identities, after.exposure.identities);
      return differences.length === 0 ? [] : [{ service: pair.name, address: pair.address, differences }];
    }),
  };
}
