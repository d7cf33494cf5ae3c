import type { TerraformResource } from 'cdktf';
import type { Construct } from 'constructs';
import type { Environment } from '../core/environment';
import type { NetworkProps } from './network';

/** What differs in one region of a service that runs in several. */
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
  /** Whether it takes over the service that had no regions before. */
  readonly first: boolean;
}

/** A region that has its own way out into a network takes none from the service: network and connector exclude each other. */
export function withoutOtherWayOut(changes: RegionProps): RegionProps {
  if (changes.vpcConnector !== undefined) return { network: undefined, subnet: undefined, ...changes };
  return changes.network === undefined && changes.subnet === undefined
    ? changes
    : { vpcConnector: undefined, ...changes };
}

/** A service in one region, as the grants on it see it. */
export interface ServiceInRegion {
  readonly service: Construct & { readonly environment: Environment };
  readonly resource: TerraformResource;
  readonly location: string;
  readonly addressPrefix: string;
  /** The region of a service that has several. */
  readonly region?: RegionOfSeveral;
}
