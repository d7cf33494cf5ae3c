import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'cdktf';
import { Command, Option } from 'commander';
import { hasErrors, type Problem } from '../services-yaml';
import { ACCEPTED_FILE } from './accepted-file';
import { outputFolder } from './cdktf-json';
import { chooseFile } from './chosen-file';
import { spentImports } from './imports-file';
import { protectedServicesGone } from './protected-services';
import { buildFile, buildFrom, fileName } from './services-file';
import { reportingInputErrors } from './terraform-file';

/** `check [FILES]`: everything a synth checks, with nothing written. */
export function checkCommand(): Command {
  return new Command('check')
    .description('check services.yaml as a synth would, and write nothing')
    .argument('[files...]', 'the files to check, - is standard input; default: the file that a synth would read')
    .addOption(new Option('--format <format>', 'the format of the output').choices(['text', 'json']).default('text'))
    .option('--strict', 'exit with 1 on a warning too, unless it is accepted')
    .option(
      '--accepted <file>',
      `warnings that are accepted on purpose; default: the ${ACCEPTED_FILE} beside each file`,
    )
    .action((paths: string[], options: Options) =>
      reportingInputErrors(() => {
        const files = paths.length > 0 ? paths : [chooseFile(outputFolder()).path];
        const isFine =
          options.format === 'json'
            ? checkJson(files, options)
            : files.map((file) => checkText(file, options)).every(Boolean);
        process.exitCode = isFine ? 0 : 1;
      }),
    );
}

interface Options {
  readonly format: 'text' | 'json';
  readonly strict?: boolean;
  readonly accepted?: string;
}

/** Whether a check passes: there are no errors, and with --strict no warnings that are not accepted. */
function passes(problems: readonly Problem[], { strict = false }: Options): boolean {
  return !hasErrors(problems) && !(strict && problems.some(({ accepted }) => !accepted));
}

/** Runs work with an app, then removes the output folder that the app makes when it is constructed. */
function withApp<T>(work: (app: App) => T): T {
  const outdir = mkdtempSync(join(tmpdir(), 'cdktf-cloud-run-check-'));
  try {
    return work(new App({ outdir }));
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

/** Prints the problems of a file, or that it has none; returns whether it passes. */
function checkText(path: string, options: Options): boolean {
  const built = withApp((app) => buildFrom(path, app, { accepted: options.accepted }));
  if (built === undefined) return false;
  const { stacks } = built;
  const services = stacks.reduce((sum, stack) => sum + stack.services.length, 0);
  const count = (number: number, what: string) => `${number} ${what}${number === 1 ? '' : 's'}`;
  console.log(
    `${fileName(path)}: no errors in ${count(stacks.length, 'environment')} with ${count(services, 'service')}`,
  );
  for (const line of [...spentImports(path, stacks), ...protectedServicesGone(path, stacks)]) console.log(line);
  return passes(built.problems, options);
}

/** Prints the problems of all files as JSON; returns whether all files pass. */
function checkJson(paths: readonly string[], options: Options): boolean {
  const problems = paths.map((path) => ({
    path,
    problems: withApp((app) => buildFile(path, app, options.accepted)).problems,
  }));
  const written = problems.flatMap(({ path, problems }) => problems.map((problem) => problemJson(path, problem)));
  console.log(JSON.stringify({ files: paths, problems: written }, null, 2));
  return problems.every(({ problems }) => passes(problems, options));
}

function problemJson(
  services: string,
  { file = services, severity, place, path, message, remedy, code, accepted, lapsed }: Problem,
): object {
  return { file, line: place?.line, column: place?.column, severity, path, message, remedy, code, accepted, lapsed };
}
