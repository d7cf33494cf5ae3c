import type { PlanJson } from '../../exposure';

/** What `terraform show -json` prints of a plan. */
export function planText(plan: PlanJson): string {
  return JSON.stringify({ format_version: '1.2', terraform_version: '1.11.4', planned_values: {}, ...plan });
}
