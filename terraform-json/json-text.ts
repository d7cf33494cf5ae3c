const [QUOTE, BACKSLASH, OPEN_BRACE, CLOSE_BRACE, OPEN_BRACKET, CLOSE_BRACKET, COMMA, COLON] = [
  ...Buffer.from('"\\{}[],:'),
] as [number, number, number, number, number, number, number, number];

/**
 * A JSON document that is read part by part: of a plan of 200 MB, only the parts in use become objects, and only as long as
 * they are needed. Parts that nobody reads are not checked.
 */
export class JsonText {
  private constructor(
    private readonly bytes: Buffer,
    private readonly start: number,
    private readonly end: number,
  ) {}

  /** The JSON object that bytes hold in UTF-8; undefined for anything else: `JSON.parse` then reports what is wrong. */
  static of(bytes: Buffer): JsonText | undefined {
    const start = skipSpace(bytes, 0);
    if (bytes[start] !== OPEN_BRACE) return undefined;
    const end = endOf(bytes, start);
    return end === undefined || skipSpace(bytes, end) < bytes.length ? undefined : new JsonText(bytes, start, end);
  }

  /** The whole document as a value. Throws a SyntaxError. */
  parse(): unknown {
    return JSON.parse(this.bytes.toString('utf8', this.start, this.end));
  }

  /** The members of an object by their names; of several with the same name the last one, like `JSON.parse`. */
  members(): ReadonlyMap<string, JsonText> {
    const members = new Map<string, JsonText>();
    for (let at = skipSpace(this.bytes, this.start + 1); at < this.end - 1; ) {
      const nameEnd = this.endAt(at);
      const colon = this.expected(COLON, nameEnd);
      const start = skipSpace(this.bytes, colon + 1);
      const end = this.endAt(start);
      members.set(String(JSON.parse(this.bytes.toString('utf8', at, nameEnd))), new JsonText(this.bytes, start, end));
      at = this.next(end);
    }
    return members;
  }

  /** The elements of an array, each parsed when it is needed; undefined if it is no array. */
  elements(): Iterable<unknown> | undefined {
    return this.bytes[this.start] === OPEN_BRACKET ? { [Symbol.iterator]: () => this.parsedElements() } : undefined;
  }

  private *parsedElements(): Generator<unknown> {
    for (let at = skipSpace(this.bytes, this.start + 1); at < this.end - 1; ) {
      const end = this.endAt(at);
      yield new JsonText(this.bytes, at, end).parse();
      at = this.next(end);
    }
  }

  /** Where the next member or element begins. */
  private next(end: number): number {
    const at = skipSpace(this.bytes, end);
    return at === this.end - 1 ? at : skipSpace(this.bytes, this.expected(COMMA, end) + 1);
  }

  private expected(character: number, at: number): number {
    const found = skipSpace(this.bytes, at);
    if (this.bytes[found] !== character) throw new SyntaxError(`Unexpected token in JSON at position ${found}`);
    return found;
  }

  private endAt(start: number): number {
    const end = endOf(this.bytes, start);
    if (end === undefined) throw new SyntaxError('Unexpected end of JSON input');
    return end;
  }
}

function skipSpace(bytes: Buffer, start: number): number {
  let at = start;
  // Space, tab and line ends: JSON allows no other character up to the space between values.
  while (at < bytes.length && (bytes[at] ?? 0) <= 0x20) at += 1;
  return at;
}

/** The end of the value that begins at a position; undefined if it does not end. */
function endOf(bytes: Buffer, start: number): number | undefined {
  let depth = 0;
  for (let at = start; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (byte === QUOTE) {
      at = closingQuote(bytes, at + 1);
      if (depth === 0) return at < bytes.length ? at + 1 : undefined;
    } else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) depth += 1;
    else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
      // A number, `true`, `false` or `null` ends where the object or array around it ends.
      if (depth === 0) return at;
      depth -= 1;
      if (depth === 0) return at + 1;
    } else if (depth === 0 && byte === COMMA) return at;
  }
  return undefined;
}

function closingQuote(bytes: Buffer, start: number): number {
  let at = start;
  while (at < bytes.length && bytes[at] !== QUOTE) at += bytes[at] === BACKSLASH ? 2 : 1;
  return at;
}
