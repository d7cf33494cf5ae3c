import { block, isTrue, known, list, type Resource, shown } from '../../exposure';
import { planOf, updated } from '../fragment';
import type { Rule } from '../rule';
import { fromTo, series } from '../wording';

const SETTINGS = 'google_iap_settings.edge';
const settings = (allow_http_options: boolean) => ({
  name: 'projects/123456789012/iap_web/compute/services/edge-api',
  access_settings: [{ cors_settings: [{ allow_http_options }] }],
});

export const iapSettingsLoosened: Rule = {
  id: 'iap-settings-loosened',
  severity: 'high',
  finds:
    'IAP is less strict: CORS preflight requests get through without a login, logins last longer, or more domains may log in',
  remedy: 'set the access settings back; let the application answer preflight requests on a separate path',
  find: ({ changes }) =>
    changes.flatMap(({ type, address, before, after }) => {
      if (type !== 'google_iap_settings') return [];
      const what = loosened(before, after);
      if (what.length === 0) return [];
      return [
        { address, message: `IAP is less strict on ${shown((after ?? before)?.values.name)}: ${what.join(', ')}` },
      ];
    }),
  example: {
    found: planOf(updated(SETTINGS, settings(false), settings(true))),
    notFound: planOf(updated(SETTINGS, settings(true), settings(false))),
  },
};

function loosened(before: Resource | undefined, after: Resource | undefined): readonly string[] {
  const [from, to] = [block(before?.values.access_settings), block(after?.values.access_settings)];
  const found: string[] = [];
  const preflight = isTrue(block(to.cors_settings).allow_http_options);
  if (preflight && !isTrue(block(from.cors_settings).allow_http_options))
    found.push('requests with the method OPTIONS get through without a login (allow_http_options → true)');
  const [old, fresh] = [block(from.reauth_settings).max_age, block(to.reauth_settings).max_age];
  if (known(old) !== undefined && seconds(shown(fresh)) > seconds(shown(old)))
    found.push(`a login lasts longer: ${fromTo(old, fresh)}`);
  const [domains, now] = [block(from.allowed_domains_settings), block(to.allowed_domains_settings)];
  if (isTrue(domains.enable) && !isTrue(now.enable))
    found.push(`domains are no longer limited to ${series(list(domains.domains).map(shown))}`);
  const limited = new Set(list(domains.domains).map(shown));
  const added =
    isTrue(domains.enable) && isTrue(now.enable)
      ? list(now.domains)
          .map(shown)
          .filter((domain) => !limited.has(domain))
      : [];
  if (added.length > 0) found.push(`more domains may log in: ${series(added, added.length)}`);
  return found;
}

/** How long a login lasts, from a text such as `3600s`; without a limit, for ever. */
function seconds(duration: string): number {
  const [, number] = /^(\d+)s$/.exec(duration) ?? [];
  return number === undefined ? Number.POSITIVE_INFINITY : Number(number);
}
