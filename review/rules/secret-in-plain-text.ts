import { block, blocks, isValues, shown, type Value } from '../../exposure';
import { pairContainers } from '../container-pair';
import { API, planOf, service, updated } from '../fragment';
import type { ReviewedPlan } from '../reviewed-plan';
import type { Found, Rule } from '../rule';
import { secretOfFunction, secretOfVariable } from '../secret-reference';
import { serviceChanges } from '../service-settings';

const SECRET = { name: 'DB_PASSWORD', value_source: [{ secret_key_ref: [{ secret: 'db', version: '1' }] }] };
const PLAIN = { name: 'DB_PASSWORD', value: 'a value', value_source: [] };
const env = (variable: object) => ({ template: [{ containers: [{ env: [variable] }] }] });

export const secretInPlainText: Rule = {
  id: 'secret-in-plain-text',
  severity: 'medium',
  finds:
    'an environment variable that came from a secret becomes a plain value: it is in the configuration, the state and the plan, and everybody who may see the service can read it',
  remedy:
    'refer to a secret and its version again; if the value is a real secret, change it, since plans and states are kept',
  find: (plan) => [...plainVariables(plan), ...plan.changes.flatMap(plainOfFunction)],
  example: {
    found: planOf(updated(API, service(env(SECRET)), env(PLAIN))),
    notFound: planOf(updated(API, service(env(PLAIN)), env(SECRET))),
  },
};

function plainVariables({ changes }: ReviewedPlan): readonly Found[] {
  return serviceChanges(changes).flatMap(({ address, name, before, after }) =>
    pairContainers(before.containers, after.containers).flatMap(([old, fresh]) => {
      const secrets = new Map(blocks(old.env).map((variable) => [shown(variable.name), secretOfVariable(variable)]));
      return blocks(fresh.env).flatMap((variable) => {
        const secret = secrets.get(shown(variable.name));
        if (secret === undefined || secretOfVariable(variable) !== undefined) return [];
        return [{ address, message: message(shown(variable.name), name, secret) }];
      });
    }),
  );
}

function plainOfFunction({ type, address, before, after }: ReviewedPlan['changes'][number]): readonly Found[] {
  if (type !== 'google_cloudfunctions2_function' || !before || !after) return [];
  const plain = block(after.values.service_config).environment_variables;
  const stillSecret = new Set(secretKeys(after.values.service_config).map(([key]) => key));
  return secretKeys(before.values.service_config).flatMap(([key, secret]) =>
    isValues(plain) && key in plain && !stillSecret.has(key)
      ? [{ address, message: message(key, shown(after.values.name), secret) }]
      : [],
  );
}

function secretKeys(serviceConfig: Value): readonly (readonly [string, string])[] {
  return blocks(block(serviceConfig).secret_environment_variables).map((variable) => [
    shown(variable.key),
    secretOfFunction(variable),
  ]);
}

function message(variable: string, service: string, secret: string): string {
  return `the environment variable ${variable} of ${service} becomes a plain value that everybody who sees the service can read: ${secret} → (a value, not shown)`;
}
