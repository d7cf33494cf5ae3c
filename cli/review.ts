import { Command, Option } from 'commander';
import pc from 'picocolors';
import { InputError } from '../exposure';
import {
  isAtLeast,
  type PlanReview,
  reviewJson,
  reviewMarkdown,
  reviewPlan,
  reviewSarif,
  reviewText,
  SEVERITIES,
  type Severity,
} from '../review';
import { readTerraformFiles, reportingInputErrors, type TerraformFile } from './terraform-file';

const FORMATS: Readonly<Record<'markdown' | 'text' | 'json' | 'sarif', (reviews: readonly PlanReview[]) => string>> = {
  markdown: reviewMarkdown,
  text: (reviews) => reviewText(reviews, process.stdout.isTTY && pc.isColorSupported),
  json: reviewJson,
  sarif: reviewSarif,
};

const INCOMPLETE = 'incomplete-plan';

interface Options {
  readonly format: keyof typeof FORMATS;
  readonly failOn?: Severity;
  readonly allowIncomplete?: boolean;
}

/** `cdktf-cloud-run review`: what a plan changes. Exits 2 when it finds what `--fail-on` asks to stop, or a part is left out. */
export function reviewCommand(): Command {
  return new Command('review')
    .description('say what a plan changes: what lets somebody in, cuts somebody off or takes a site down')
    .argument('<plans...>', '`terraform show -json` of plan files; - is standard input')
    .addOption(new Option('--format <format>', 'how to write it').choices(Object.keys(FORMATS)).default('text'))
    .addOption(new Option('--fail-on <severity>', 'exit with 2 on a finding as severe, or more').choices(SEVERITIES))
    .option('--allow-incomplete', 'let --fail-on pass a plan that leaves changes out (-target, or deferred ones)')
    .action((plans: readonly string[], options: Options) => reportingInputErrors(() => run(plans, options)));
}

function run(paths: readonly string[], { format, failOn, allowIncomplete = false }: Options): void {
  const reviews = readTerraformFiles(paths).map(review);
  process.stdout.write(FORMATS[format](reviews));
  if (failOn === undefined) return;
  const findings = reviews.flatMap((reviewed) => reviewed.findings);
  if (findings.some(({ rule, severity }) => rule !== INCOMPLETE && isAtLeast(severity, failOn))) process.exitCode = 2;
  // Whatever is in the part that a plan leaves out, it is not below any severity.
  const incomplete = [...new Set(findings.filter(({ rule }) => rule === INCOMPLETE).map(({ plan }) => plan))];
  if (incomplete.length === 0 || allowIncomplete) return;
  process.stderr.write(
    `${incomplete.join(', ')}: changes are left out, so --fail-on does not pass; plan all of it, or add --allow-incomplete\n`,
  );
  process.exitCode = 2;
}

function review({ path, name, json }: TerraformFile): PlanReview {
  if (json.kind === 'plan') return reviewPlan(name, path, json.plan);
  const what = json.kind === 'state' ? 'a state, which changes nothing' : 'a synthesized stack, not a plan';
  throw new InputError(`${path}: this is ${what}`, 'pass `terraform show -json PLANFILE`');
}
