import { isLeftOut, known } from '../../exposure';
import { API, planOf, service, updated } from '../fragment';
import type { Rule } from '../rule';
import { serviceChanges, type VpcEgress } from '../service-settings';

const CONNECTOR = 'projects/acme-prod/locations/europe-west1/connectors/main';
const ALL = { template: [{ vpc_access: [{ connector: CONNECTOR, egress: 'ALL_TRAFFIC' }] }] };
const PRIVATE = { template: [{ vpc_access: [{ connector: CONNECTOR, egress: 'PRIVATE_RANGES_ONLY' }] }] };

export const egressLoosened: Rule = {
  id: 'egress-loosened',
  severity: 'high',
  finds:
    'all requests that a service sends, or those to the internet, no longer go through its VPC network: the firewall rules and NAT of the network no longer apply to them',
  remedy: 'set the egress to all traffic and keep the connector or network interface',
  find: ({ changes }) =>
    serviceChanges(changes).flatMap(({ address, name, before, after }) => {
      const [from, to] = [before.vpcEgress, after.vpcEgress];
      if (width(to) <= width(from)) return [];
      const what =
        to.through === undefined
          ? 'no longer uses its VPC network'
          : 'no longer sends requests to the internet through its VPC network';
      return [{ address, message: `${name} ${what}: egress ${words(from)} → ${words(to)}` }];
    }),
  example: {
    found: planOf(updated(API, service(ALL), PRIVATE)),
    notFound: planOf(updated(API, service(PRIVATE), ALL)),
  },
};

/** Which requests do not go through the VPC network: 0 none, 1 those to the internet, 2 all. */
function width({ through, egress }: VpcEgress): number {
  if (through === undefined) return 2;
  return isAll(egress) ? 0 : 1;
}

function isAll(egress: VpcEgress['egress']): boolean {
  return /^all/i.test(known(egress) ?? '');
}

/** If egress is not set, only requests to private ranges go through the network (cloud.google.com/run/docs/configuring/vpc-connectors). */
function words({ through, egress }: VpcEgress): string {
  if (through === undefined) return 'to the internet, no network';
  const what = isLeftOut(egress)
    ? 'private ranges only'
    : (known(egress)?.toLowerCase().replace(/[_-]/g, ' ') ?? '(not known)');
  return `${what} through ${through}`;
}
