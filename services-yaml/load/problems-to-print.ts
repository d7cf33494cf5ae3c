import { inOrder, type Problem, withEscapes } from './problem';

/** The longest value, path or name in a message, in characters. */
const MOST_CHARACTERS = 200;
/** The longest message, in characters. Some checks list many names. */
const MOST_OF_MESSAGE = 1000;
/** The largest number of problems of one kind that are listed. */
const MOST_ALIKE = 20;

/** A quoted value in a message. The apostrophe of a word such as `can't` is not a quote. */
const QUOTED = /(?<![^\s({[:])(['"])(.*?)\1(?![^\s,;:.)}\]])/gsu;

/** The problems to print: in the file's order, without duplicates, shortened. Of many similar problems, the first ones and a count. */
export function problemsToPrint(problems: readonly Problem[]): Problem[] {
  return firstOfEach(inOrder(problems)).map(({ path, message, remedy, ...rest }) => ({
    ...rest,
    path: shown(path, MOST_CHARACTERS),
    message: shown(withShortValues(message), MOST_OF_MESSAGE),
    ...(remedy !== undefined && { remedy: shown(withShortValues(remedy), MOST_OF_MESSAGE) }),
  }));
}

/** The first problems of each kind, then one problem with the number of the others. */
function firstOfEach(problems: readonly Problem[]): Problem[] {
  const kindOf = ({ severity, accepted, code, message }: Problem) =>
    `${severity} ${accepted ? 'accepted' : ''} ${code ?? message}`;
  const counts = new Map<string, number>();
  for (const problem of problems) counts.set(kindOf(problem), (counts.get(kindOf(problem)) ?? 0) + 1);
  const seen = new Map<string, number>();
  return problems.flatMap((problem) => {
    const kind = kindOf(problem);
    const before = seen.get(kind) ?? 0;
    seen.set(kind, before + 1);
    const rest = (counts.get(kind) ?? 0) - MOST_ALIKE;
    // If only one problem is left, print it: a count would need as many lines.
    if (before < MOST_ALIKE || rest === 1) return [problem];
    return before === MOST_ALIKE ? [moreOf(problem, rest)] : [];
  });
}

function moreOf({ severity, place, path, message, code, accepted }: Problem, count: number): Problem {
  const what = code === undefined ? `: ${message}` : ' of this kind';
  return { severity, place, path, message: `from here on ${count} more${what}`, code, accepted };
}

function withShortValues(text: string): string {
  return text.replace(QUOTED, (_, quote: string, value: string) => quote + cut(value, MOST_CHARACTERS) + quote);
}

function shown(text: string, most: number): string {
  return withEscapes(cut(text, most));
}

function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  const characters = [...text];
  return characters.length > most ? `${characters.slice(0, most).join('')}…` : text;
}
