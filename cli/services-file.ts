import { dirname } from 'node:path';
import type { App } from 'cdktf';
import type { CloudRunStack } from '../constructs/stack/cloud-run-stack';
import { addImports, type BuiltSpec, buildStacks, formatProblem, hasErrors, type Problem } from '../services-yaml';
import { acceptedFile, acceptWarnings } from './accepted-file';
import { importsBeside } from './imports-file';
import { readYamlFile } from './yaml-file';

/**
 * Builds the stacks of the services.yaml at `path`; undefined if it is refused. Errors are written to standard error. The warnings
 * of an accepted file are part of the result, since cdktf's command shows an app's standard error as errors.
 */
export function buildFrom(
  path: string,
  app: App,
  { accepted, print = console.log }: Options = {},
): BuiltSpec | undefined {
  const built = buildFile(path, app, accepted);
  const { problems } = built;
  const lines = problems.map((problem) => formatProblem(fileName(path), problem));
  if (hasErrors(problems)) {
    console.error(lines.join('\n'));
    return undefined;
  }
  if (lines.length > 0) print(`${lines.join('\n')}\n`);
  return built;
}

interface Options {
  /** The file of accepted warnings; default: the accepted.yaml beside the services.yaml. */
  readonly accepted?: string;
  /** Prints the warnings; default: to standard output. */
  readonly print?: (text: string) => void;
}

/**
 * The stacks of the services.yaml at `path`, where `-` is standard input, and its problems. Warnings are accepted by the
 * named file, else by the accepted.yaml beside it.
 */
export function buildFile(path: string, app: App, acceptedBy?: string): BuiltSpec {
  const file = readYamlFile(path);
  const beside = acceptedFile(acceptedBy, dirname(path));
  const warnings = beside && acceptWarnings(beside);
  const built = buildStacks(app, 'refused' in file ? '' : file.text, warnings?.judge);
  const problems = [
    ...('refused' in file ? [file.refused] : [...built.problems, ...importProblems(path, built.stacks)]),
    ...(beside?.accepted.problems ?? []).map((problem) => ({ ...problem, file: beside?.file })),
  ];
  // If something is refused, the checks did not see everything, so an entry may only seem unused.
  const unused = hasErrors(problems) ? [] : (warnings?.unused() ?? []);
  return { ...built, problems: [...problems, ...unused] };
}

/** Adds the imports of the imports.yaml beside a services.yaml to the stacks; returns its problems. */
function importProblems(path: string, stacks: readonly CloudRunStack[]): Problem[] {
  const name = importsBeside(path);
  if (name === undefined) return [];
  const file = readYamlFile(name);
  const problems = 'refused' in file ? [file.refused] : addImports(stacks, file.text);
  return problems.map((problem) => ({ ...problem, file: name }));
}

/** The name of a file in messages. */
export function fileName(path: string): string {
  return path === '-' ? 'standard input' : path;
}
