import { parseSeconds } from '../core/duration';
import type { Origin } from '../core/finding';
import { isToken } from '../core/literal';
import type { Problem } from './check';
import { below } from './triggers';

/** The largest number of the APIs' field type `int32`. */
export const INT32_MAX = 2_147_483_647;
/** Seconds: the longest `google.protobuf.Duration`, ten thousand years. */
const LONGEST_DURATION = 315_576_000_000;

/** The values that a product accepts for a key: seconds or a number, from the least to the most. */
export interface Limit<Key> {
  readonly key: Key;
  readonly least: number;
  /** Undefined if only the API's field type limits the value. */
  readonly most?: number;
  /** Whether the value is a duration and not a number. */
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
    const largest = most ?? (duration ? LONGEST_DURATION : INT32_MAX);
    if (isRight && number >= least && number <= largest) continue;
    const unit = duration ? ' seconds' : '';
    const isSmall = most === undefined && !(isRight && number > largest);
    const range = isSmall ? `at least ${least}${unit}` : `from ${least} to ${largest}${unit}`;
    const remedy = `write a ${duration ? 'duration' : fraction ? 'number' : 'whole number'}, ${range}`;
    yield { ...below(origin, key), message: `${key} can't be ${value}`, remedy };
  }
}

/** The default times to wait between two attempts. */
export interface Backoff {
  readonly minBackoff: string;
  readonly maxBackoff: string;
}

/** The problem of a `minBackoff` that is longer than `maxBackoff`. */
export function* reversedBackoff(
  props: { readonly [key in keyof Backoff]?: number | string },
  defaults: Backoff,
  origin: Origin,
): Iterable<Problem> {
  const { minBackoff, maxBackoff } = { ...defaults, ...props };
  if (isToken(minBackoff) || isToken(maxBackoff)) return;
  const [least, most] = [parseSeconds(minBackoff), parseSeconds(maxBackoff)];
  if (least === undefined || most === undefined || least <= most) return;
  const key = props.minBackoff === undefined ? 'maxBackoff' : 'minBackoff';
  const message = `minBackoff ${minBackoff} is longer than maxBackoff ${maxBackoff}`;
  yield { ...below(origin, key), message, remedy: 'lower minBackoff or raise maxBackoff' };
}
