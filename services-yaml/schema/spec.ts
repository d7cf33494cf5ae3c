import type { CloudRunStackProps } from '../../constructs/core/stack-props';
import type { ExternalLoadBalancerProps } from '../../constructs/load-balancer/external-load-balancer';
import type { CloudRunServiceProps } from '../../constructs/service/cloud-run-service-props';

/**
 * A layer of `T`: any of its keys. Maps merge key by key over the layer below, everything else replaces whole, and
 * `null` takes a key away that a layer below has set. The JSON Schema's layers are made by `generate/layers.ts`, which
 * also knows where a map is one of several alternatives and therefore replaces whole.
 */
export type Layer<T> = { readonly [K in keyof T]?: Layer<T[K]> | null };

/** An environment: one Terraform stack with the services that live in it. */
export interface EnvironmentSpec extends CloudRunStackProps {
  /**
   * Settings of every service of this environment; they go over the file's `defaults` and under the services.
   * @default none
   */
  readonly defaults?: Layer<CloudRunServiceProps<string>> | null;

  /**
   * What differs here from the services of the file, by the service's key, and services that exist only here. A service
   * set to `null` is not in this environment.
   * @default the services of the file as they are
   */
  readonly services?: Readonly<Record<string, Layer<CloudRunServiceProps<string>> | null>> | null;

  /**
   * What differs here from the load balancers of the file, by key, and load balancers that exist only here. One set to `null` is
   * not in this environment.
   * @default the load balancers of the file as they are
   */
  readonly loadBalancers?: Readonly<Record<string, Layer<ExternalLoadBalancerProps<string>> | null>> | null;
}

/** The file `services.yaml`: Cloud Run services, and the environments that they live in. */
export interface Spec {
  /** The environments by name, each one a Terraform stack: `cdktf deploy NAME`. */
  readonly environments: Readonly<Record<string, EnvironmentSpec>>;

  /**
   * Settings of every service of the file, unless the environment or the service says otherwise.
   * @default none
   */
  readonly defaults?: Layer<CloudRunServiceProps<string>> | null;

  /**
   * The services by key, which is the service's name and its Terraform address. Each is in every environment.
   * @default none
   */
  readonly services?: Readonly<Record<string, Layer<CloudRunServiceProps<string>>>> | null;

  /**
   * External Application Load Balancers in front of services, by key, which begins the names of their parts. Each is in every
   * environment.
   * @default none
   */
  readonly loadBalancers?: Readonly<Record<string, Layer<ExternalLoadBalancerProps<string>>>> | null;
}

/** An environment after merging: everything in it complete. */
export interface Environment extends CloudRunStackProps {
  /** The services by key. */
  readonly services: Readonly<Record<string, CloudRunServiceProps<string>>>;
  /** The load balancers by key. */
  readonly loadBalancers: Readonly<Record<string, ExternalLoadBalancerProps<string>>>;
}
