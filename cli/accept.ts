import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { Command } from 'commander';
import { dayOf, isDay, NOT_ACCEPTABLE, patternOf, withEntry } from '../accepted';
import { didYouMean } from '../constructs/core/nearest';
import { InputError } from '../exposure';
import { type Finding, type PlanReview, ruleIds } from '../review';
import { ACCEPTED_FILE, readAcceptedFile } from './accepted-file';
import { reviewOf } from './review';
import { readTerraformFiles, reportingInputErrors } from './terraform-file';

interface Options {
  readonly reason: string;
  readonly until: string;
  readonly accepted: string;
}

/** `cdktf-cloud-run accept`: writes an entry of accepted.yaml for a finding of a plan. */
export function acceptCommand(): Command {
  return new Command('accept')
    .description('accept a finding of a plan on purpose: writes an entry of accepted.yaml')
    .argument('<plan>', '`terraform show -json` of a plan file; - is standard input')
    .argument('<rule>', 'the rule of the finding, such as public-service')
    .argument('<address>', 'the address of the finding')
    .requiredOption('--reason <text>', 'why it is accepted')
    .requiredOption('--until <date>', 'the last day on which it is accepted, YYYY-MM-DD')
    .option('--accepted <file>', 'the file to write', ACCEPTED_FILE)
    .action((plan: string, rule: string, address: string, options: Options) =>
      reportingInputErrors(() => accept(plan, rule, address, options)),
    );
}

function accept(path: string, rule: string, address: string, { reason, until, accepted: file }: Options): void {
  judgeOptions(rule, reason, until);
  const [plan] = readTerraformFiles([path]).map(reviewOf);
  if (plan === undefined) return;
  const { what } = theFinding(plan, rule, address);
  // Whatever is wrong with the file is said before it is written.
  if (existsSync(file)) readAcceptedFile(file);
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const named = path === '-' ? {} : { plan: plan.plan };
  const written = withEntry(text, { rule, address: patternOf(address), ...named, reason, until, what });
  writeFileSync(file, written.text);
  process.stdout.write(
    `${file}: ${written.replaced ? 'changed' : 'added'} the entry of ${rule} at ${address}, which holds until ${until}\n`,
  );
}

function judgeOptions(rule: string, reason: string, until: string): void {
  if (!ruleIds.includes(rule))
    throw new InputError(`there is no rule '${rule}'${didYouMean(rule, ruleIds)}`, 'docs/review-rules.md lists them');
  if (rule === NOT_ACCEPTABLE)
    throw new InputError(
      `'${rule}' cannot be accepted`,
      'what is left out is not known; review with --allow-incomplete',
    );
  if (reason.trim() === '') throw new InputError('the reason is blank', 'write for those who will read it');
  if (!isDay(until)) throw new InputError(`'${until}' is not a date`, 'write --until YYYY-MM-DD');
  if (until < dayOf(new Date())) throw new InputError(`${until} is over`, 'choose a day to come');
}

/** The one finding of a rule at an address. */
function theFinding({ plan, findings }: PlanReview, rule: string, address: string): Finding {
  const ofRule = findings.filter((finding) => finding.rule === rule);
  const [found, ...others] = ofRule.filter((finding) => finding.address === address);
  if (found === undefined) {
    const addresses = [...new Set(ofRule.map((finding) => finding.address))];
    const where =
      addresses.length === 0 ? `the plan has no finding of ${rule}` : `it is found at ${addresses.join(', ')}`;
    const problem = `${plan}: ${rule} is not found at '${address}'${didYouMean(address, addresses)}`;
    throw new InputError(problem, `${where}; \`review\` shows all`);
  }
  if (others.length === 0) return found;
  const all = [found, ...others].flatMap(({ what }) => what.map((each) => `\n  - ${each}`));
  throw new InputError(
    `${plan}: ${others.length + 1} findings of ${rule} are at '${address}'`,
    `write the entry by hand, with those that you accept as what:${all.join('')}`,
  );
}
