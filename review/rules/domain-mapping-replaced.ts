import { DOMAIN_MAPPING, MAPPED_DOMAIN, planOf, replaced, unchanged } from '../fragment';
import type { Rule } from '../rule';
import { isReplaced, nameOf, replacementReason } from '../wording';

const DOMAIN = { ...DOMAIN_MAPPING, metadata: [{ namespace: 'acme-prod', labels: {} }] };

export const domainMappingReplaced: Rule = {
  id: 'domain-mapping-replaced',
  severity: 'high',
  finds: 'a domain mapping is replaced: its certificate is issued again, and TLS fails until then',
  remedy: 'undo the change; labels and metadata can be ignored with lifecycle.ignore_changes',
  find: ({ changes }) =>
    changes
      .filter((change) => change.type === 'google_cloud_run_domain_mapping' && isReplaced(change))
      .map((change) => ({
        address: change.address,
        message: `${nameOf(change.before)} is mapped again because ${replacementReason(change)}: it is down until its certificate is issued again (15 minutes to a day)`,
      })),
  example: {
    found: planOf(
      replaced(
        MAPPED_DOMAIN,
        DOMAIN,
        { metadata: [{ namespace: 'acme-prod', labels: { team: 'a' } }] },
        'metadata.labels',
      ),
    ),
    notFound: planOf(unchanged(MAPPED_DOMAIN, DOMAIN)),
  },
};
