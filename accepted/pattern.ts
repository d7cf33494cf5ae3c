/**
 * Whether a text fits a pattern in which `*` stands for any characters and `\*` for an asterisk. Nothing else is special. Path globs
 * do not work here: they read the brackets of `google_x.y["a"]` as a set of characters, and their `*` stops at a slash.
 */
export function fits(pattern: string, text: string): boolean {
  const [head = '', ...rest] = literals(pattern);
  const tail = rest.pop();
  if (tail === undefined) return head === text;
  if (!text.startsWith(head) || !text.endsWith(tail)) return false;
  let at = head.length;
  for (const literal of rest) {
    const found = text.indexOf(literal, at);
    if (found < 0) return false;
    at = found + literal.length;
  }
  return at <= text.length - tail.length;
}

/** The pattern that only this text fits. */
export function patternOf(text: string): string {
  return text.replaceAll('*', '\\*');
}

/** The texts between the asterisks. */
function literals(pattern: string): readonly string[] {
  const parts = [''];
  for (const part of pattern.split(/(\\?\*)/)) {
    if (part === '*') parts.push('');
    else parts.push(`${parts.pop()}${part === '\\*' ? '*' : part}`);
  }
  return parts;
}
