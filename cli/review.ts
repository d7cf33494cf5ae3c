import { join } from 'node:path';
import { Command } from 'commander';
import { InputError } from '../exposure';
import { type PlanReview, reviewPlan } from '../review';
import { outputFolder } from './cdktf-json';
import { addReviewOptions, type ReviewOptions, writeReviews } from './review-output';
import { withSources } from './sources-file';
import { readTerraformFiles, reportingInputErrors, type TerraformFile } from './terraform-file';

interface Options extends ReviewOptions {
  readonly sources?: string;
}

/** `cdktf-cloud-run review`: what a plan changes. The exit code is 2 if `--fail-on` stops a finding, or if the plan is incomplete. */
export function reviewCommand(): Command {
  const command = new Command('review')
    .description('report changes of a plan that give or remove access, or make a site unavailable')
    .argument('<plans...>', '`terraform show -json` of plan files; - is standard input')
    .option('--sources <folder>', 'the synthesized stacks: their lines of services.yaml are shown; default: cdktf.out');
  return addReviewOptions(command).action((plans: readonly string[], options: Options) =>
    reportingInputErrors(() => {
      const { sources = outputFolder() } = options;
      const reviews = readTerraformFiles(plans).map(reviewOf);
      writeReviews(
        reviews.map((reviewed) => withSources(reviewed, join(sources, 'stacks', reviewed.plan))),
        options,
      );
    }),
  );
}

/** The review of a file that holds a plan. Throws an InputError if it does not. */
export function reviewOf({ path, name, json }: TerraformFile): PlanReview {
  if (json.kind === 'plan') return reviewPlan(name, path, json.plan);
  const what = json.kind === 'state' ? 'a state, which changes nothing' : 'a synthesized stack, not a plan';
  throw new InputError(`${path}: this is ${what}`, 'pass `terraform show -json PLANFILE`');
}
