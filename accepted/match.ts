import { type AcceptedFinding, type AcceptedWarning, holdsOn } from './entry';
import { fits } from './pattern';

/** The parts of a finding that are compared with entries. */
interface Found {
  readonly plan: string;
  readonly rule: string;
  readonly address: string;
  readonly what: readonly string[];
}

/** The result of looking for the entry of a finding or warning. */
export interface Match<Entry = AcceptedFinding | AcceptedWarning> {
  /** The entry that accepts it. */
  readonly accepted?: Entry;
  /** An entry for it that does not accept it, and why: the entry is too narrow, or its last day is over. */
  readonly lapsed?: { readonly entry: Entry; readonly why: string };
}

/** Finds the entries that match, and records which entries matched something. */
export class Matcher {
  private readonly used = new Set<AcceptedFinding | AcceptedWarning>();
  private readonly plans = new Set<string>();

  constructor(
    private readonly entries: {
      readonly findings: readonly AcceptedFinding[];
      readonly warnings: readonly AcceptedWarning[];
    },
    /** The current day, `YYYY-MM-DD` in UTC. */
    private readonly today: string,
  ) {}

  /** Records that a plan is reviewed. Entries for plans that are not reviewed do not count as unused. */
  looksAt(plan: string): void {
    this.plans.add(plan);
  }

  /** The entry for a finding. */
  finding(found: Found): Match<AcceptedFinding> {
    const about = this.entries.findings.filter(
      ({ rule, address, plan = found.plan }) =>
        rule === found.rule && plan === found.plan && fits(address, found.address),
    );
    return this.judge(about, ({ what = found.what }) => found.what.filter((each) => !what.includes(each)));
  }

  /** The entry for a warning. */
  warning({ code, path }: { readonly code?: string; readonly path: string }): Match<AcceptedWarning> {
    return this.judge(
      this.entries.warnings.filter((entry) => entry.warning === code && fits(entry.path, path)),
      () => [],
    );
  }

  /** The entries that matched nothing. */
  unused(
    kind: 'findings' | 'warnings',
  ): readonly { readonly entry: AcceptedFinding | AcceptedWarning; readonly why: string }[] {
    return this.entries[kind]
      .filter((entry) => !this.used.has(entry))
      .filter((entry) => !('plan' in entry) || entry.plan === undefined || this.plans.has(entry.plan))
      .map((entry) => ({ entry, why: unusedWords(entry) }));
  }

  private judge<Entry extends AcceptedFinding | AcceptedWarning>(
    about: readonly Entry[],
    beyond: (entry: Entry) => readonly string[],
  ): Match<Entry> {
    for (const entry of about) this.used.add(entry);
    const holding = about.filter((entry) => holdsOn(entry, this.today));
    const accepted = holding.find((entry) => beyond(entry).length === 0);
    if (accepted) return { accepted };
    const [narrow] = holding;
    if (narrow) return { lapsed: { entry: narrow, why: `does not accept ${listed(beyond(narrow))}` } };
    const last = [...about].sort((a, b) => (a.until < b.until ? 1 : -1))[0];
    return last ? { lapsed: { entry: last, why: `accepted it until ${last.until}` } } : {};
  }
}

/** Why an entry is reported as unused. A review may read one plan of several: an entry without `plan` may be for another plan. */
function unusedWords(entry: AcceptedFinding | AcceptedWarning): string {
  if ('warning' in entry) return 'matches no warning: remove it';
  const unless = entry.plan === undefined ? ', unless a plan that is not reviewed here needs it' : '';
  return `matches no finding: remove it${unless}`;
}

/** How many values are listed; the rest is counted. */
const MOST_LISTED = 5;

function listed(words: readonly string[]): string {
  const rest = words.length - MOST_LISTED;
  const shown = words
    .slice(0, MOST_LISTED)
    .map((word) => `'${word}'`)
    .join(', ');
  return rest > 0 ? `${shown} and ${rest} more` : shown;
}
