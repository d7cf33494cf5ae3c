import { QUEUES, type TaskQueue } from '../connections/task-queue';
import { TOPICS, type Topic } from '../connections/topic';
import type { Addresses } from '../core/addresses';
import type { Environment } from '../core/environment';
import type { GoogleProviderVersions } from '../core/google-provider';
import { ACCOUNTS, type ServiceAccount } from '../core/service-account';
import type { CloudRunStackProps, OrganizationPolicies } from '../core/stack-props';
import { DOMAIN_MAPPINGS, type DomainMapping } from '../domain-mapping/domain-mapping';
import { type ExternalLoadBalancer, LOAD_BALANCERS } from '../load-balancer/external-load-balancer';
import { type CloudRunService, CREATED_SERVICES } from '../service/cloud-run-service';

/** The contents of a stack. Each kind is in the order in which it was added. */
export interface StackContents {
  readonly props: CloudRunStackProps;
  readonly policies: OrganizationPolicies;
  readonly addresses: Addresses;
  readonly googleProvider: GoogleProviderVersions;
  readonly services: readonly CloudRunService[];
  readonly domainMappings: readonly DomainMapping[];
  readonly loadBalancers: readonly ExternalLoadBalancer[];
  readonly accounts: readonly ServiceAccount[];
  readonly queues: readonly TaskQueue[];
  readonly topics: readonly Topic[];
  /** The contents of all stacks of the app, these among them. */
  readonly ofApp: readonly StackContents[];
}

/** The contents of a stack. Each kind is looked up when it is read, because some may depend on refused props. */
export function contentsOf(environment: Environment): StackContents {
  const { registry, props, policies, googleProvider } = environment;
  return {
    props,
    policies,
    googleProvider,
    get addresses() {
      return environment.addresses;
    },
    get services() {
      return registry.all(CREATED_SERVICES);
    },
    get domainMappings() {
      return registry.all(DOMAIN_MAPPINGS);
    },
    get loadBalancers() {
      return registry.all(LOAD_BALANCERS);
    },
    get accounts() {
      return registry.all(ACCOUNTS);
    },
    get queues() {
      return registry.all(QUEUES);
    },
    get topics() {
      return registry.all(TOPICS);
    },
    get ofApp() {
      return environment.ofApp.map(contentsOf);
    },
  };
}
