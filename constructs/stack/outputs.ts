import type { StackContents } from '../checks/stack-contents';
import { QUEUES } from '../connections/task-queue';
import { TOPICS } from '../connections/topic';
import { referenceTo } from '../core/address';
import type { Kind } from '../core/registry';
import type { DomainMapping } from '../domain-mapping/domain-mapping';
import { ipOf } from '../load-balancer/dns';
import { type ExternalLoadBalancer, LOAD_BALANCERS } from '../load-balancer/external-load-balancer';
import type { CloudRunService } from '../service/cloud-run-service';
import type { RegionalService } from '../service/regional-service';

/** The output for a stack's services, by their names in Terraform's addresses. */
export function describeServices(services: readonly CloudRunService[]) {
  return byName(
    services.flatMap(({ regional }) => regional),
    ({ addressPrefix }) => addressPrefix,
    describeService,
  );
}

/** Outputs for kinds that many stacks do not have, by their names in Terraform's addresses. */
export const OPTIONAL_OUTPUTS: readonly OptionalOutput[] = [
  {
    name: 'load_balancers',
    kind: LOAD_BALANCERS,
    describe: ({ loadBalancers }) =>
      byName(
        loadBalancers,
        (loadBalancer) => loadBalancer.environment.addresses.prefixOf(loadBalancer),
        ({ frontend: { A, AAAA }, domains }) => ({
          ipv4: ipOf(A),
          ipv6: AAAA && ipOf(AAAA),
          domains: domains.map(({ domain }) => domain),
        }),
      ),
  },
  {
    // Full names, for callers that enqueue.
    name: 'queues',
    kind: QUEUES,
    describe: ({ queues }) =>
      byName(
        queues,
        ({ addressPrefix }) => addressPrefix,
        ({ resource }) => referenceTo(resource, 'id'),
      ),
  },
  {
    // Full names, for callers that publish.
    name: 'topics',
    kind: TOPICS,
    describe: ({ topics }) =>
      byName(
        topics,
        ({ addressPrefix }) => addressPrefix,
        ({ reference }) => reference,
      ),
  },
];

interface OptionalOutput {
  readonly name: string;
  /** The output exists only if the stack has something of this kind. */
  readonly kind: Kind<unknown>;
  describe(contents: StackContents): unknown;
}

/** The DNS records that the domains of a stack need, by domain. */
export function describeRecords(
  domainMappings: readonly DomainMapping[],
  loadBalancers: readonly ExternalLoadBalancer[],
) {
  return {
    ...byName(domainMappings, ({ domain }) => domain, reportedRecords),
    ...byName(
      loadBalancers.flatMap(({ domains }) => domains),
      ({ domain }) => domain,
      ({ records }) => records.map(({ type, name, expression }) => ({ type, name, value: expression })),
    ),
  };
}

function describeService({ resource, service }: RegionalService) {
  const urls = { uri: referenceTo(resource, 'uri'), urls: referenceTo(resource, 'urls') };
  return {
    ...(service.props.defaultUrl === false ? {} : urls),
    ingress: referenceTo(resource, 'ingress'),
    region: referenceTo(resource, 'location'),
    service_account: referenceTo(resource, 'template[0].service_account'),
  };
}

/** The records that the API reports; an empty list until then. */
function reportedRecords({ resource }: DomainMapping): string {
  const records = referenceTo(resource, 'status[0].resource_records').slice(2, -1);
  return `\${try([for record in ${records} : {type = record.type, name = record.name, value = record.rrdata}], [])}`;
}

function byName<T>(items: readonly T[], name: (item: T) => string, describe: (item: T) => unknown) {
  return Object.fromEntries(items.map((item) => [name(item), describe(item)]));
}
