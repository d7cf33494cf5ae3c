import type { ExternalLoadBalancer } from '../../constructs/load-balancer/external-load-balancer';
import type { CloudRunService } from '../../constructs/service/cloud-run-service';
import type { CloudRunStack } from '../../constructs/stack/cloud-run-stack';

const HEADER = ['service', 'access', 'ingress', 'domains'];

/** A summary of a synth: for each stack its folder and services, with the access, ingress and domains of each service. */
export function summary(stacks: readonly CloudRunStack[], outputFolder: string): string {
  return stacks.map((stack) => stackSummary(stack, `${outputFolder}/stacks/${stack.node.id}`)).join('\n\n');
}

function stackSummary({ node, services, loadBalancers }: CloudRunStack, folder: string): string {
  const title = `${node.id}: ${services.length} ${services.length === 1 ? 'service' : 'services'} in ${folder}`;
  if (services.length === 0) return title;
  const rows = services.map((service) => [
    service.serviceName,
    service.props.access ?? 'private',
    service.props.ingress ?? 'all',
    [...service.domainMappings.map(({ domain }) => domain), ...loadBalancerDomains(service, loadBalancers)].join(' '),
  ]);
  return [title, ...aligned([HEADER, ...rows])].join('\n');
}

/** The domains of the load balancers in front of a service, each with the load balancer's name. */
function loadBalancerDomains(service: CloudRunService, loadBalancers: readonly ExternalLoadBalancer[]): string[] {
  return loadBalancers
    .filter(({ backends }) => backends.some((backend) => backend.service === service))
    .flatMap(({ loadBalancerName, domains }) => domains.map(({ domain }) => `${domain} (${loadBalancerName})`));
}

function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = HEADER.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd());
}
