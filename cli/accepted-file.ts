import { existsSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { type Accepted, dayOf, type Match, Matcher, readAccepted } from '../accepted';
import { InputError } from '../exposure';
import type { AcceptedNote, Finding, PlanReview } from '../review';
import { formatProblem, type Problem } from '../services-yaml/load/problem';
import { readYamlFile } from './yaml-file';

/** The default name of a file of accepted findings. */
export const ACCEPTED_FILE = 'accepted.yaml';

/** A file of accepted findings and warnings. */
export interface AcceptedFile {
  /** The name of the file in messages. */
  readonly file: string;
  readonly accepted: Accepted;
}

/** The accepted.yaml beside a services.yaml; undefined if there is none. */
export function acceptedBeside(path: string): string | undefined {
  const file = join(dirname(path), ACCEPTED_FILE);
  return existsSync(file) ? file : undefined;
}

/** The named file, else the accepted.yaml in a folder; undefined if there is none. The result includes its problems. */
export function acceptedFile(named: string | undefined, folder = '.'): AcceptedFile | undefined {
  const path = named ?? join(folder, ACCEPTED_FILE);
  if (named === undefined && !existsSync(path)) return undefined;
  const read = readYamlFile(path);
  const file = (relative('.', path) || path).replaceAll('\\', '/');
  if ('refused' in read) return { file, accepted: { findings: [], warnings: [], problems: [read.refused] } };
  return { file, accepted: readAccepted(read.text, { rules, warnings }) };
}

/** Like `acceptedFile`, but throws an InputError with every problem if the file has any. */
export function readAcceptedFile(named: string | undefined): AcceptedFile | undefined {
  const read = acceptedFile(named);
  if (read === undefined || read.accepted.problems.length === 0) return read;
  const lines = read.accepted.problems.map((problem) => formatProblem(read.file, problem));
  throw new InputError(`${lines.join('\n')}\n${read.file} is refused`, 'correct it first');
}

/** The warnings of the checks, marked if accepted.yaml accepts them, and notes about its entries. */
export function acceptWarnings(
  { file, accepted }: AcceptedFile,
  today = dayOf(new Date()),
): { readonly judge: (problem: Problem) => Problem; readonly unused: () => readonly Problem[] } {
  const matcher = new Matcher(accepted, today);
  return {
    judge: (problem) =>
      problem.severity === 'warning' ? { ...problem, ...acceptanceOf(matcher.warning(problem), file) } : problem,
    unused: () =>
      matcher
        .unused('warnings')
        .map(({ entry: { place }, why }) => ({ severity: 'warning', file, place, path: '', message: why })),
  };
}

/** Reviews with findings marked if accepted.yaml accepts them, and notes about its entries. */
export function accept(
  reviews: readonly PlanReview[],
  { file, accepted }: AcceptedFile,
  today = dayOf(new Date()),
): { readonly reviews: readonly PlanReview[]; readonly notes: readonly AcceptedNote[] } {
  const matcher = new Matcher(accepted, today);
  const judged = reviews.map((review) => {
    matcher.looksAt(review.plan);
    return { ...review, findings: review.findings.map((finding) => judge(finding, matcher, file)) };
  });
  const notes = matcher.unused('findings').map(({ entry: { place }, why }) => ({ file, ...place, message: why }));
  return { reviews: judged, notes };
}

function judge(finding: Finding, matcher: Matcher, file: string): Finding {
  return { ...finding, ...acceptanceOf(matcher.finding(finding), file) };
}

function acceptanceOf({ accepted, lapsed }: Match, file: string): Pick<Finding, 'accepted' | 'lapsed'> {
  if (accepted) return { accepted: { reason: accepted.reason, until: accepted.until } };
  if (!lapsed) return {};
  const { line, column } = lapsed.entry.place;
  return { lapsed: `${file}:${line}:${column} ${lapsed.why}` };
}

// The checks load cdktf, which a review does not need, so each is loaded only when it is used.

function rules(): readonly string[] {
  return (require('../review') as typeof import('../review')).ruleIds;
}

function warnings(): readonly string[] {
  const { allChecks } =
    require('../services-yaml/build/all-checks') as typeof import('../services-yaml/build/all-checks');
  return allChecks.filter(({ severity }) => severity === 'warning').map(({ code }) => code);
}
