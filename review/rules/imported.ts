import { API, planOf, service, unchanged } from '../fragment';
import type { Rule } from '../rule';
import { series } from '../wording';

/** How many addresses the message names; the rest is counted. */
const MOST_ADDRESSES = 20;

export const imported: Rule = {
  id: 'imported',
  severity: 'low',
  finds:
    'resources are imported from Google Cloud: their settings there count as the state before, and only what the plan changes is a finding',
  remedy: 'run `exposure` to see who can reach them already: that is not reviewed here',
  find: ({ plan }) => {
    const imports = plan.changes.filter((change) => change.imports !== undefined).map(({ address }) => address);
    const [first] = imports;
    if (first === undefined) return [];
    const message = `taken over by import: ${series(imports, MOST_ADDRESSES)}`;
    return [{ address: imports.length === 1 ? first : '', message, causes: imports }];
  },
  example: {
    found: planOf(imports(unchanged(API, service()), 'projects/acme-prod/locations/europe-west1/services/api')),
    notFound: planOf(unchanged(API, service())),
  },
};

function imports(change: ReturnType<typeof unchanged>, id: string): ReturnType<typeof unchanged> {
  return { ...change, change: { ...change.change, importing: { id } } };
}
