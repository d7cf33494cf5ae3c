/** The candidate that the user probably meant by `word`: the same word in another spelling, or with a typing mistake. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  const squeezed = squeeze(word);
  const same = candidates.find((candidate) => squeeze(candidate) === squeezed);
  if (same !== undefined) return same;
  let best: string | undefined;
  let least = Math.max(1, Math.floor(word.length / 3)) + 1;
  const lower = word.toLowerCase();
  const letters = lettersOf(lower);
  for (const candidate of candidates) {
    const other = candidate.toLowerCase();
    if (isFar(letters, lettersOf(other), least)) continue;
    const edits = distance(lower, other, least);
    if (edits < least) [best, least] = [candidate, edits];
  }
  return best;
}

/** The letters of a word, a bit for each; other characters share the bits. */
function lettersOf(word: string): number {
  let letters = 0;
  for (let i = 0; i < word.length; i++) letters |= 1 << (word.charCodeAt(i) & 31);
  return letters;
}

/** Whether one word has `enough` letters that the other lacks. Each takes an edit, so most words are known to be far without a count of edits. */
function isFar(one: number, other: number, enough: number): boolean {
  return bitsIn(one & ~other) >= enough || bitsIn(other & ~one) >= enough;
}

function bitsIn(bits: number): number {
  let count = 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) count++;
  return count;
}

/** ` (did you mean 'x'?)` for the nearest candidate, or nothing. */
export function didYouMean(word: string, candidates: readonly string[]): string {
  return suggestion(nearest(word, candidates));
}

/** ` (did you mean 'x'?)`, or nothing. */
export function suggestion(meant: string | undefined): string {
  return meant === undefined ? '' : ` (did you mean '${meant}'?)`;
}

/** A word in lower case, without dashes, underscores and spaces, because tools differ in these. */
export function squeeze(word: string): string {
  return word.toLowerCase().replace(/^-+|[-_\s]/g, '');
}

/** The number of letters to insert, remove, replace or swap with a neighbour. The result `enough` means `enough` or more. */
function distance(a: string, b: string, enough: number): number {
  if (Math.abs(a.length - b.length) >= enough) return enough;
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    let leastOfRow = i;
    for (let j = 1; j <= b.length; j++) {
      const replaced = (last[j - 1] as number) + Number(a[i - 1] !== b[j - 1]);
      let least = Math.min(replaced, (last[j] as number) + 1, (row[j - 1] as number) + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        least = Math.min(least, (beforeLast[j - 2] as number) + 1);
      }
      leastOfRow = Math.min(leastOfRow, least);
      row.push(least);
    }
    // No later row has a smaller number: a swap starts two rows back, where the number may be one less, and adds one.
    if (leastOfRow >= enough) return enough;
    [beforeLast, last] = [last, row];
  }
  return last[b.length] as number;
}
