/** GitHub accepts 65,536 characters, GitLab more. The rest is for text that a job adds, such as a mark by which it finds its comment. */
const MOST_CHARACTERS = 65_000;

/** A line of a comment that may be left out. */
export interface CommentLine {
  /** Called only for the lines that are kept: a large plan has a hundred thousand lines. */
  readonly text: () => string;
  /** The word by which lines that are left out are counted: "high" in "12 high". */
  readonly kind: string;
  /** The importance of the line: of all lines of a comment, those with the lowest numbers are kept. */
  readonly rank: number;
}

/** A part of a comment: head and foot are always kept, and as many of the lines as fit. */
export interface CommentSection {
  readonly head: string;
  readonly lines: readonly CommentLine[];
  /** The last line of the section, such as the end of a folded part. */
  readonly foot?: string;
}

/**
 * Joins sections into one comment, with an empty line between two. If it is too long, the least important lines are left out, from the
 * end of each section, and the section counts them by kind. Sections whose heads do not fit are counted at the end.
 */
export function comment(sections: readonly CommentSection[], most = MOST_CHARACTERS): string {
  const heads = sectionsThatFit(sections, most);
  const kept = linesThatFit(heads, most - lengthOf(heads) - missing(sections.length - heads.length).length);
  return heads.map((section) => sectionText(section, kept)).join('\n\n') + missing(sections.length - heads.length);
}

/** The first sections that fit without their lines. */
function sectionsThatFit(sections: readonly CommentSection[], most: number): readonly CommentSection[] {
  if (lengthOf(sections) <= most) return sections;
  let room = most - missing(sections.length).length;
  return sections.slice(
    0,
    sections.findIndex((section) => {
      room -= lengthOf([section]);
      return room < 0;
    }),
  );
}

/** The length of sections without their lines, but with the count of all lines: the count of fewer lines is not longer. */
function lengthOf(sections: readonly CommentSection[]): number {
  return sections.reduce((length, section) => length + sectionText(section, new Set()).length + '\n\n'.length, 0);
}

function linesThatFit(sections: readonly CommentSection[], room: number): ReadonlySet<CommentLine> {
  const lines = sections.flatMap((section) => section.lines).sort((a, b) => a.rank - b.rank);
  let left = room;
  const first = lines.findIndex(({ text }) => {
    left -= text().length + '\n'.length;
    return left < 0;
  });
  return new Set(first === -1 ? lines : lines.slice(0, first));
}

function sectionText({ head, lines, foot }: CommentSection, kept: ReadonlySet<CommentLine>): string {
  const [shown, rest] = [lines.filter((line) => kept.has(line)), lines.filter((line) => !kept.has(line))];
  const text = [head, ...shown.map((line) => line.text())].join('\n');
  return [text, ...(rest.length === 0 ? [] : [leftOut(rest)]), ...(foot === undefined ? [] : [foot])].join('\n\n');
}

function leftOut(lines: readonly CommentLine[]): string {
  const counts = new Map<string, number>();
  for (const { kind } of lines) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const words = [...counts].map(([kind, number]) => `${number.toLocaleString('en-US')} ${kind}`).join(', ');
  return `… and ${words} more, left out because a comment has a size limit: see the review in another format.`;
}

function missing(sections: number): string {
  return sections === 0
    ? ''
    : `\n\n… and ${sections.toLocaleString('en-US')} more parts, left out because a comment has a size limit.`;
}
