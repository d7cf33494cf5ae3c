import type { ExposureReport, Plan } from '../exposure';
import { type Difference, differencesOf } from './exposure-difference';
import { type Finding, SEVERITIES } from './finding';
import { type ReviewedPlan, reviewedPlan } from './reviewed-plan';
import type { Rule } from './rule';
import { RULES } from './rules';

/** What a plan changes about one service's exposure. */
export interface ServiceDifference {
  readonly service: string;
  readonly address: string;
  readonly differences: readonly Difference[];
}

/** The review of one plan. */
export interface PlanReview {
  /** The name of the plan, such as the environment. */
  readonly plan: string;
  /** The file that was read. */
  readonly file: string;
  /** Most severe first. */
  readonly findings: readonly Finding[];
  readonly before: ExposureReport['stacks'][number];
  readonly after: ExposureReport['stacks'][number];
  /** Who can reach what, where it differs. */
  readonly differences: readonly ServiceDifference[];
  /** What the plan does not show, one sentence each: otherwise a reviewer might read it as "no finding". */
  readonly notes: readonly string[];
}

/** The findings of a rule in a plan. */
function find({ id, severity, remedy, find }: Rule, plan: ReviewedPlan): readonly Omit<Finding, 'plan'>[] {
  return find(plan).map((found) => ({
    rule: id,
    severity: found.severity ?? severity,
    address: found.address,
    message: found.message,
    causes: found.causes ?? (plan.changing.has(found.address) ? [found.address] : []),
    what: [...new Set(found.what ?? [found.message])],
    remedy,
  }));
}

/** Reviews a plan: its findings by every rule, and the exposure before and after. */
export function reviewPlan(name: string, file: string, plan: Plan): PlanReview {
  const reviewed = reviewedPlan(name, plan);
  const findings = RULES.flatMap((rule) => find(rule, reviewed).map((found): Finding => ({ plan: name, ...found })));
  const { before, after } = reviewed;
  return {
    plan: name,
    file,
    // The sort is stable: findings of one severity keep the order of the rules, and findings of one rule their own order.
    findings: findings.sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity)),
    before: before.exposure,
    after: after.exposure,
    differences: reviewed.services.flatMap((pair) => {
      const differences = differencesOf(pair, before.exposure.identities, after.exposure.identities);
      return differences.length === 0 ? [] : [{ service: pair.name, address: pair.address, differences }];
    }),
    notes: notes(plan),
  };
}

/** A plan file does not say whether the state was refreshed. It was if there is drift; a plan without prior resources has none. */
function notes({ drift, before }: Plan): readonly string[] {
  const managed = before.resources.some(({ mode }) => mode === 'managed');
  if (drift.length > 0 || !managed) return [];
  return [
    'No drift in this plan: nothing was changed outside Terraform, or it was made with -refresh=false. A plan does not say which.',
  ];
}
