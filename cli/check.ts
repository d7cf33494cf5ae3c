import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'cdktf';
import { Command, Option } from 'commander';
import { hasErrors, type Problem } from '../services-yaml';
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
    .argument('[files...]', 'what to check, - is standard input; default: the file that a synth would read')
    .addOption(new Option('--format <format>', 'how to write it').choices(['text', 'json']).default('text'))
    .action((paths: string[], { format }: { format: 'text' | 'json' }) =>
      reportingInputErrors(() => {
        const files = paths.length > 0 ? paths : [chooseFile(outputFolder()).path];
        process.exitCode = (format === 'json' ? checkJson(files) : files.map(checkText).every(Boolean)) ? 0 : 1;
      }),
    );
}

/** Does something with an app. One makes its output folder when it is constructed, which is taken away again. */
function withApp<T>(work: (app: App) => T): T {
  const outdir = mkdtempSync(join(tmpdir(), 'cdktf-cloud-run-check-'));
  try {
    return work(new App({ outdir }));
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

/** Prints what is wrong with a file, or that nothing is; answers whether it is free of errors. */
function checkText(path: string): boolean {
  const built = withApp((app) => buildFrom(path, app));
  if (built === undefined) return false;
  const { stacks } = built;
  const services = stacks.reduce((sum, stack) => sum + stack.services.length, 0);
  const count = (number: number, what: string) => `${number} ${what}${number === 1 ? '' : 's'}`;
  console.log(
    `${fileName(path)}: no errors in ${count(stacks.length, 'environment')} with ${count(services, 'service')}`,
  );
  for (const line of [...spentImports(path, stacks), ...protectedServicesGone(path, stacks)]) console.log(line);
  return true;
}

/** Prints the problems of all files for programs; answers whether none of them is an error. */
function checkJson(paths: readonly string[]): boolean {
  const problems = paths.map((path) => ({ path, problems: withApp((app) => buildFile(path, app)).problems }));
  const written = problems.flatMap(({ path, problems }) => problems.map((problem) => problemJson(path, problem)));
  console.log(JSON.stringify({ files: paths, problems: written }, null, 2));
  return !problems.some(({ problems }) => hasErrors(problems));
}

function problemJson(
  services: string,
  { file = services, severity, place, path, message, remedy, code }: Problem,
): object {
  return { file, line: place?.line, column: place?.column, severity, path, message, remedy, code };
}
