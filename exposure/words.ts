import { googleAccount } from './identity';
import type { Authentication, Entry, ServiceExposure } from './report';
import { isOpenToInternet, widestEntry } from './widest-entry';

/** Authentications in words. */
export const AUTHENTICATION_WORDS: Readonly<Record<Authentication, string>> = {
  none: 'anyone',
  'any-google-account': 'anyone with a Google account',
  iap: 'members of IAP',
  iam: 'named callers',
  '(known after apply)': '(known after apply)',
  '(not in this stack)': '(not in this stack)',
};

/** The users of each account, by principal. */
export type Identities = Readonly<Record<string, readonly string[]>>;

/** How a format writes the names of callers and principals. */
export interface Formatting {
  readonly name: (text: string) => string;
  readonly principal: (text: string) => string;
}

/** Plain text. */
export const PLAIN: Formatting = { name: (text) => text, principal: (text) => text };

/** A caller in words: the user of the account with the principal in brackets, or the principal alone. */
export function callerWords(principal: string, identities: Identities, formatting = PLAIN): string {
  if (principal === 'allUsers') return 'anyone';
  if (principal === 'allAuthenticatedUsers') return 'anyone with a Google account';
  const called = identities[principal]?.join(', ') ?? googleAccount(principal);
  const written = formatting.principal(principal);
  return called === undefined ? written : `${formatting.name(called)} (${written})`;
}

/** Who may call through an entry. */
export function callersWords(
  entry: Pick<Entry, 'authentication' | 'callers'>,
  identities: Identities,
  formatting = PLAIN,
): readonly string[] {
  if (entry.authentication === 'none') return ['anyone'];
  if (entry.callers.length === 0) return [NOBODY[entry.authentication]];
  const [unseen, seen] = [entry.callers.filter(isUnseen), entry.callers.filter((caller) => !isUnseen(caller))];
  const others = seen.length === 0 ? unseen : unseen.map((caller) => `others ${caller}`);
  const callers = [...seen.map((caller) => callerWords(caller, identities, formatting)), ...others];
  return entry.authentication === 'iap' ? callers.map((caller) => `${caller} through IAP`) : callers;
}

/** Whether a caller stands for callers that are not known. */
function isUnseen(caller: string): boolean {
  return caller.startsWith('(');
}

/** Words for an entry without callers: closed only if that is known. */
const NOBODY: Readonly<Record<Authentication, string>> = {
  ...AUTHENTICATION_WORDS,
  iap: 'nobody through IAP',
  iam: 'nobody',
};

/** How far a service is open, by its widest entry: "internet: anyone". */
export function exposureWords(service: ServiceExposure): string {
  const widest = widestEntry(service.entries);
  if (!widest || widest.from === 'nowhere') return 'not reachable';
  if (widest.authentication === 'iam' && widest.callers.length === 0) return `${widest.from}: nobody`;
  return `${widest.from}: ${AUTHENTICATION_WORDS[widest.authentication]}`;
}

/** One sentence about a stack: the number of services, how many are open and how far, and how many are not known. */
export function summary(services: readonly ServiceExposure[]): string {
  if (services.length === 0) return 'No Cloud Run service.';
  const open = services.filter(({ entries }) => entries.some(({ from }) => from === 'internet'));
  const anyone = open.filter(isPublic);
  const unclear = services.filter((service) => !isPublic(service) && mayBeWider(service));
  const answering = `${open.length} of ${count(services.length, 'service')} ${open.length === 1 ? 'answers' : 'answer'} requests from the internet`;
  const parts = [
    answering,
    ...(open.length === 0 ? [] : [`${anyone.length} of them from anyone`]),
    ...(unclear.length === 0 ? [] : [`${unclear.length.toLocaleString('en-US')} cannot be determined`]),
  ];
  return `${parts.join(', ')}.`;
}

function isPublic({ entries }: ServiceExposure): boolean {
  return entries.some(({ from, authentication }) => from === 'internet' && authentication === 'none');
}

/** Whether a service may be open wider than is known: to anyone, or from the internet. */
function mayBeWider({ entries }: ServiceExposure): boolean {
  return entries.some(
    (entry) => isOpenToInternet(entry) && (entry.from !== 'internet' || entry.authentication.startsWith('(')),
  );
}

/** A number with its noun. */
export function count(number: number, noun: string): string {
  return `${number.toLocaleString('en-US')} ${noun}${number === 1 ? '' : 's'}`;
}

/** Text on one line without control characters: a value in a plan must not steer the terminal that shows it. */
export function printable(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/\p{Cc}/gu, '\ufffd');
}
