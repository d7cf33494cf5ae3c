import { isToken } from './literal';
import { textOf } from './token';

const PARTS = /^(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s?)?$/;
const FRACTION = /^\d+\.\d{1,3}s?$/;

/** Seconds of a duration as gcloud reads it: `300`, `300s`, `5m`, `1h`, `10m5s`; undefined if the text is not a duration. */
export function parseDuration(duration: number | string): number | undefined {
  const text = String(duration);
  const match = PARTS.exec(text);
  if (!match || text === '') return undefined;
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = match.slice(1).map((part) => Number(part ?? 0));
  return ((days * 24 + hours) * 60 + minutes) * 60 + seconds;
}

/** A duration as Terraform writes it: `300s`. */
export function renderDuration(duration: number | string): string {
  if (typeof duration === 'string' && isToken(duration)) return duration;
  return `${parseDuration(duration) ?? textOf(duration)}s`;
}

/** A duration as a number of seconds. */
export function wholeSeconds(duration: number | string): number {
  // Terraform converts the text of a token to a number.
  return isToken(duration) ? (duration as number) : (parseDuration(duration) ?? 0);
}

/** Seconds of a duration that may have a fraction, such as `0.1s`. */
export function parseSeconds(duration: number | string): number | undefined {
  return FRACTION.test(String(duration)) ? Number.parseFloat(String(duration)) : parseDuration(duration);
}

/** A duration that may have a fraction, as Terraform writes it: `0.100s`. */
export function renderSeconds(duration: number | string): string {
  const seconds = parseSeconds(duration);
  return seconds === undefined || Number.isInteger(seconds) ? renderDuration(duration) : `${seconds.toFixed(3)}s`;
}
