import type { CloudRunV2Service } from '@cdktf/provider-google/lib/cloud-run-v2-service';
import { Construct } from 'constructs';
import { addCallers, type CallersProps } from '../connections/callers';
import { addCall, type Call, type DerivedVariable, type ExternalService } from '../connections/calls';
import type { Trigger } from '../connections/trigger';
import { Environment } from '../core/environment';
import type { Origin } from '../core/finding';
import { literal } from '../core/literal';
import { nonEmpty, sortedSet } from '../core/order';
import type { Text } from '../core/text';
import { DomainMapping, type DomainsProps } from '../domain-mapping/domain-mapping';
import type { AccessProps } from './access';
import { grantWhatIsUsed } from './account-grants';
import type { IngressContainerProps, InstanceProps, SidecarProps } from './container';
import type { NetworkProps } from './network';
import { type RegionProps, withoutOtherWayOut } from './region';
import { RegionalService } from './regional-service';
import type { ScalingProps } from './scaling';
import { accountIdOf, type IdentityProps, ServiceAccount } from './service-account';
import type { TrafficProps } from './traffic';
import { usedApis } from './used-apis';
import type { VolumesProps } from './volume';

/** A Cloud Run service: its containers, who may call it, from where, and on which names. */
export interface CloudRunServiceProps<Service = CloudRunService>
  extends AccessProps,
    CallersProps<Service>,
    NetworkProps,
    DomainsProps,
    IngressContainerProps,
    InstanceProps,
    ScalingProps,
    IdentityProps,
    VolumesProps,
    TrafficProps {
  /**
   * Cloud Run's name of the service, at most 49 characters: lower-case letters, digits and dashes, beginning with a letter. It is part of
   * the URL, and a change replaces the service. Terraform addresses keep the key.
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
   * Regions of a service that runs in several, behind a load balancer: a list, or a map from region to what differs there.
   * Addresses then end with the region; the first region takes over a service that had none.
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
   * What the service is for, at most 512 characters.
   * @default none
   * @gcloud --description
   * @terraform description
   */
  readonly description?: Text;

  /**
   * Labels of the service and its revisions, for billing and logs.
   * @default the environment's labels
   * @gcloud --labels
   * @terraform labels, template.labels
   */
  readonly labels?: Readonly<Record<string, Text>>;

  /**
   * Annotations of the service. Google's own prefixes (`run.googleapis.com/` …) are refused by the API.
   * @default none
   * @terraform annotations
   */
  readonly annotations?: Readonly<Record<string, Text>>;

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
   * Launch stage of the features in use. Cloud Run reports it back changed, so write it only where a feature asks for it.
   * @default Cloud Run's choice
   * @terraform launch_stage
   */
  readonly launchStage?: 'ALPHA' | 'BETA' | 'GA';

  /**
   * Whether Terraform refuses to destroy or replace the service. Its domain mappings follow it.
   * @default true
   * @terraform deletion_protection
   */
  readonly deletionProtection?: boolean;
}

/** A Cloud Run service with its account, its grants and its mapped domains. */
export class CloudRunService extends Construct {
  /** The account the service runs as. */
  readonly serviceAccount: ServiceAccount;
  /** The service in each of its regions; one, unless `regions` names several. */
  readonly regional: readonly [RegionalService, ...RegionalService[]];
  /** The service's mapped domains. */
  readonly domainMappings: readonly DomainMapping[];

  /** What calls the service on its own. */
  readonly triggers: Trigger[] = [];
  /** The calls that the service makes. */
  readonly outgoingCalls: Call[] = [];
  /** The variables of its environment that follow from calls and triggers. */
  readonly derivedEnv: DerivedVariable[] = [];

  /** The props as the user wrote them. */
  readonly props: CloudRunServiceProps;
  /** Cloud Run's name of the service. */
  readonly serviceName: string;
  /** Whether Terraform refuses to destroy or replace the service. */
  readonly deletionProtection: boolean;
  /** Where the service lives. */
  readonly environment: Environment;

  constructor(scope: Construct, id: string, props: CloudRunServiceProps) {
    super(scope, id);
    this.props = props;
    this.environment = Environment.of(this);
    this.serviceName = props.name ?? id;
    this.deletionProtection = props.deletionProtection ?? true;

    this.serviceAccount = this.account();
    this.regional = this.inEachRegion();
    this.domainMappings = this.mapDomains();
    this.environment.services.push(this);
    addCallers(this, props, (service) => service);
  }

  /**
   * What Terraform creates, in the first region; any argument is within reach, as in
   * `service.resource.addOverride('template.timeout', '60s')`.
   */
  get resource(): CloudRunV2Service {
    return this.regional[0].resource;
  }

  /** The service's region, the first of several. */
  get location(): string {
    return this.regional[0].location;
  }

  /** Lets a principal (`group:support@example.com`) call the service. Granting it again changes nothing. */
  grantInvoke(principal: string): void {
    for (const { access } of this.regional) access.grantInvoke(principal);
  }

  /** Lets this service call another: the grant on the other, and its URL in the environment of this one. */
  calls(callee: CloudRunService | ExternalService, { env }: { readonly env?: string } = {}): void {
    addCall(this, callee, env, { subject: this, path: ['calls'] });
  }

  /** Sets a variable of the environment that follows from a call or a trigger; the user's own of the same name is a finding. */
  setEnv(name: string, origin: Origin, valueIn: (region: RegionalService) => string): void {
    this.derivedEnv.push({ name, origin, value: valueIn(this.regional[0]) });
    for (const regional of this.regional) regional.setEnv(name, valueIn(regional));
  }

  private account(): ServiceAccount {
    const { serviceName, environment } = this;
    const own = {
      accountId: accountIdOf(serviceName),
      displayName: `Cloud Run service ${serviceName}`,
      prefix: environment.addresses.prefixOf(this),
    };
    return ServiceAccount.of(this, this.props.serviceAccount, own, { subject: this, path: [] });
  }

  private inEachRegion(): CloudRunService['regional'] {
    const { regions, ...props } = literal(this.props);
    const dependsOn = nonEmpty(sortedSet([...usedApis(this), ...grantWhatIsUsed(this)]));
    const differing = Array.isArray(regions)
      ? [...new Set(regions)].map((name) => [name, {}] as const)
      : Object.entries(regions ?? {});
    const [first, ...others] = differing.map(
      ([location, changes], index) =>
        new RegionalService(this, { ...props, ...withoutOtherWayOut(changes) }, dependsOn, {
          location,
          first: index === 0,
        }),
    );
    return first ? [first, ...others] : [new RegionalService(this, props, dependsOn)];
  }

  private mapDomains(): DomainMapping[] {
    return (this.props.domains ?? []).map((domain, index) => {
      const mapped = typeof domain === 'string' ? { name: domain } : domain;
      const origin = { subject: this, path: ['domains', index] };
      // A name that is empty or listed twice is a finding, not a crash.
      const isTaken = mapped.name === '' || this.node.tryFindChild(mapped.name);
      const id = isTaken ? `${mapped.name} ${index}` : mapped.name;
      return new DomainMapping(this, id, { ...mapped, service: this }, origin);
    });
  }
}
