import { isOpenToInternet } from '../../exposure';
import { type EntryPair, pairEntries } from '../entry-pair';
import { API, created, INTERNAL, invoker, planOf, service, unchanged } from '../fragment';
import { openedServices } from '../opened-services';
import type { ServicePair } from '../reviewed-plan';
import type { Rule } from '../rule';

const GRANT = 'google_cloud_run_v2_service_iam_member.api_invoker_allauthenticatedusers';

export const anyGoogleAccount: Rule = {
  id: 'any-google-account',
  severity: 'critical',
  finds: 'allAuthenticatedUsers gains access: anyone with a Google account, of any organisation, may call',
  remedy: 'grant the domain or a group instead: domain:example.com, group:…',
  find: (plan) =>
    openedServices(plan, {
      to: 'anyone with a Google account',
      principal: 'allAuthenticatedUsers',
      newly: newlyOpen,
    }),
  example: {
    found: planOf(unchanged(API, service()), created(GRANT, invoker('allAuthenticatedUsers'))),
    notFound: planOf(unchanged(API, service(INTERNAL)), created(GRANT, invoker('allAuthenticatedUsers'))),
  },
};

const WIDE: ReadonlySet<string> = new Set(['none', 'any-google-account']);

function newlyOpen(pair: ServicePair): readonly EntryPair[] {
  // If the service was open to these callers before, a second name opens nothing.
  const was = pair.before?.exposure.entries.some((entry) => isOpenToInternet(entry) && WIDE.has(entry.authentication));
  if (was) return [];
  return pairEntries(pair).filter(
    ({ after }) => after && isOpenToInternet(after) && after.authentication === 'any-google-account',
  );
}
