import { block, type Change, known, list, type Values } from '../../exposure';
import { created, planOf, replaced } from '../fragment';
import type { Rule } from '../rule';
import { isDestroyed, nameOf, replacementReason, series } from '../wording';

/** The certificates that Google issues, and the names on them. */
const CERTIFICATES: Readonly<Record<string, (values: Values) => readonly string[]>> = {
  google_compute_managed_ssl_certificate: managedDomains,
  google_certificate_manager_certificate: managedDomains,
  google_certificate_manager_certificate_map_entry: ({ hostname }) => [known(hostname) ?? 'every other name'],
};

const CERTIFICATE = 'google_compute_managed_ssl_certificate.edge';

export const certificateReplaced: Rule = {
  id: 'certificate-replaced',
  severity: 'high',
  finds: 'a certificate is issued again or removed: TLS fails for its names until another is active',
  remedy:
    'use one certificate for each name, so that a new name does not change the others; or create_before_destroy with a new name, and wait until it is active',
  find: ({ changes }) =>
    changes
      .filter(({ type, actions }) => type in CERTIFICATES && actions.includes('delete'))
      .map((change) => ({ address: change.address, message: `${subject(change)} ${event(change)}` })),
  example: {
    found: planOf(
      replaced(
        CERTIFICATE,
        { name: 'edge', managed: [{ domains: ['www.example.com'] }] },
        { managed: [{ domains: ['www.example.com', 'shop.example.com'] }] },
        'managed.domains',
      ),
    ),
    notFound: planOf(created(CERTIFICATE, { name: 'edge', managed: [{ domains: ['www.example.com'] }] })),
  },
};

function subject({ type, before }: Change): string {
  const names = CERTIFICATES[type]?.(before?.values ?? {}) ?? [];
  const what = type.endsWith('map_entry') ? 'the certificate map entry' : 'the certificate';
  return `${what} ${nameOf(before)} of ${series(names) || 'names that are not known'}`;
}

function event(change: Change): string {
  if (isDestroyed(change)) return 'is removed: TLS fails for names that no other certificate covers';
  const order =
    change.actions[0] === 'create'
      ? 'TLS may fail until the new one is active'
      : 'TLS fails until the new one is active';
  return `is issued again because ${replacementReason(change)}: ${order}`;
}

function managedDomains(values: Values): readonly string[] {
  return list(block(values.managed).domains).flatMap((domain) => known(domain) ?? []);
}
