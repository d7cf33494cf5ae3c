import { QUEUES } from '../../constructs/connections/task-queue';
import { TOPICS } from '../../constructs/connections/topic';
import { KEYS_WITH_SENDERS, TRIGGER_KEYS } from '../../constructs/connections/triggers';
import { Environment } from '../../constructs/core/environment';
import { refuseReading } from '../../constructs/core/refused-prop';
import type { Kind } from '../../constructs/core/registry';
import { ACCOUNTS } from '../../constructs/core/service-account';
import { DOMAIN_MAPPINGS } from '../../constructs/domain-mapping/domain-mapping';
import { type ExternalLoadBalancer, LOAD_BALANCERS } from '../../constructs/load-balancer/external-load-balancer';
import type { CloudRunService } from '../../constructs/service/cloud-run-service';
import type { CloudRunStack } from '../../constructs/stack/cloud-run-stack';
import type { LoadedEnvironment } from '../load/load';
import type { Path } from '../load/path';
import { marked } from '../load/repair';
import { definition } from '../schema/schema';

/** For each field of a construct, the keys of a service that it depends on. A field that is not listed may depend on any key. */
type Fields = Readonly<Record<string, readonly string[]>>;

const ACCOUNT = ['serviceAccount', 'name'];
const REGIONS = ['region', 'regions', 'network', 'subnet', 'vpcConnector', 'key'];
const GRANTS = ['access', 'invokers', 'invokerPolicy', 'invokerIamCheck', 'iam'];

const OF_SERVICE: Fields = {
  node: [],
  environment: [],
  currentProps: [],
  serviceName: ['name'],
  deletionProtection: ['deletionProtection'],
  serviceAccount: ACCOUNT,
  regional: [...REGIONS, ...GRANTS, 'name'],
  domainMappings: ['domains'],
  ownTriggers: TRIGGER_KEYS,
  ownCalls: [],
  ownDerivedEnv: [],
};
/** Fields that depend on the keys of other services. */
const OF_OTHERS: Fields = {
  ownCalls: ['calls', ...KEYS_WITH_SENDERS],
  ownDerivedEnv: ['calls', ...KEYS_WITH_SENDERS, 'name', 'region', 'regions'],
};
const OF_ENVIRONMENT: Fields = { stack: [], props: [], googleProvider: [], registry: [] };
const OF_STACK: readonly (readonly [kind: Kind<unknown>, keys: readonly string[]])[] = [
  [DOMAIN_MAPPINGS, ['domains']],
  [ACCOUNTS, [...ACCOUNT, ...TRIGGER_KEYS]],
  [QUEUES, ['taskQueues']],
  [TOPICS, TRIGGER_KEYS],
];
const OF_LOAD_BALANCER: Fields = { node: [], environment: [], props: [], loadBalancerName: ['name'] };

/**
 * Hides the refused props of services and load balancers, and everything that depends on them, from the checks of a stack. So the
 * checks still report all other problems in the same run.
 */
export function hideRefused(stack: CloudRunStack, { services, loadBalancers }: LoadedEnvironment): void {
  const environment = Environment.of(stack);
  const ofService = new Map(services.map(({ key, refused }) => [key, refused]));
  const all = keysOf(services.flatMap(({ refused }) => refused));
  const made = new Set(stack.services.map(({ node }) => node.id));
  for (const service of stack.services) {
    const refused = ofService.get(service.node.id) ?? [];
    if (refused.length > 0) mark(service, 'CloudRunServiceProps', refused);
    if (refused.length > 0) hide(service, OF_SERVICE, keysOf(refused));
    hideNamed(service, OF_OTHERS, all);
  }
  if (all.size > 0) hide(environment, OF_ENVIRONMENT, all);
  for (const [kind, keys] of OF_STACK) if (keys.some((key) => all.has(key))) environment.registry.refuse(kind);
  for (const loadBalancer of stack.loadBalancers) {
    const { refused = [], props } = loadBalancers.find(({ key }) => key === loadBalancer.node.id) ?? {};
    const lacking = props && made.has(props.defaultService) ? refused : [...refused, ['defaultService']];
    if (lacking.length === 0) continue;
    mark(loadBalancer, 'ExternalLoadBalancerProps', lacking);
    hide(loadBalancer, OF_LOAD_BALANCER, keysOf(lacking));
    refuseReading(environment, 'addresses');
  }
  // Constructs that could not be created are missing from the registry.
  if (made.size < services.length) environment.registry.refuse(ACCOUNTS);
  if (stack.loadBalancers.length < loadBalancers.length) environment.registry.refuse(LOAD_BALANCERS);
}

function mark(construct: CloudRunService | ExternalLoadBalancer, schema: string, refused: readonly Path[]): void {
  Object.defineProperty(construct, 'props', { value: marked(construct.props as unknown, definition(schema), refused) });
}

function hide(construct: object, fields: Fields, refused: ReadonlySet<string>): void {
  const others = Object.keys(construct).filter((field) => !Object.hasOwn(fields, field));
  hideNamed(construct, fields, refused);
  for (const field of others) refuseReading(construct, field);
}

function hideNamed(construct: object, fields: Fields, refused: ReadonlySet<string>): void {
  for (const [field, keys] of Object.entries(fields)) {
    if (keys.some((key) => refused.has(key))) refuseReading(construct, field);
  }
}

function keysOf(paths: readonly Path[]): ReadonlySet<string> {
  return new Set(paths.map(([key]) => String(key)));
}
