import type { Authentication, Entry, Origin } from './report';

/** How wide each origin is; one that is not known ranks before the narrower known ones. */
const ORIGINS: Readonly<Record<Origin, number>> = { internet: 3, '(known after apply)': 2, internal: 1, nowhere: 0 };

const AUTHENTICATIONS: Readonly<Record<Authentication, number>> = {
  none: 5,
  '(known after apply)': 4,
  '(not in this stack)': 3,
  'any-google-account': 2,
  iap: 1,
  iam: 0,
};

/** How wide an entry is open: first by where requests come from, then by what callers must prove. */
export function wideness(entry: Entry): number {
  return ORIGINS[entry.from] * 10 + AUTHENTICATIONS[entry.authentication];
}

/** The entry that is widest open, the first of several. */
export function widestEntry(entries: readonly Entry[]): Entry | undefined {
  return entries.reduce<Entry | undefined>((a, b) => (a && wideness(a) >= wideness(b) ? a : b), undefined);
}

/** Whether requests from the internet reach the check of callers; also true if that is not known. */
export function isOpenToInternet(entry: Entry): boolean {
  return entry.from === 'internet' || entry.from === '(known after apply)';
}
