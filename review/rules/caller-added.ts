import { callersWords, callerWords, exposureWords } from '../../exposure';
import { callersAdded } from '../caller-difference';
import { grantsOf } from '../causes';
import { pinnedEntry } from '../entry-pair';
import { API, created, invoker, planOf, SUPPORT, service, unchanged } from '../fragment';
import type { ReviewedPlan } from '../reviewed-plan';
import type { Found, Rule } from '../rule';
import { series } from '../wording';

export const callerAdded: Rule = {
  id: 'caller-added',
  severity: 'medium',
  finds: 'a principal may call that could not before; groups and domains are listed first, since they hold many people',
  remedy: 'remove the grant, or grant a narrower principal',
  find: (plan) => [...newCallers(plan), ...newServices(plan)],
  example: {
    found: planOf(unchanged(API, service()), created(SUPPORT, invoker('group:support@example.com'))),
    notFound: planOf(unchanged(API, service()), unchanged(SUPPORT, invoker('group:support@example.com'))),
  },
};

/** `public-service`, `any-google-account`, `public-behind-ingress` and `not-understood` report the other principals. */
function isNamed(principal: string): boolean {
  return !/^(allUsers|allAuthenticatedUsers)\b|^\(/.test(principal);
}

function newCallers(plan: ReviewedPlan): readonly Found[] {
  return callersAdded(plan)
    .filter(({ principal }) => isNamed(principal))
    .sort((a, b) => people(a.principal) - people(b.principal))
    .map(({ address, principal, services, causes }) => ({
      address,
      causes,
      message: `${callerWords(principal, plan.after.exposure.identities)} may now call ${series(services)}`,
      what: services.map((service) => `${principal} calls ${service}`),
    }));
}

function people(principal: string): number {
  return /^(user|serviceAccount|principal):/.test(principal) ? 1 : 0;
}

function newServices({ services, after, changing }: ReviewedPlan): readonly Found[] {
  return services.flatMap(({ address, name, ...pair }) => {
    if (pair.before || !pair.after) return [];
    const callers = pair.after.exposure.callers.filter(isNamed);
    if (callers.length === 0) return [];
    const grants = grantsOf(after, pair.after).map((grant) => grant.address);
    const causes = [...new Set([address, ...grants])].filter((cause) => changing.has(cause)).sort();
    // A grant on what another stack manages, or what this one leaves behind, makes no service.
    if (causes.length === 0) return [];
    const called = pair.after.service.managed ? `the new service ${name}` : `${name}, which is not in this stack,`;
    const who = callersWords({ authentication: 'iam', callers }, after.exposure.identities);
    return [
      {
        address,
        causes,
        message: `${called} may be called by ${series(who)} (${exposureWords(pair.after.exposure)})`,
        what: [
          ...callers.map((caller) => `${caller} calls ${name}`),
          ...pair.after.exposure.entries.map((entry) => pinnedEntry(name, entry)),
        ],
      },
    ];
  });
}
