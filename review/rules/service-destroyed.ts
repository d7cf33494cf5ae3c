import { isTrue, known, SERVICE_TYPES, shown } from '../../exposure';
import { hostOf } from '../entry-pair';
import { API, destroyed, planOf, replaced, service } from '../fragment';
import type { Rule } from '../rule';
import { isDestroyed, series } from '../wording';

export const serviceDestroyed: Rule = {
  id: 'service-destroyed',
  severity: 'high',
  finds: 'a service is destroyed',
  remedy:
    'put the resource back; to stop managing the service without deleting it, use a removed block with destroy = false',
  find: ({ changes, before, services }) => {
    // The same service under another address, without a `moved` block.
    const again = new Map(services.map(({ address, before }) => [before?.service.address, address]));
    const exposures = new Map(before.exposure.services.map((service) => [service.address, service]));
    return (
      changes
        // Another rule reports a service that is protected from deletion.
        .filter((change) => isDestroyed(change) && !isTrue(change.before?.values.deletion_protection))
        .filter((change) => SERVICE_TYPES.some((type) => type === change.type))
        .map(({ address, before }) => {
          const url = known(before?.values.uri) ?? 'its run.app URL';
          const names = (exposures.get(address)?.entries ?? [])
            .filter(({ via }) => via !== 'run.app')
            .map(({ url }) => hostOf(url));
          const fresh = again.get(address);
          const then =
            fresh === undefined || fresh === address ? '' : `; ${fresh} creates it again: a moved block would keep it`;
          const alsoGone = names.length === 0 ? '' : `, and ${series(names)} can no longer reach it`;
          return {
            address,
            message: `${shown(before?.values.name)} is destroyed: ${url} and its grants are gone${alsoGone}${then}`,
          };
        })
    );
  },
  example: {
    found: planOf(destroyed(API, service({ deletion_protection: false }))),
    notFound: planOf(replaced(API, service(), { name: 'api-2' }, 'name')),
  },
};
