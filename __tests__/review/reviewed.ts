import { readPlan, readTerraformJson } from '../../exposure';
import { type PlanReview, reviewPlan } from '../../review';
import { type ChangeJson, planOf } from '../../review/fragment';

/** The review of a plan, by the text that `terraform show -json` prints. */
export function reviewOfText(json: string): PlanReview {
  const read = readTerraformJson(json);
  if (read.kind !== 'plan') throw new Error(`read as a ${read.kind}`);
  return reviewPlan('prod', 'prod.json', read.plan);
}

/** The review of a plan of these changes. */
export function reviewOfChanges(...changes: readonly ChangeJson[]): PlanReview {
  return reviewPlan('prod', 'prod.json', readPlan(planOf(...changes)));
}
