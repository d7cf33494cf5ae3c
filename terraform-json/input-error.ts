/** An input that cannot be read or has the wrong content. The user can fix it, so it is shown without a stack trace. */
export class InputError extends Error {
  constructor(
    /** What is wrong, with the value that was refused: lower case, no full stop. */
    readonly problem: string,
    /** What to do instead. */
    readonly remedy: string,
  ) {
    super(`${problem}: ${remedy}`);
    this.name = 'InputError';
  }
}

/** A document that is longer than a string can be. */
export function tooLong(bytes: number): InputError {
  return new InputError(
    `${bytes} bytes are more than can be read at once (512 MB)`,
    'plan a part of the stack at a time',
  );
}
