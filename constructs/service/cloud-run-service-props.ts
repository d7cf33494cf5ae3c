import type { Construct } from 'constructs';
import type { ConnectionsProps } from '../connections/connections';
import type { Environment } from '../core/environment';
import type { IdentityProps } from '../core/identity-props';
import type { ICloudRunService } from '../core/service';
import type { ServiceAccount } from '../core/service-account';
import type { DomainsProps } from '../domain-mapping/domain-mapping';
import type { AccessProps } from './access';
import type { IngressContainerProps, SidecarProps } from './container';
import type { InstanceProps } from './instance';
import type { MetadataProps } from './metadata';
import type { NetworkProps } from './network';
import type { RegionProps } from './region';
import type { ScalingProps } from './scaling';
import type { TrafficProps } from './traffic';
import type { VolumesProps } from './volume';

/** A Cloud Run service: its containers, its callers, its network and its domains. */
export interface CloudRunServiceProps<Service = ICloudRunService>
  extends AccessProps,
    ConnectionsProps<Service>,
    NetworkProps,
    DomainsProps,
    IngressContainerProps,
    InstanceProps,
    ScalingProps,
    IdentityProps,
    VolumesProps,
    TrafficProps,
    MetadataProps {
  /**
   * Cloud Run's name of the service, at most 49 characters: lower-case letters, digits and dashes, beginning with a letter. It is part of
   * the URL, and a change replaces the service. Terraform addresses contain the key and not this name.
   * @default the service's key
   * @terraform name
   */
  readonly name?: string;

  /**
   * Region of the service; a change replaces it. Excludes `regions`.
   * @default the environment's region
   * @gcloud --region
   * @terraform location
   */
  readonly region?: string;

  /**
   * Regions of a service that runs in several, behind a load balancer: a list, or a map from region to the settings that differ there.
   * Addresses then end with the region. The first region keeps the service that had no `regions` before.
   * @default one region
   * @gcloud --regions
   * @terraform google_cloud_run_v2_service.<service>_<region>
   */
  readonly regions?: readonly string[] | Readonly<Record<string, RegionProps>>;

  /**
   * Containers beside the one that takes the requests, by name.
   * @default none
   * @gcloud --container
   * @terraform template.containers
   */
  readonly sidecars?: Readonly<Record<string, SidecarProps>>;

  /**
   * The execution environment: `gen1` starts faster, `gen2` is a full Linux (needed by `gcs` and `nfs` volumes).
   * @default Cloud Run's choice
   * @gcloud --execution-environment
   * @terraform template.execution_environment
   */
  readonly executionEnvironment?: 'gen1' | 'gen2';

  /**
   * Whether requests of one client go to one instance where possible.
   * @default false
   * @gcloud --[no-]session-affinity
   * @terraform template.session_affinity
   */
  readonly sessionAffinity?: boolean;

  /**
   * Customer-managed encryption key: `projects/P/locations/R/keyRings/K/cryptoKeys/C`.
   * @default Google's key
   * @gcloud --key
   * @terraform template.encryption_key
   */
  readonly key?: string;

  /**
   * Audiences a caller's identity token may name besides the service's URLs.
   * @default none
   * @gcloud --add-custom-audiences
   * @terraform custom_audiences
   */
  readonly customAudiences?: readonly string[];

  /**
   * Binary Authorization: `default` for the project's policy, or `projects/P/platforms/cloudRun/policies/N`.
   * @default off
   * @gcloud --binary-authorization
   * @terraform binary_authorization
   */
  readonly binaryAuthorization?: string;

  /**
   * Launch stage of the features in use. Cloud Run may report another one back, so set it only if a feature needs it.
   * @default Cloud Run's choice
   * @terraform launch_stage
   */
  readonly launchStage?: 'ALPHA' | 'BETA' | 'GA';

  /**
   * Whether Terraform refuses to destroy or replace the service. The same applies to its domain mappings.
   * @default true
   * @terraform deletion_protection
   */
  readonly deletionProtection?: boolean;
}

/** The parts of a service that the code for its grants, volumes and regions uses. */
export interface ServiceWithProps extends Construct {
  readonly props: CloudRunServiceProps;
  /** @internal */
  readonly environment: Environment;
  readonly serviceName: string;
  readonly serviceAccount: ServiceAccount;
  readonly deletionProtection: boolean;
}
