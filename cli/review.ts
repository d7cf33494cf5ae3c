import { Command } from 'commander';
import { InputError } from '../exposure';
import { type PlanReview, reviewPlan } from '../review';
import { addReviewOptions, type ReviewOptions, writeReviews } from './review-output';
import { readTerraformFiles, reportingInputErrors, type TerraformFile } from './terraform-file';

/** `cdktf-cloud-run review`: what a plan changes. Exits 2 when it finds what `--fail-on` asks to stop, or a part is left out. */
export function reviewCommand(): Command {
  const command = new Command('review')
    .description('say what a plan changes: what lets somebody in, cuts somebody off or takes a site down')
    .argument('<plans...>', '`terraform show -json` of plan files; - is standard input');
  return addReviewOptions(command).action((plans: readonly string[], options: ReviewOptions) =>
    reportingInputErrors(() => writeReviews(readTerraformFiles(plans).map(review), options)),
  );
}

function review({ path, name, json }: TerraformFile): PlanReview {
  if (json.kind === 'plan') return reviewPlan(name, path, json.plan);
  const what = json.kind === 'state' ? 'a state, which changes nothing' : 'a synthesized stack, not a plan';
  throw new InputError(`${path}: this is ${what}`, 'pass `terraform show -json PLANFILE`');
}
