import { Testing } from 'cdktf';
import {
  CloudRunService,
  type CloudRunServiceProps,
  CloudRunStack,
  type CloudRunStackProps,
  ExternalLoadBalancer,
  type ExternalLoadBalancerProps,
} from '../../constructs';
import { addConnections, withoutConnections } from '../../constructs/connections/connections';
import { meantBy, withServices } from '../../services-yaml/load/service-names';
import { testingApp } from '../testing-app';

/** Arguments of a resource in Terraform's JSON. */
// biome-ignore lint/suspicious/noExplicitAny: tests reach into JSON of any shape
export type Arguments = Record<string, any>;

/** Resources by type and name, as in `cdk.tf.json`. */
export type Resources = Record<string, Record<string, Arguments>>;

/** Services by key, which refer to each other by key; each has an image. */
export type Services = Record<string, Partial<CloudRunServiceProps<string>>>;

export const IMAGE = 'europe-docker.pkg.dev/acme/apps/api:1.0.0';

/** An empty stack of the project `acme-prod`. */
export function emptyStack(props: Partial<CloudRunStackProps> = {}): CloudRunStack {
  return new CloudRunStack(testingApp(), 'prod', { project: 'acme-prod', region: 'europe-west1', ...props });
}

/** A stack with services by key, all with an image; they refer to each other by key. */
export function stackOf(services: Services, environment: Partial<CloudRunStackProps> = {}): CloudRunStack {
  const stack = emptyStack(environment);
  addServices(stack, services);
  return stack;
}

/** A stack with services and, by their keys, load balancers in front of them. */
export function loadBalancedStack(
  services: Services,
  loadBalancers: Record<string, ExternalLoadBalancerProps<string>>,
  environment: Partial<CloudRunStackProps> = {},
): CloudRunStack {
  const stack = stackOf(services, environment);
  const byKey = new Map(stack.services.map((service) => [service.node.id, service]));
  for (const [key, props] of Object.entries(loadBalancers)) {
    const resolved = withServices(props, byKey);
    if (!resolved) throw new Error(`there is no service ${props.defaultService}`);
    new ExternalLoadBalancer(stack, key, resolved);
  }
  return stack;
}

/** Adds services by key; they refer to each other by key. */
export function addServices(stack: CloudRunStack, services: Services): void {
  const made = new Map<string, CloudRunService>();
  for (const [key, props] of Object.entries(services)) {
    made.set(key, new CloudRunService(stack, key, withoutConnections({ image: IMAGE, ...props })));
  }
  for (const [key, service] of made) addConnections(service, services[key] ?? {}, meantBy(made));
}

/** The Terraform JSON of a stack. */
export function synth(stack: CloudRunStack): Arguments {
  return JSON.parse(Testing.synth(stack));
}

/** The resources of a stack with these services. */
export function resourcesOf(services: Services, environment: Partial<CloudRunStackProps> = {}): Resources {
  return synth(stackOf(services, environment)).resource;
}

/** The arguments of one service with these props. */
export function serviceOf(
  props: Partial<CloudRunServiceProps<string>>,
  environment: Partial<CloudRunStackProps> = {},
): Arguments {
  return resourcesOf({ api: props }, environment).google_cloud_run_v2_service?.api ?? {};
}
