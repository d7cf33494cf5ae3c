import { callerWords } from '../../exposure';
import { callersRemoved } from '../caller-difference';
import { API, created, destroyed, invoker, PUBLIC, planOf, SUPPORT, service, unchanged } from '../fragment';
import type { Rule } from '../rule';
import { series } from '../wording';

export const callerRemoved: Rule = {
  id: 'caller-removed',
  severity: 'high',
  finds: 'a caller can no longer call a service that stays',
  remedy: 'put the grant back, or make sure that the caller does not need it any more',
  find: (plan) =>
    callersRemoved(plan).map(({ address, principal, services, causes }) => {
      const who = callerWords(principal, plan.before.exposure.identities);
      const message =
        principal === 'allUsers'
          ? `${series(services)} can no longer be called by anyone, only by named callers`
          : `${who} can no longer call ${series(services)}`;
      return { address, message, causes };
    }),
  example: {
    found: planOf(unchanged(API, service()), destroyed(SUPPORT, invoker('group:support@example.com'))),
    notFound: planOf(
      unchanged(API, service()),
      destroyed(SUPPORT, invoker('group:support@example.com')),
      created(PUBLIC, invoker('allUsers')),
    ),
  },
};
