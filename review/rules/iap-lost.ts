import { type ComputedExposure, callersWords, type Entry, isIapAgent, isOpenToInternet } from '../../exposure';
import type { EntryPair } from '../entry-pair';
import { backend, loadBalancer } from '../example-load-balancer';
import { LOAD_BALANCED, planOf, updated } from '../fragment';
import { lostGates } from '../lost-gate';
import type { ServiceSide } from '../reviewed-plan';
import type { Rule } from '../rule';
import { series } from '../wording';

const BACKEND = 'google_compute_backend_service.edge_api';

export const iapLost: Rule = {
  id: 'iap-lost',
  severity: 'critical',
  finds: 'an entry loses Identity-Aware Proxy',
  remedy: 'keep `iap { enabled = true }` on the backend service, or `iap_enabled = true` on the service',
  find: (plan) =>
    lostGates(plan, {
      lost: ({ before, after }, pair) =>
        passesIap(plan.before, pair.before, before) &&
        !passesIap(plan.after, pair.after, after) &&
        isOpenToInternet(after),
      message: (urls, service, entries) => {
        const anyone = entries.some(({ after }) => after.authentication === 'none');
        const then = anyone ? 'anyone gets through' : `only the service itself still checks callers${instead(entries)}`;
        return `${service} loses IAP at ${urls}: ${then}`;
      },
    }),
  example: {
    found: planOf(
      ...loadBalancer({ service: LOAD_BALANCED }),
      updated(BACKEND, backend({ iap: [{ enabled: true }] }), { iap: [{ enabled: false }] }),
    ),
    notFound: planOf(
      ...loadBalancer({ service: LOAD_BALANCED }),
      updated(BACKEND, backend({ iap: [{ enabled: true }] }), { log_config: [{ enable: true }] }),
    ),
  },
};

/** Who may call without IAP, and who could with it. IAP's own account is left out: it no longer calls. */
function instead(entries: readonly Required<EntryPair>[]): string {
  const words = (side: 'before' | 'after') => {
    const callers = [...new Set(entries.flatMap((entry) => entry[side].callers))].filter((each) => !isIapAgent(each));
    return series(callersWords({ authentication: 'iam', callers }, {}));
  };
  return entries.every(({ before }) => before.callers.length === 0)
    ? ''
    : `: ${words('after')} in place of ${words('before')}`;
}

/** Whether requests to an entry pass IAP; if that is not known, another rule reports it. */
function passesIap({ frontends }: ComputedExposure, side: ServiceSide | undefined, { via, url }: Entry): boolean {
  if (!side) return false;
  if (via !== 'load-balancer') return side.service.iap;
  return (frontends.get(side.service) ?? []).some((frontend) => frontend.url === url && frontend.iap !== false);
}
