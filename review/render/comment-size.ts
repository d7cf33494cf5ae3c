/** GitHub takes 65,536 characters, GitLab more; a little is left for what a job adds, such as a mark to find its comment by. */
const MOST_CHARACTERS = 65_000;

/** A line of a comment that may be left out. */
export interface CommentLine {
  /** Called for the lines that are kept alone: of a large plan there are a hundred thousand. */
  readonly text: () => string;
  /** What it counts as where it is left out: "high" in "12 high". */
  readonly kind: string;
  /** How much it matters: of all lines of a comment, those with the lowest number are kept. */
  readonly rank: number;
}

/** A part of a comment: what is always there, and the lines between, of which as many are kept as fit. */
export interface CommentSection {
  readonly head: string;
  readonly lines: readonly CommentLine[];
  /** What closes the section, such as the end of a folded part. */
  readonly foot?: string;
}

/**
 * Sections as one comment, with an empty line between. Where they are too long, the lines that matter least are left out, from the
 * end of each section, and the section counts them by kind. Sections for which not even the heads fit are counted at the end.
 */
export function comment(sections: readonly CommentSection[], most = MOST_CHARACTERS): string {
  const heads = sectionsThatFit(sections, most);
  const kept = linesThatFit(heads, most - lengthOf(heads) - missing(sections.length - heads.length).length);
  return heads.map((section) => sectionText(section, kept)).join('\n\n') + missing(sections.length - heads.length);
}

/** The first sections whose heads fit, without any line. */
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

/** How long sections are without their lines: with the count of every line, which is never shorter than that of some. */
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
