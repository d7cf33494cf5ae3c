import type { Place } from '../services-yaml/load/problem';

/** The fields that every entry of accepted.yaml has. */
interface Acceptance {
  /** Where the entry begins. */
  readonly place: Place;
  /** Why it is accepted. */
  readonly reason: string;
  /** The last day on which it is accepted, `YYYY-MM-DD` in UTC. */
  readonly until: string;
}

/** An entry that accepts findings of `review`. */
export interface AcceptedFinding extends Acceptance {
  /** The rule of the finding. */
  readonly rule: string;
  /** The address of the finding; `*` stands for any characters, `\*` for an asterisk. */
  readonly address: string;
  /** The plan, such as `prod`, if the entry is for one plan only. */
  readonly plan?: string;
  /** What the change may open: a finding that opens anything else is not accepted. Default: every finding of the rule at the address is. */
  readonly what?: readonly string[];
}

/** An entry that accepts warnings of `check` and the synth. */
export interface AcceptedWarning extends Acceptance {
  /** The code of the check. */
  readonly warning: string;
  /** The path in services.yaml, such as `services.web.image`; `*` stands for any characters, `\*` for an asterisk. */
  readonly path: string;
}

/** Whether an entry is still valid on a day, `YYYY-MM-DD`. */
export function holdsOn({ until }: Acceptance, today: string): boolean {
  return today <= until;
}

/** The day in UTC, `YYYY-MM-DD`. */
export function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10);
}

/** Whether a text is a day of the calendar, written `YYYY-MM-DD`. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && dayOf(date) === text;
}
