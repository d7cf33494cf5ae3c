import { exposureWords, isOpenToInternet } from '../../exposure';
import { entryName, pairEntries } from '../entry-pair';
import { API, created, INTERNAL, invoker, planOf, service, unchanged } from '../fragment';
import type { ServicePair } from '../reviewed-plan';
import type { Found, Rule } from '../rule';
import { series } from '../wording';

const GRANT = 'google_cloud_run_v2_service_iam_member.api_invoker_allauthenticatedusers';

export const anyGoogleAccount: Rule = {
  id: 'any-google-account',
  severity: 'critical',
  finds: 'allAuthenticatedUsers gains access: anyone with a Google account, of any organisation, may call',
  remedy: 'grant the domain or a group instead: domain:example.com, group:…',
  find: ({ services }) => services.flatMap(opened),
  example: {
    found: planOf(unchanged(API, service()), created(GRANT, invoker('allAuthenticatedUsers'))),
    notFound: planOf(unchanged(API, service(INTERNAL)), created(GRANT, invoker('allAuthenticatedUsers'))),
  },
};

function opened(pair: ServicePair): readonly Found[] {
  const newly = pairEntries(pair).flatMap(({ before, after }) => {
    const open = after !== undefined && isOpenToInternet(after) && after.authentication === 'any-google-account';
    const wasOpen =
      before && isOpenToInternet(before) && ['none', 'any-google-account'].includes(before.authentication);
    return open && !wasOpen ? [entryName(after)] : [];
  });
  if (newly.length === 0) return [];
  const was = pair.before ? `before: ${exposureWords(pair.before.exposure)}` : 'it is new';
  const message = `${pair.name} becomes callable by anyone with a Google account at ${series(newly)} (${was})`;
  return [{ address: pair.address, message }];
}
