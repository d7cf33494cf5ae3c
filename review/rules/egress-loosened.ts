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
    'requests of a service no longer go through its VPC network, all of them or those to the internet: firewall rules and NAT there do not hold for them any more',
  remedy: 'set the egress to all traffic and keep the connector or network interface',
  find: ({ changes }) =>
    serviceChanges(changes).flatMap(({ address, name, before, after }) => {
      const [from, to] = [before.vpcEgress, after.vpcEgress];
      if (width(to) <= width(from)) return [];
      const what =
        to.through === undefined
          ? 'is taken out of its VPC network'
          : 'sends requests to the internet past its VPC network';
      return [{ address, message: `${name} ${what}: egress ${words(from)} → ${words(to)}` }];
    }),
  example: {
    found: planOf(updated(API, service(ALL), PRIVATE)),
    notFound: planOf(updated(API, service(PRIVATE), ALL)),
  },
};

/** How many requests go past the VPC network: none, those to the internet, all. */
function width({ through, egress }: VpcEgress): number {
  if (through === undefined) return 2;
  return isAll(egress) ? 0 : 1;
}

function isAll(egress: VpcEgress['egress']): boolean {
  return /^all/i.test(known(egress) ?? '');
}

/** Without a word on egress, only requests to private ranges go through the network (cloud.google.com/run/docs/configuring/vpc-connectors). */
function words({ through, egress }: VpcEgress): string {
  if (through === undefined) return 'to the internet, no network';
  const what = isLeftOut(egress)
    ? 'private ranges only'
    : (known(egress)?.toLowerCase().replace(/[_-]/g, ' ') ?? '(not known)');
  return `${what} through ${through}`;
}
