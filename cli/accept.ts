import { closeSync, existsSync, openSync, readFileSync, readSync, statSync, writeFileSync } from 'node:fs';
import { Command } from 'commander';
import { dayOf, isDay, NOT_ACCEPTABLE, patternOf, withEntry } from '../accepted';
import { didYouMean } from '../constructs/core/nearest';
import { InputError } from '../exposure';
import { type Finding, ruleIds } from '../review';
import { ACCEPTED_FILE, readAcceptedFile } from './accepted-file';
import { reviewOf } from './review';
import { readTerraformFiles, reportingInputErrors } from './terraform-file';

interface Options {
  readonly reason: string;
  readonly until: string;
  readonly accepted: string;
  readonly plan?: string;
}

/** `cdktf-cloud-run accept`: writes an entry of accepted.yaml for a finding of a plan. */
export function acceptCommand(): Command {
  return new Command('accept')
    .description('accept a finding of a plan on purpose: writes an entry of accepted.yaml')
    .argument(
      '<plan>',
      '`terraform show -json` of a plan file, or the JSON of review or preview; - is such JSON on standard input',
    )
    .argument('<rule>', 'the rule of the finding, such as public-service')
    .argument('<address>', 'the address of the finding')
    .requiredOption('--reason <text>', 'why it is accepted')
    .requiredOption('--until <date>', 'the last day on which it is accepted, YYYY-MM-DD')
    .option('--plan <name>', 'the plan or environment, where the review has several')
    .option('--accepted <file>', 'the file to write', ACCEPTED_FILE)
    .action((plan: string, rule: string, address: string, options: Options) =>
      reportingInputErrors(() => accept(plan, rule, address, options)),
    );
}

function accept(path: string, rule: string, address: string, options: Options): void {
  const { reason, until, accepted: file } = options;
  judgeOptions(rule, reason, until);
  const { plan, what } = theFinding(findingsOf(path, options.plan), rule, address);
  // Report problems of the file before writing to it.
  if (existsSync(file)) readAcceptedFile(file);
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const written = withEntry(text, { rule, address: patternOf(address), plan, reason, until, what });
  writeFileSync(file, written.text);
  process.stdout.write(
    `${file}: ${written.replaced ? 'changed' : 'added'} the entry of ${rule} at ${address} in ${plan}, which holds until ${until}\n`,
  );
}

/** The findings of a plan, or of the JSON of a review. */
function findingsOf(path: string, plan: string | undefined): readonly Acceptable[] {
  const findings = findingsOfReview(path) ?? readTerraformFiles([path]).flatMap((file) => reviewOf(file).findings);
  return plan === undefined ? findings : findings.filter((finding) => finding.plan === plan);
}

function findingsOfReview(path: string): readonly Acceptable[] | undefined {
  if (path !== '-' && !/^\s*\{\s*"findings"/.test(beginningOf(path))) return undefined;
  try {
    return JSON.parse(readFileSync(path === '-' ? 0 : path, 'utf8')).findings.map(findingIn);
  } catch {
    throw new InputError(
      `${path} is not the JSON of a review`,
      'pass what `review --format json` wrote, or a plan in a file',
    );
  }
}

/** The parts of a finding that an entry needs. */
type Acceptable = Pick<Finding, 'plan' | 'rule' | 'address' | 'what'>;

function findingIn(json: Partial<Record<keyof Acceptable, unknown>>): Acceptable {
  const { plan, rule, address, what } = json;
  const texts = [plan, rule, address, ...(Array.isArray(what) ? what : [undefined])];
  if (!texts.every((text) => typeof text === 'string')) throw new Error('this is no finding');
  return json as Acceptable;
}

function beginningOf(path: string): string {
  if (!statSync(path, { throwIfNoEntry: false })?.isFile()) return '';
  const file = openSync(path, 'r');
  try {
    const bytes = Buffer.alloc(100);
    return bytes.toString('utf8', 0, readSync(file, bytes));
  } finally {
    closeSync(file);
  }
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
function theFinding(findings: readonly Acceptable[], rule: string, address: string): Acceptable {
  const ofRule = findings.filter((finding) => finding.rule === rule);
  const [found, ...others] = ofRule.filter((finding) => finding.address === address);
  if (found === undefined) {
    const addresses = [...new Set(ofRule.map((finding) => finding.address))];
    const where = addresses.length === 0 ? `there is no finding of ${rule}` : `it is found at ${addresses.join(', ')}`;
    const problem = `${rule} is not found at '${address}'${didYouMean(address, addresses)}`;
    throw new InputError(problem, `${where}; \`review\` shows all`);
  }
  if (others.length === 0) return found;
  const plans = [...new Set([found, ...others].map(({ plan }) => plan))];
  if (plans.length > 1) throw new InputError(`${rule} at '${address}' is in ${plans.join(', ')}`, 'add --plan NAME');
  const all = [found, ...others].flatMap(({ what }) => what.map((each) => `\n  - ${each}`));
  throw new InputError(
    `${others.length + 1} findings of ${rule} are at '${address}'`,
    `write the entry by hand, with those that you accept as what:${all.join('')}`,
  );
}
