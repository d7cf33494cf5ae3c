import type { CloudRunStackProps } from '../../constructs/core/stack-props';
import type { ExternalLoadBalancerProps } from '../../constructs/load-balancer/external-load-balancer';
import type { CloudRunServiceProps } from '../../constructs/service/cloud-run-service-props';

/**
 * A layer of `T`: any of its keys. Maps merge key by key with the lower layer, any other value is replaced as a whole, and `null`
 * removes a key of a lower layer. `generate/layers.ts` makes the JSON Schema of layers. It also knows which maps are one of several
 * alternatives, and so are replaced as a whole.
 */
export type Layer<T> = { readonly [K in keyof T]?: Layer<T[K]> | null };

/** An environment: one Terraform stack and its services. */
export interface EnvironmentSpec extends CloudRunStackProps {
  /**
   * Settings of every service of this environment. They override the file's `defaults`; the services override them.
   * @default none
   */
  readonly defaults?: Layer<CloudRunServiceProps<string>> | null;

  /**
   * The differences to the services of the file, by the service's key, and services that exist only here. A service set to `null` is
   * not in this environment.
   * @default the services of the file as they are
   */
  readonly services?: Readonly<Record<string, Layer<CloudRunServiceProps<string>> | null>> | null;

  /**
   * The differences to the load balancers of the file, by key, and load balancers that exist only here. One set to `null` is not in
   * this environment.
   * @default the load balancers of the file as they are
   */
  readonly loadBalancers?: Readonly<Record<string, Layer<ExternalLoadBalancerProps<string>> | null>> | null;
}

/** The file `services.yaml`: Cloud Run services and their environments. */
export interface Spec {
  /** The environments by name, each one a Terraform stack: `cdktf deploy NAME`. */
  readonly environments: Readonly<Record<string, EnvironmentSpec>>;

  /**
   * Settings of every service of the file. Environments and services override them.
   * @default none
   */
  readonly defaults?: Layer<CloudRunServiceProps<string>> | null;

  /**
   * The services by key, which is the service's name and its Terraform address. Each exists in every environment.
   * @default none
   */
  readonly services?: Readonly<Record<string, Layer<CloudRunServiceProps<string>>>> | null;

  /**
   * External Application Load Balancers in front of services, by key. The names of their resources begin with the key. Each exists in
   * every environment.
   * @default none
   */
  readonly loadBalancers?: Readonly<Record<string, Layer<ExternalLoadBalancerProps<string>>>> | null;
}

/** An environment after merging, with everything in it complete. */
export interface Environment extends CloudRunStackProps {
  /** The services by key. */
  readonly services: Readonly<Record<string, CloudRunServiceProps<string>>>;
  /** The load balancers by key. */
  readonly loadBalancers: Readonly<Record<string, ExternalLoadBalancerProps<string>>>;
}
