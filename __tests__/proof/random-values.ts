import fc from 'fast-check';

/** Values that are mostly valid, at limits and above them, and sometimes empty or unusual. */

const ODD = [
  '',
  ' ',
  '-',
  '1',
  'A_b é',
  'a%2',
  'a b',
  'x/y',
  '${x}',
  '%{if true}',
  '\u202e',
  'é'.repeat(70),
  'a'.repeat(600),
];
export const odd = fc.oneof(fc.constantFrom(...ODD), fc.string({ maxLength: 12, unit: 'grapheme' }));

/** A value that is valid most of the time. */
export function mostly<T>(...right: fc.Arbitrary<T>[]): fc.Arbitrary<T | string> {
  return fc.oneof({ weight: 40, arbitrary: fc.oneof(...right) }, { weight: 1, arbitrary: odd });
}

/** Names of a length, at the limit and over it. */
export function named(limit: number): fc.Arbitrary<string> {
  const lengths = fc.oneof(
    { weight: 8, arbitrary: fc.constant(8) },
    { weight: 3, arbitrary: fc.constant(limit) },
    { weight: 1, arbitrary: fc.constant(limit + 1) },
  );
  return mostly(lengths.map((length) => 'n'.repeat(length)));
}

export function amount(...values: (number | string)[]): fc.Arbitrary<number | string> {
  return fc.constantFrom(...values);
}

export const text = fc.oneof(
  { weight: 4, arbitrary: fc.string({ maxLength: 20, unit: 'grapheme' }) },
  { weight: 1, arbitrary: fc.constantFrom('', 'x'.repeat(500), 'x'.repeat(513)) },
);
const counted = (limit: number) =>
  fc.oneof({ weight: 10, arbitrary: fc.constant(2) }, { weight: 1, arbitrary: fc.constantFrom(0, limit, limit + 1) });
export const list = (limit: number, item: (index: number) => string) =>
  counted(limit).map((count) => Array.from({ length: count }, (_, index) => item(index)));
export const map = (limit: number, key: (index: number) => string, value: string) =>
  counted(limit).map((count) => Object.fromEntries(Array.from({ length: count }, (_, index) => [key(index), value])));

/** Some of these keys. */
export const optional = <T>(model: { [key: string]: fc.Arbitrary<unknown> }) =>
  fc
    .subarray(Object.keys(model), { maxLength: 3 })
    .chain((keys) =>
      fc.record(Object.fromEntries(keys.map((key) => [key, model[key] as fc.Arbitrary<unknown>]))),
    ) as fc.Arbitrary<T>;
