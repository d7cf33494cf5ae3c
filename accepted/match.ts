import { type AcceptedFinding, type AcceptedWarning, holdsOn } from './entry';
import { fits } from './pattern';

/** A finding of a review, as far as an entry can match it. */
interface Found {
  readonly plan: string;
  readonly rule: string;
  readonly address: string;
  readonly what: readonly string[];
}

/** The entry for a finding or warning, if there is one. */
export interface Match<Entry = AcceptedFinding | AcceptedWarning> {
  /** The entry that accepts it. */
  readonly accepted?: Entry;
  /** Why an entry that is about it does not accept it (any more). */
  readonly lapsed?: { readonly entry: Entry; readonly why: string };
}

/** Looks for entries, and remembers which of them matched. */
export class Matcher {
  private readonly used = new Set<AcceptedFinding | AcceptedWarning>();
  private readonly plans = new Set<string>();

  constructor(
    private readonly entries: {
      readonly findings: readonly AcceptedFinding[];
      readonly warnings: readonly AcceptedWarning[];
    },
    /** The day, `YYYY-MM-DD` in UTC. */
    private readonly today: string,
  ) {}

  /** Records that a plan is reviewed: an entry for a plan that is not reviewed is not unused. */
  looksAt(plan: string): void {
    this.plans.add(plan);
  }

  /** The entry that accepts a finding, or that does not accept it any more. */
  finding(found: Found): Match<AcceptedFinding> {
    const about = this.entries.findings.filter(
      ({ rule, address, plan = found.plan }) =>
        rule === found.rule && plan === found.plan && fits(address, found.address),
    );
    return this.judge(about, ({ what = found.what }) => found.what.filter((each) => !what.includes(each)));
  }

  /** The entry that accepts a warning, or that does not accept it any more. */
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

/** A review may look at one plan of several: an entry without `plan` may be there for another one. */
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
