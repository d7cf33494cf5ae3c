import { API, planOf, service, unchanged } from '../fragment';
import type { Rule } from '../rule';
import { series } from '../wording';

/** More addresses than these are counted. */
const MOST_ADDRESSES = 20;

export const imported: Rule = {
  id: 'imported',
  severity: 'low',
  finds:
    'resources are taken over from Google Cloud (import): what they are there counts as before, and only what the plan changes of them is a finding',
  remedy: 'look at them with `exposure`: who can reach them already is not reviewed here',
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
