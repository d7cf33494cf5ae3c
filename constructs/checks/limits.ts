import { parseSeconds } from '../core/duration';
import type { Origin } from '../core/finding';
import { isToken } from '../core/literal';
import type { Problem } from './check';
import { below } from './triggers';

/** The largest number of the APIs' field type `int32`. */
export const INT32_MAX = 2_147_483_647;
/** Seconds: the longest `google.protobuf.Duration`, ten thousand years. */
const LONGEST_DURATION = 315_576_000_000;

/**
 * The values that a product accepts for a key, from the least to the most. Durations are written as in the file: `30m`. A doc line that
 * says a range says this one: `services-yaml/generate/limits.ts` compares them.
 */
export interface Limit {
  readonly least: number | string;
  /** Undefined if only the API's field type limits the value. */
  readonly most?: number | string;
  /** Whether the number or the seconds may have a fraction. */
  readonly fraction?: boolean;
}

/** Limits by key. */
export type Limits<Key extends string = string> = { readonly [key in Key]: Limit };

/** The least and the most of a limit, durations in seconds. */
export function boundsOf({ least, most }: Limit): { readonly least: number; readonly most: number } {
  const largest = typeof least === 'string' ? LONGEST_DURATION : INT32_MAX;
  return { least: secondsOf(least), most: most === undefined ? largest : secondsOf(most) };
}

function secondsOf(amount: number | string): number {
  return typeof amount === 'number' ? amount : (parseSeconds(amount) ?? 0);
}

/** Whether a limit accepts a number. */
export function accepts(limit: Limit, value: number): boolean {
  const { least, most } = boundsOf(limit);
  return (limit.fraction || Number.isInteger(value)) && value >= least && value <= most;
}

/** The values of a trigger that its product refuses. */
export function* outside<Key extends string>(
  limits: Limits<Key>,
  props: { readonly [key in NoInfer<Key>]?: number | string },
  origin: Origin,
): Iterable<Problem> {
  for (const [key, limit] of Object.entries<Limit>(limits)) {
    const value: number | string | undefined = props[key as Key];
    if (value === undefined || isToken(value)) continue;
    const isDuration = typeof limit.least === 'string';
    const number = isDuration ? parseSeconds(value) : Number(value);
    if (number !== undefined && accepts(limit, number)) continue;
    const { least, most } = boundsOf(limit);
    const unit = isDuration ? ' seconds' : '';
    const isLarge = number !== undefined && (limit.fraction || Number.isInteger(number)) && number > most;
    const range = limit.most === undefined && !isLarge ? `at least ${least}${unit}` : `from ${least} to ${most}${unit}`;
    const remedy = `write a ${isDuration ? 'duration' : limit.fraction ? 'number' : 'whole number'}, ${range}`;
    yield { ...below(origin, key), message: `${key} can't be ${value}`, remedy };
  }
}

const UNITS: Readonly<Record<string, string>> = { s: 'second', m: 'minute', h: 'hour', d: 'day' };

/** A limit in words: `1 to 5000`, `15 seconds to 30 minutes`, `10 to 600 seconds`. */
export function rangeInWords({ least, most }: Limit): string {
  const from = inWords(least);
  if (most === undefined) return `at least ${from}`;
  const to = inWords(most);
  const [unit = ''] = / \w+$/.exec(to) ?? [];
  return `${from.endsWith(unit) ? from.slice(0, from.length - unit.length) : from} to ${to}`;
}

/** A number, or a duration in words: `600 seconds`, `one day`. */
export function inWords(amount: number | string): string {
  const [, count = String(amount), unit = ''] = /^(\d+)([smhd])$/.exec(String(amount)) ?? [];
  const word = UNITS[unit];
  if (word === undefined) return count;
  return count === '1' ? `one ${word}` : `${count} ${word}s`;
}

/** The problem of a least time to wait that is longer than the longest. */
export function* reversedDelays<Key extends string>(
  [leastKey, mostKey]: readonly [Key, Key],
  props: { readonly [key in Key]?: number | string },
  defaults: { readonly [key in Key]: string },
  origin: Origin,
): Iterable<Problem> {
  const [least, most] = [props[leastKey] ?? defaults[leastKey], props[mostKey] ?? defaults[mostKey]];
  if (isToken(least) || isToken(most)) return;
  const [leastSeconds, mostSeconds] = [parseSeconds(least), parseSeconds(most)];
  if (leastSeconds === undefined || mostSeconds === undefined || leastSeconds <= mostSeconds) return;
  const key = props[leastKey] === undefined ? mostKey : leastKey;
  const message = `${leastKey} ${least} is longer than ${mostKey} ${most}`;
  yield { ...below(origin, key), message, remedy: `lower ${leastKey} or raise ${mostKey}` };
}
