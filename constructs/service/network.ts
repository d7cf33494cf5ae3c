import type { CloudRunV2ServiceTemplateVpcAccess } from '@cdktf/provider-google/lib/cloud-run-v2-service';
import type { Ingress } from '../core/ingress';
import { isToken } from '../core/literal';

/** The networks from which requests may come, and the network that the service's own requests use. */
export interface NetworkProps {
  /**
   * Where requests may come from: anywhere (`all`), only the project's networks and Google's own callers (`internal`), or
   * only these and an external Application Load Balancer (`internal-and-cloud-load-balancing`).
   * @default "all"
   * @gcloud --ingress
   * @terraform ingress
   */
  readonly ingress?: Ingress;

  /**
   * Whether the service answers on its run.app URLs. Otherwise callers use a mapped domain or a load balancer. Needs the google
   * provider 7.7 or later.
   * @default true
   * @gcloud --[no-]default-url
   * @terraform default_uri_disabled
   */
  readonly defaultUrl?: boolean;

  /**
   * VPC network for the service's own requests (Direct VPC egress): a name in the service's project, or
   * `projects/P/global/networks/N`. Excludes `vpcConnector`.
   * @default the subnet's network, or none
   * @gcloud --network
   * @terraform template.vpc_access.network_interfaces.network
   */
  readonly network?: string;

  /**
   * Subnet for the service's own requests: a name in the service's project and region, or
   * `projects/P/regions/R/subnetworks/S`. Excludes `vpcConnector`.
   * @default the subnet of the network's own name, or none
   * @gcloud --subnet
   * @terraform template.vpc_access.network_interfaces.subnetwork
   */
  readonly subnet?: string;

  /**
   * Network tags for firewall rules; needs `network` or `subnet`.
   * @default none
   * @gcloud --network-tags
   * @terraform template.vpc_access.network_interfaces.tags
   */
  readonly networkTags?: readonly string[];

  /**
   * Which requests take the VPC network: all of them, or those to private ranges. Needs `network`, `subnet` or
   * `vpcConnector`.
   * @default "private-ranges-only"
   * @gcloud --vpc-egress
   * @terraform template.vpc_access.egress
   */
  readonly vpcEgress?: 'all-traffic' | 'private-ranges-only';

  /**
   * Serverless VPC Access connector: a name in the service's project and region, or
   * `projects/P/locations/R/connectors/C`. Excludes `network`, `subnet` and `networkTags`.
   * @default none
   * @gcloud --vpc-connector
   * @terraform template.vpc_access.connector
   */
  readonly vpcConnector?: string;
}

const EGRESS = { 'all-traffic': 'ALL_TRAFFIC', 'private-ranges-only': 'PRIVATE_RANGES_ONLY' } as const;

/** The VPC access of a service; undefined if it has none. */
export function renderVpcAccess(
  props: NetworkProps,
  project: string,
  region: string,
): CloudRunV2ServiceTemplateVpcAccess | undefined {
  const { network, subnet, networkTags, vpcConnector } = props;
  const egress = EGRESS[props.vpcEgress ?? 'private-ranges-only'];
  if (vpcConnector)
    return { connector: fullPath(vpcConnector, `projects/${project}/locations/${region}/connectors`), egress };
  if (!network && !subnet) return undefined;
  return {
    egress,
    networkInterfaces: [
      {
        network: network && fullPath(network, `projects/${project}/global/networks`),
        subnetwork: subnet && fullPath(subnet, `projects/${project}/regions/${region}/subnetworks`),
        tags: networkTags && [...networkTags],
      },
    ],
  };
}

/** The full path of a short name. The API returns the full path, so a short name would be a difference in every plan. */
function fullPath(name: string, collection: string): string {
  return name.includes('/') || isToken(name) ? name : `${collection}/${name}`;
}
