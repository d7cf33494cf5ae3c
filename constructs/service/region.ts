import type { TerraformResource } from 'cdktf';
import type { Construct } from 'constructs';
import type { Environment } from '../core/environment';
import type { Origin } from '../core/finding';
import type { NetworkProps } from './network';

/** Settings that differ in one region of a service that runs in several. */
export interface RegionProps extends Pick<NetworkProps, 'network' | 'subnet' | 'vpcConnector'> {
  /**
   * Customer-managed encryption key of the region.
   * @default the service's `key`
   * @gcloud --key
   * @terraform template.encryption_key
   */
  readonly key?: string;
}

/** One of the regions of a service that runs in several. */
export interface RegionOfSeveral {
  readonly location: string;
  /** Whether it is the first region, which keeps the service that had no `regions` before. */
  readonly first: boolean;
}

/** A region with its own network does not use the service's connector, nor the reverse: network and connector exclude each other. */
export function withoutOtherVpcAccess(changes: RegionProps): RegionProps {
  if (changes.vpcConnector !== undefined) return { network: undefined, subnet: undefined, ...changes };
  return changes.network === undefined && changes.subnet === undefined
    ? changes
    : { vpcConnector: undefined, ...changes };
}

/** The parts of a service in one region that its grants use. */
export interface ServiceInRegion {
  readonly service: Construct & { readonly environment: Environment };
  readonly resource: TerraformResource;
  readonly location: string;
  readonly addressPrefix: string;
  /** The region, if the service has several. */
  readonly region?: RegionOfSeveral;
}

/** Gives a grant on a service its address. In the first region it moves from the address that it had without `regions`. */
export function placeGrant<Grant extends TerraformResource>(
  { service, addressPrefix, region }: ServiceInRegion,
  grant: Grant,
  name: string,
  origin: Origin,
): Grant {
  const { addresses } = service.environment;
  const nameWithoutRegions = region?.first ? `${addresses.prefixOf(service)}_${name}` : undefined;
  return addresses.place(grant, `${addressPrefix}_${name}`, origin, nameWithoutRegions);
}
