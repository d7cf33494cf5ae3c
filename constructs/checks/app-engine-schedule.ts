const WEEKDAY = '(?:mon|tue|wed|thu|fri|sat|sun|monday|tuesday|wednesday|thursday|friday|saturday|sunday)';
const MONTH =
  '(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|january|february|march|april|june|july|august|september|october|november|december)';
const ORDINAL = '(?:1st|2nd|3rd|4th|5th|first|second|third|fourth|fifth)';
const TIME = '(?:[01]?\\d|2[0-3]):[0-5]\\d';
const MONTHS = `(?:month|${listOf(MONTH)})`;

const INTERVAL = new RegExp(
  `^every (\\d+) (?:hours?|mins?|minutes?)(?: synchronized| from (?:${TIME}) to (?:${TIME}))?$`,
);
const WEEKDAYS = new RegExp(`^(?:every|${listOf(ORDINAL)}) (?:day|${listOf(WEEKDAY)})(?: of ${MONTHS})? (?:${TIME})$`);
const MONTH_DAYS = new RegExp(`^(${listOf('\\d+')}) of (${MONTHS}) (?:${TIME})$`);

const DAYS_OF_MONTH: Readonly<Record<string, number>> = { feb: 29, apr: 30, jun: 30, sep: 30, nov: 30 };

/** Whether a schedule is in App Engine's format (App Engine, "Scheduling jobs with cron.yaml") and not in unix-cron format. */
export function isInWords(schedule: string): boolean {
  return /^(?:[a-z]{3}|\d+(?:st|nd|rd|th)|\d[\d,]*\s+of\s)/i.test(schedule.trim());
}

/** Why a schedule in App Engine's format is wrong or would never run; undefined if it is right. */
export function wordsProblem(schedule: string): string | undefined {
  const text = schedule
    .trim()
    .toLowerCase()
    .replace(/\s*,\s*/g, ',')
    .replace(/\s+/g, ' ');
  const interval = INTERVAL.exec(text);
  if (interval) return Number(interval[1]) > 0 ? undefined : 'an interval is at least 1';
  if (WEEKDAYS.test(text)) return undefined;
  const [, days = '', months = ''] = MONTH_DAYS.exec(text) ?? [];
  if (days === '') return "it is neither like 'every 5 minutes' nor like 'every monday 09:00' or '1 of month 09:00'";
  const longest = Math.max(...months.split(',').map((month) => DAYS_OF_MONTH[month.slice(0, 3)] ?? 31));
  return days.split(',').some((day) => Number(day) >= 1 && Number(day) <= longest) ? undefined : 'there is no such day';
}

function listOf(item: string): string {
  return `${item}(?:,${item})*`;
}
