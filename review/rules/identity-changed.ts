import { isLeftOut, shown, Unknown, type Value } from '../../exposure';
import { API, planOf, service, updated } from '../fragment';
import type { Found, Rule } from '../rule';
import { type ServiceChange, serviceChanges } from '../service-settings';

const OWN = { template: [{ service_account: 'api@acme-prod.iam.gserviceaccount.com' }] };
const DEFAULT = { template: [{ service_account: '123456789012-compute@developer.gserviceaccount.com' }] };

/** The accounts that Google makes for a project; they may do nearly everything in it, unless somebody removed their role. */
const DEFAULT_ACCOUNT = /^\d+-compute@developer\.gserviceaccount\.com$|@appspot\.gserviceaccount\.com$/;

export const identityChanged: Rule = {
  id: 'identity-changed',
  severity: 'medium',
  finds:
    'a service runs as another account, which may have other permissions; high if it is a default account, which may do nearly everything in its project',
  remedy: 'set service_account back, or check what the new account is granted',
  find: ({ changes }) => serviceChanges(changes).flatMap(changed),
  example: {
    found: planOf(updated(API, service(OWN), DEFAULT)),
    notFound: planOf(updated(API, service(OWN), { labels: { team: 'support' } })),
  },
};

function changed({ address, name, before, after }: ServiceChange): readonly Found[] {
  const [from, to] = [accountOf(before.serviceAccount), accountOf(after.serviceAccount)];
  if (from === to || (isDefault(before.serviceAccount) && isDefault(after.serviceAccount))) return [];
  const message = `${name} runs as another account: ${from} → ${to}`;
  const powerful = isDefault(after.serviceAccount) && !isDefault(before.serviceAccount);
  return [{ address, message, ...(powerful ? { severity: 'high' } : {}) }];
}

function isDefault(account: Value): boolean {
  return isLeftOut(account) || DEFAULT_ACCOUNT.test(shown(account));
}

function accountOf(account: Value): string {
  if (isLeftOut(account)) return 'the default account';
  if (account instanceof Unknown) return account.text;
  return isDefault(account) ? `${shown(account)} (the default account)` : shown(account);
}
