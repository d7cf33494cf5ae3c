import type { ObjectValue, Value } from '../protocol/values';

/** A rule of an API for an object that needs no other object: returns the error, or nothing. */
export type Rule = (object: ObjectValue) => string | undefined;

/** The strings at a path. Lists give each of their strings. */
export function stringsAt(object: ObjectValue, path: string): string[] {
  return valuesOf(object, path.split('.')).filter((value) => typeof value === 'string' && value !== '') as string[];
}

/** The numbers at a path. */
export function numbersAt(object: ObjectValue, path: string): number[] {
  return valuesOf(object, path.split('.')).filter((value) => typeof value === 'number') as number[];
}

/** The entries of the maps at a path. */
export function entriesAt(object: ObjectValue, path: string): [string, string][] {
  const [last = '', ...rest] = path.split('.').reverse();
  return blocksOf(object, rest.reverse()).flatMap((block) => Object.entries((block[last] ?? {}) as ObjectValue)) as [
    string,
    string,
  ][];
}

/** The blocks at a path. */
export function blocksIn(object: ObjectValue, path: string): ObjectValue[] {
  return blocksOf(object, path.split('.'));
}

/** Every string at a path must match the pattern. */
export function form(path: string, pattern: RegExp, complaint: string): Rule {
  return (object) => {
    const wrong = stringsAt(object, path).find((text) => !pattern.test(text));
    return wrong === undefined ? undefined : `Invalid value for ${path}: '${wrong}'. ${complaint}`;
  };
}

/** Every string at a path must have at most this many bytes. */
export function bytes(path: string, most: number): Rule {
  return (object) =>
    stringsAt(object, path).some((text) => Buffer.byteLength(text) > most)
      ? `Invalid value for ${path}: must be at most ${most} bytes`
      : undefined;
}

/** Every number at a path must be in this range. A string is a duration in seconds. */
export function within(path: string, least: number, most: number): Rule {
  return (object) => {
    const seconds = stringsAt(object, path).map((text) => Number(text.replace(/s$/, '')));
    const wrong = [...numbersAt(object, path), ...seconds].find((value) => !(value >= least && value <= most));
    return wrong === undefined ? undefined : `Invalid value for ${path}: ${wrong} is not from ${least} to ${most}`;
  };
}

/** One duration must not be longer than the other. */
export function ordered(lower: string, upper: string): Rule {
  return (object) => {
    const [least = 0] = stringsAt(object, lower).map((text) => Number(text.replace(/s$/, '')));
    const [most = Number.POSITIVE_INFINITY] = stringsAt(object, upper).map((text) => Number(text.replace(/s$/, '')));
    return least > most ? `${lower} must be less than or equal to ${upper}` : undefined;
  };
}

/** A path must have at most this many values. */
export function atMost(path: string, most: number): Rule {
  return (object) => {
    const count = valuesOf(object, path.split('.')).length;
    return count > most ? `${path} has ${count} values, at most ${most} are allowed` : undefined;
  };
}

function valuesOf(object: ObjectValue, path: readonly string[]): Value[] {
  const last = path.at(-1) ?? '';
  return blocksOf(object, path.slice(0, -1)).flatMap((block) => block[last]);
}

function blocksOf(object: ObjectValue, path: readonly string[]): ObjectValue[] {
  return path.reduce<ObjectValue[]>(
    (blocks, name) =>
      blocks
        .flatMap((block) => [block[name]].flat())
        .filter((value) => typeof value === 'object' && value !== null) as ObjectValue[],
    [object],
  );
}
