import {
  ComputeBackendService,
  type ComputeBackendServiceConfig,
} from '@cdktf/provider-google/lib/compute-backend-service';
import { ComputeRegionNetworkEndpointGroup } from '@cdktf/provider-google/lib/compute-region-network-endpoint-group';
import { referenceTo } from '../core/address';
import { wholeSeconds } from '../core/duration';
import { isToken } from '../core/literal';
import { sortedSet } from '../core/order';
import { type ICloudRunService, type IRegionalService, knownName } from '../core/service';
import { type CdnProps, renderCdn } from './cdn';
import type { IapProps, IdentityAwareProxy } from './identity-aware-proxy';
import type { ExistingResource, Parts } from './parts';
import type { SecurityPolicy, SecurityPolicyProps } from './security-policy';

/** A load balancer's settings for the requests to a service. */
export interface BackendProps {
  /**
   * Identity-Aware Proxy: a visitor logs in with a Google account, and only members reach the service. Needs the environment's
   * `projectNumber` and a private service. `false` in `backends` disables it for one service.
   * @default none
   * @gcloud --iap
   * @terraform google_compute_backend_service iap
   */
  readonly iap?: IapProps | false;

  /**
   * Cloud Armor: an existing policy, or the settings of a new one. `false` in `backends` disables it for one service.
   * @default none
   * @gcloud --security-policy
   * @terraform google_compute_security_policy
   */
  readonly securityPolicy?: SecurityPolicyProps | ExistingResource | false;

  /**
   * Cloud CDN: `true`, or its settings.
   * @default false
   * @gcloud --[no-]enable-cdn
   * @terraform google_compute_backend_service enable_cdn, cdn_policy
   */
  readonly cdn?: boolean | CdnProps;

  /**
   * Request logs.
   * @default every request
   * @terraform google_compute_backend_service log_config
   */
  readonly logging?: LoggingProps;

  /**
   * Headers added to requests, as in `X-Client-Region: {client_region}`.
   * @default none
   * @gcloud --custom-request-header
   * @terraform google_compute_backend_service custom_request_headers
   */
  readonly customRequestHeaders?: readonly string[];

  /**
   * Headers added to responses, as in `Strict-Transport-Security: max-age=31536000`.
   * @default none
   * @gcloud --custom-response-header
   * @terraform google_compute_backend_service custom_response_headers
   */
  readonly customResponseHeaders?: readonly string[];

  /**
   * Whether responses are compressed for clients that accept it.
   * @default disabled
   * @gcloud --compression-mode
   * @terraform google_compute_backend_service compression_mode
   */
  readonly compressionMode?: 'automatic' | 'disabled';
}

/** Request logs of a load balancer. */
export interface LoggingProps {
  /**
   * The share of requests that is logged, from 0 to 1.
   * @default 1
   * @gcloud --logging-sample-rate
   */
  readonly sampleRate?: number;
}

/** Outlier detection: a region that answers with errors gets no requests for a while. */
export interface OutlierDetectionProps {
  /**
   * Errors (5xx) in a row after which a region gets no requests.
   * @default 5
   */
  readonly consecutiveErrors?: number;
  /**
   * Time between two checks of the regions.
   * @default "1s"
   */
  readonly interval?: number | string;
  /**
   * How long a region gets no requests the first time. Each further time is longer.
   * @default "180s"
   */
  readonly baseEjectionTime?: number | string;
  /**
   * The share of regions, in percent, that may get no requests at the same time.
   * @default 50
   */
  readonly maxEjectionPercent?: number;
}

/** The settings of a backend: the load balancer's, replaced by the backend's own. */
export interface BackendSettings extends Omit<BackendProps, 'iap' | 'securityPolicy'> {
  readonly iap?: IdentityAwareProxy;
  readonly securityPolicy?: SecurityPolicy;
  readonly outlierDetection?: boolean | OutlierDetectionProps;
}

/** A service behind a load balancer. */
export class Backend {
  /** The `google_compute_backend_service` that Terraform creates. */
  readonly resource: ComputeBackendService;
  /** One network endpoint group for each region of the service. */
  readonly networkEndpointGroups: readonly ComputeRegionNetworkEndpointGroup[];
  /** The backend as an argument of the URL map. */
  readonly id: string;

  constructor(
    private readonly parts: Parts,
    readonly service: ICloudRunService,
    readonly settings: BackendSettings,
    private readonly path: readonly (string | number)[],
  ) {
    this.networkEndpointGroups = service.regional.map((regional) => this.inRegion(regional));
    this.resource = this.render();
    this.id = referenceTo(this.resource, 'id');
    settings.iap?.protect(parts, this.key, service, this.resource);
  }

  /** The service's key in addresses and names. */
  private get key(): string {
    return this.service.environment.addresses.prefixOf(this.service);
  }

  private inRegion(regional: IRegionalService): ComputeRegionNetworkEndpointGroup {
    const { location } = regional;
    const group = this.parts.add(
      ComputeRegionNetworkEndpointGroup,
      `${this.key}_${location}`,
      {
        name: this.parts.named([this.key], [knownName(this.service), location]),
        region: location,
        networkEndpointType: 'SERVERLESS',
        cloudRun: { service: regional.nameArgument },
      },
      { path: this.path, apis: ['compute'] },
    );
    regional.precede(group);
    return group;
  }

  private render(): ComputeBackendService {
    const { cdn, compressionMode, customRequestHeaders, customResponseHeaders, iap, securityPolicy } = this.settings;
    const config: Omit<ComputeBackendServiceConfig, 'project'> = {
      name: this.parts.named([this.key]),
      loadBalancingScheme: 'EXTERNAL_MANAGED',
      protocol: 'HTTPS',
      backend: this.networkEndpointGroups.map((group) => ({ group: referenceTo(group, 'id') })),
      securityPolicy: securityPolicy?.id,
      ...renderCdn(cdn),
      // Without the block, Identity-Aware Proxy would stay enabled after it is removed from the props.
      iap: iap?.render() ?? { enabled: false },
      logConfig: renderLogging(this.settings.logging),
      customRequestHeaders: customRequestHeaders && sortedSet(customRequestHeaders),
      customResponseHeaders: customResponseHeaders && sortedSet(customResponseHeaders),
      compressionMode: compressionMode?.toUpperCase(),
      outlierDetection: renderOutlierDetection(this.settings.outlierDetection ?? this.networkEndpointGroups.length > 1),
    };
    return this.parts.add(ComputeBackendService, this.key, config, { path: this.path, apis: iap ? ['iap'] : [] });
  }
}

function renderLogging({ sampleRate = 1 }: LoggingProps = {}): ComputeBackendServiceConfig['logConfig'] {
  return sampleRate > 0 || isToken(sampleRate) ? { enable: true, sampleRate } : { enable: false };
}

function renderOutlierDetection(
  outlierDetection: boolean | OutlierDetectionProps,
): ComputeBackendServiceConfig['outlierDetection'] {
  if (outlierDetection === false) return undefined;
  const {
    consecutiveErrors = 5,
    interval = '1s',
    baseEjectionTime = '180s',
    maxEjectionPercent = 50,
  } = outlierDetection === true ? {} : outlierDetection;
  return {
    consecutiveErrors,
    enforcingConsecutiveErrors: 100,
    interval: { seconds: wholeSeconds(interval) },
    baseEjectionTime: { seconds: wholeSeconds(baseEjectionTime) },
    maxEjectionPercent,
  };
}
