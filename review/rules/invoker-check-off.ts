import { API, planOf, service, updated } from '../fragment';
import type { Rule } from '../rule';

export const invokerCheckOff: Rule = {
  id: 'invoker-check-off',
  severity: 'high',
  finds: 'the invoker check is switched off: Cloud Run no longer checks who calls',
  remedy: 'set invoker_iam_disabled = false and grant roles/run.invoker to those who may call',
  find: ({ services }) =>
    services.flatMap(({ address, name, before, after }) => {
      if (!after || after.service.invokerCheck || before?.service.invokerCheck === false) return [];
      const change = before ? 'invoker check on → off' : 'it is created with its invoker check off';
      return [
        {
          address,
          message: `${name} no longer checks who calls: ${change}, its grants of roles/run.invoker have no effect`,
        },
      ];
    }),
  example: {
    found: planOf(updated(API, service(), { invoker_iam_disabled: true })),
    notFound: planOf(updated(API, service({ invoker_iam_disabled: true }), { invoker_iam_disabled: false })),
  },
};
