import type { Behaviour, PlanRules } from '../behaviour';
import { digits } from '../cloud';
import { referencedId } from '../identity';
import { isZero, type ObjectValue, type Value } from '../protocol/values';
import { storedObject } from '../stored';
import { sameShortName } from '../suppress';
import { oneOf } from '../validation';

const type = 'google_compute_global_address';

/** `EmptyOrDefaultStringSuppress`: an empty value equals the API's default. */
const emptyIs = (byDefault: string) => (prior: Value, wanted: Value) => (prior || byDefault) === (wanted || byDefault);

const plan: PlanRules = {
  forceNew: [
    'address',
    'address_type',
    'description',
    'ip_version',
    'name',
    'network',
    'prefix_length',
    'project',
    'purpose',
  ],
  project: 'provider',
  labels: 'top',
  defaults: { address_type: 'EXTERNAL' },
  suppress: { address_type: emptyIs('EXTERNAL'), ip_version: emptyIs('IPV4'), network: sameShortName },
};

export const computeGlobalAddress: Behaviour = {
  type,
  source: 'google/services/compute/resource_compute_global_address.go',
  plan,
  check: { values: { address_type: oneOf('EXTERNAL', 'INTERNAL'), ip_version: oneOf('IPV4', 'IPV6') } },
  operations: storedObject(type, plan, {
    id: 'projects/{project}/global/addresses/{name}',
    noun: 'GlobalAddress',
    defaults: { address_type: 'EXTERNAL', ip_version: 'IPV4' },
    computed: (address, _, creation) => ({
      address: isZero(address.address) ? addressFor(address, creation) : address.address,
      label_fingerprint: '42WmSpB8rSM=',
    }),
    usedBy: [{ type: 'google_compute_global_forwarding_rule', path: 'address_resource', kind: 'address' }],
  }),
};

/** An address from the ranges for documentation (RFC 5737, RFC 3849), which nobody owns. */
function addressFor(address: ObjectValue, creation: number): string {
  const identity = `${referencedId(address.project)}/${address.name}`;
  const last = Number(digits(6, 'address', identity, creation));
  if (address.ip_version === 'IPV6') return `2001:db8:${(last % 65536).toString(16)}::`;
  return `203.0.113.${(last % 254) + 1}`;
}
