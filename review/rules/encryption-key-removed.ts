import { isLeftOut, isValues, shown, Unknown, type Value, type Values } from '../../exposure';
import { API, planOf, service, updated } from '../fragment';
import type { Rule } from '../rule';
import { nameOf } from '../wording';

const KEY = 'projects/acme-prod/locations/europe-west1/keyRings/main/cryptoKeys/run';
const encrypted = (encryption_key: string | null) => ({ template: [{ encryption_key }] });

/** Arguments that name a key of Cloud KMS, in any resource. */
const KEY_ARGUMENT = /^(\w*kms_key\w*|encryption_key(_name)?|run\.googleapis\.com\/encryption-key)$/;

export const encryptionKeyRemoved: Rule = {
  id: 'encryption-key-removed',
  severity: 'high',
  finds: 'data is no longer encrypted with your own key (CMEK), but only with a key of Google',
  remedy: 'name the key again; without it, disabling the key no longer blocks access to the data',
  find: ({ changes }) =>
    changes.flatMap(({ address, before, after }) => {
      if (!before || !after || keysIn(after.values).length > 0) return [];
      // A block that is not known as a whole may name a key as before.
      const hidden = Object.entries(after.values).find(
        ([name, value]) => value instanceof Unknown && keysIn(before.values[name] ?? null).length > 0,
      );
      if (hidden) {
        const message = `whether ${nameOf(after)} is still encrypted with your own key cannot be determined: ${hidden[0]} is ${shown(hidden[1])}`;
        return [{ address, message }];
      }
      return keysIn(before.values).map((key) => ({
        address,
        message: `${nameOf(after)} is no longer encrypted with your own key: ${key} → a key of Google`,
      }));
    }),
  example: {
    found: planOf(updated(API, service(encrypted(KEY)), encrypted(null))),
    notFound: planOf(updated(API, service(encrypted(null)), encrypted(KEY))),
  },
};

/** The keys that a resource names, in any argument. */
function keysIn(value: Value): readonly string[] {
  if (Array.isArray(value)) return [...new Set(value.flatMap((element: Value) => keysIn(element)))];
  if (!isValues(value)) return [];
  return [...new Set(Object.entries(value).flatMap(([name, member]) => keyNamed(name, member)))];
}

function keyNamed(name: string, member: Values[string]): readonly string[] {
  if (!KEY_ARGUMENT.test(name)) return keysIn(member);
  return isLeftOut(member) ? [] : [shown(member)].filter((key) => key !== '');
}
