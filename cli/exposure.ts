import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { Command, Option } from 'commander';
import { createTwoFilesPatch } from 'diff';
import {
  type ExposureReport,
  exposureJson,
  exposureLock,
  exposureMarkdown,
  exposureMermaid,
  exposureOf,
  exposureTable,
  InputError,
} from '../exposure';
import { outputFolder } from './cdktf-json';
import { lastRead } from './chosen-file';
import { readTerraformFiles, reportingInputErrors, synthesizedStacks, type TerraformFile } from './terraform-file';

const FORMATS = {
  markdown: exposureMarkdown,
  json: exposureJson,
  mermaid: exposureMermaid,
  table: exposureTable,
} as const;

interface Options {
  readonly format: keyof typeof FORMATS;
  readonly before?: boolean;
  readonly lock?: string;
  readonly check?: string;
}

/** `cdktf-cloud-run exposure`: who can reach what. Exits 2 when `--check` finds that it changed. */
export function exposureCommand(): Command {
  return new Command('exposure')
    .description('show who can reach which Cloud Run service: from where, on which URL, with which authentication')
    .argument(
      '[files...]',
      'synthesized stacks, or `terraform show -json` of plans or states; - is standard input (default: every stack in cdktf.out)',
    )
    .addOption(
      new Option('--format <format>', 'the format of the output').choices(Object.keys(FORMATS)).default('markdown'),
    )
    .addOption(new Option('--before', 'for a plan: the services before it').conflicts('after'))
    .addOption(new Option('--after', 'for a plan: the services after it (default)'))
    .addOption(
      new Option('--lock <file>', 'write one line for each URL to a file, to be committed').conflicts([
        'check',
        'format',
      ]),
    )
    .addOption(
      new Option(
        '--check <file>',
        'compare with the file that --lock wrote: exit code 2 and a diff if it differs',
      ).conflicts('format'),
    )
    .action((files: readonly string[], options: Options) => reportingInputErrors(() => run(files, options)));
}

function run(paths: readonly string[], options: Options): void {
  const files = readTerraformFiles(paths.length > 0 ? paths : lastSynthesized());
  const stacks = files.map((file) => exposureOf(file.name, resourcesOf(file, options.before === true)));
  const report: ExposureReport = { stacks: stacks.sort((a, b) => (a.name < b.name ? -1 : 1)) };
  if (options.check !== undefined) check(options.check, exposureLock(report));
  else if (options.lock !== undefined) writeFileSync(options.lock, exposureLock(report));
  else process.stdout.write(FORMATS[options.format](report));
}

/** The stacks of the last synth. Their services.yaml is named on standard error: standard output is for the report. */
function lastSynthesized(): readonly string[] {
  const folder = outputFolder();
  const stacks = synthesizedStacks(folder);
  process.stderr.write(`read ${stacks.join(', ')}, made from ${lastRead(folder) ?? 'an app'}\n`);
  return stacks;
}

function resourcesOf({ json }: TerraformFile, before: boolean) {
  if (json.kind !== 'plan') return json.resources;
  return before ? json.plan.before : json.plan.after;
}

function check(file: string, current: string): void {
  if (!existsSync(file)) throw new InputError(`${file}: no such file`, `write it with --lock ${file}`);
  const committed = readFileSync(file, 'utf8').replaceAll('\r\n', '\n');
  if (committed === current) return;
  process.stdout.write(createTwoFilesPatch(file, file, committed, current, 'committed', 'now', { context: 0 }));
  process.stderr.write(`${file} does not match who can reach what now: review the difference, then --lock ${file}\n`);
  process.exitCode = 2;
}
