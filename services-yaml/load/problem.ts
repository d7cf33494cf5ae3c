import type { Severity } from '../../constructs/core/finding';

/** A place in a text file. Lines and columns start at 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** An error or warning about services.yaml. */
export interface Problem {
  /** An error stops the synth. A warning is only printed. */
  readonly severity: Severity;
  /** The file, if it is not services.yaml. */
  readonly file?: string;
  /** Missing if the file could not be read. */
  readonly place?: Place;
  /** The key or value, as a dotted path; empty for the file as a whole. */
  readonly path: string;
  /** What is wrong, with the refused value. Lower case, no full stop. */
  readonly message: string;
  /** What to write instead, if the message does not say it. */
  readonly remedy?: string;
  /** The code of the check that found it. */
  readonly code?: string;
  /** If accepted.yaml accepts the warning: the reason and the last day. */
  readonly accepted?: { readonly reason: string; readonly until: string };
  /** The reason why a matching entry of accepted.yaml does not accept the warning, or no longer does. */
  readonly lapsed?: string;
}

/** Whether one of the problems stops the synth. */
export function hasErrors(problems: readonly Problem[]): boolean {
  return problems.some((problem) => problem.severity === 'error');
}

/** `services.yaml:9:14 services.api.ingress: 'interal' is not one of …; remedy [code] (accepted until …)`. */
export function formatProblem(file: string, problem: Problem): string {
  const { place, path, severity, message, remedy, code, accepted, lapsed } = problem;
  const name = problem.file ?? file;
  const where = place ? `${name}:${place.line}:${place.column}` : name;
  const subject = [where, accepted ? 'accepted' : severity === 'warning' ? 'warning' : '', path]
    .filter((part) => part !== '')
    .join(' ');
  const acceptance = accepted ? `accepted until ${accepted.until}: ${accepted.reason}` : lapsed;
  const ends = [remedy ? `; ${remedy}` : '', code ? ` [${code}]` : '', acceptance ? ` (${acceptance})` : ''];
  return withEscapes(`${subject}: ${message}${ends.join('')}`);
}

/**
 * Escapes control characters, which could send commands to the terminal, and invisible characters, which could make the text look like
 * another one.
 */
export function withEscapes(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, (character) => {
    const escaped = JSON.stringify(character).slice(1, -1);
    return escaped === character ? character.replace(/./gs, escapeOf) : escaped;
  });
}

function escapeOf(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** The problems sorted by place, without duplicates. */
export function inOrder(problems: readonly Problem[]): Problem[] {
  const distinct = new Map(problems.map((problem) => [JSON.stringify(problem), problem]));
  return [...distinct.values()].sort(
    (a, b) =>
      (a.place?.line ?? 0) - (b.place?.line ?? 0) ||
      (a.place?.column ?? 0) - (b.place?.column ?? 0) ||
      compare(a.path, b.path) ||
      compare(a.message, b.message),
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
