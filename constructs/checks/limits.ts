import { parseSeconds } from '../core/duration';
import type { Origin } from '../core/finding';
import { isToken } from '../core/literal';
import type { Problem } from './check';
import { below } from './triggers';

/** What a product takes as the value of a key: seconds or a number, from the least to the most. */
export interface Limit<Key> {
  readonly key: Key;
  readonly least: number;
  readonly most?: number;
  /** Whether the value is a duration; else it is a number. */
  readonly duration?: boolean;
  /** Whether the number or the seconds may have a fraction. */
  readonly fraction?: boolean;
}

/** The values of a trigger that its product refuses. */
export function* outside<Key extends string>(
  limits: readonly Limit<Key>[],
  props: { readonly [key in Key]?: number | string },
  origin: Origin,
): Iterable<Problem> {
  for (const { key, least, most, duration, fraction } of limits) {
    const value: number | string | undefined = props[key];
    if (value === undefined || isToken(value)) continue;
    const number = duration ? parseSeconds(value) : Number(value);
    const isRight = number !== undefined && (fraction || Number.isInteger(number));
    if (isRight && number >= least && number <= (most ?? number)) continue;
    const unit = duration ? ' seconds' : '';
    const range = most === undefined ? `at least ${least}${unit}` : `from ${least} to ${most}${unit}`;
    const remedy = `write a ${duration ? 'duration' : fraction ? 'number' : 'whole number'}, ${range}`;
    yield { ...below(origin, key), message: `${key} can't be ${value}`, remedy };
  }
}
