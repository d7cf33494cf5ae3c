import {
  CloudRunV2Service,
  type CloudRunV2ServiceConfig,
  type CloudRunV2ServiceTemplate,
} from '@cdktf/provider-google/lib/cloud-run-v2-service';
import { Construct } from 'constructs';
import { type AccessProps, ServiceAccess } from './access';
import { grantWhatIsUsed } from './account-grants';
import {
  type IngressContainerProps,
  type InstanceProps,
  ingressResources,
  renderIngressContainer,
  renderSidecar,
  type SidecarProps,
} from './container';
import { DomainMapping, type DomainsProps } from './domain-mapping';
import { renderDuration } from './duration';
import { Environment } from './environment';
import { literal } from './literal';
import { INGRESS, type NetworkProps, renderVpcAccess } from './network';
import { nonEmpty, sortedEntries, sortedSet } from './order';
import { parseCpu } from './quantity';
import { defaultConcurrency, renderRevisionScaling, renderServiceScaling, type ScalingProps } from './scaling';
import { type IdentityProps, ServiceAccount } from './service-account';
import { withoutStackTraces } from './stack-traces';
import { deploymentIgnores, renderTraffic, type TrafficProps } from './traffic';
import { renderVolumes, type VolumesProps } from './volume';

/** A Cloud Run service: its containers, who may call it, from where, and on which names. */
export interface CloudRunServiceProps
  extends AccessProps,
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
   * Region of the service; a change replaces it.
   * @default the environment's region
   * @gcloud --region
   * @terraform location
   */
  readonly region?: string;

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
  readonly description?: string;

  /**
   * Labels of the service and its revisions, for billing and logs.
   * @default the environment's labels
   * @gcloud --labels
   * @terraform labels, template.labels
   */
  readonly labels?: Readonly<Record<string, string>>;

  /**
   * Annotations of the service. Google's own prefixes (`run.googleapis.com/` …) are refused by the API.
   * @default none
   * @terraform annotations
   */
  readonly annotations?: Readonly<Record<string, string>>;

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

/** Requests may take this long unless the service says otherwise. */
const DEFAULT_TIMEOUT = '300s';

/** A Cloud Run service with its account, its grants and its mapped domains. */
export class CloudRunService extends Construct {
  /** What Terraform creates; any argument is within reach, as in `service.resource.addOverride('template.timeout', '60s')`. */
  readonly resource: CloudRunV2Service;
  /** The account the service runs as. */
  readonly serviceAccount: ServiceAccount;
  /** Who may invoke the service, and who has other roles on it. */
  readonly access: ServiceAccess;
  /** The service's mapped domains. */
  readonly domainMappings: readonly DomainMapping[];

  /** The props as the user wrote them. */
  readonly props: CloudRunServiceProps;
  /** Cloud Run's name of the service. */
  readonly serviceName: string;
  /** The service's region. */
  readonly location: string;
  /** Whether Terraform refuses to destroy or replace the service. */
  readonly deletionProtection: boolean;
  /** Where the service lives. */
  readonly environment: Environment;

  constructor(scope: Construct, id: string, props: CloudRunServiceProps) {
    super(scope, id);
    this.props = props;
    this.environment = Environment.of(this);
    this.serviceName = props.name ?? id;
    this.location = props.region ?? this.environment.props.region;
    this.deletionProtection = props.deletionProtection ?? true;

    this.serviceAccount = ServiceAccount.of(this);
    this.resource = this.render(literal(props));
    this.resource.dependsOn = this.dependencies();
    this.environment.place(this.resource, this.environment.addressPrefix(this), { subject: this, path: [] });
    this.access = new ServiceAccess(this, props);
    this.domainMappings = this.mapDomains();
    this.environment.services.push(this);
  }

  /** Lets a principal (`group:support@example.com`) call the service. Granting it again changes nothing. */
  grantInvoke(principal: string): void {
    this.access.grantInvoke(principal);
  }

  private render(props: CloudRunServiceProps): CloudRunV2Service {
    const { project } = this.environment.props;
    const labels = mergedLabels(literal(this.environment.props.labels), props.labels);
    const config: CloudRunV2ServiceConfig = {
      project,
      location: this.location,
      name: this.serviceName,
      description: props.description,
      labels,
      annotations: props.annotations,
      launchStage: props.launchStage,
      deletionProtection: this.deletionProtection,
      ingress: INGRESS[props.ingress ?? 'all'],
      invokerIamDisabled: props.access === 'public' && props.invokerIamCheck === false,
      // An ordered list to Terraform, a set to the API: sorted, or a changed order would be a difference for ever.
      customAudiences: props.customAudiences && sortedSet(props.customAudiences),
      binaryAuthorization: renderBinaryAuthorization(props.binaryAuthorization),
      scaling: renderServiceScaling(props),
      template: this.renderTemplate(props, labels),
      traffic: renderTraffic(props.traffic),
      lifecycle: { ignoreChanges: ignoredChanges(props) },
    };
    return withoutStackTraces(() => new CloudRunV2Service(this, 'Default', config));
  }

  private renderTemplate(props: CloudRunServiceProps, labels?: Record<string, string>): CloudRunV2ServiceTemplate {
    const { project } = this.environment.props;
    const { cpu } = ingressResources(props);
    return {
      labels,
      revision: props.revisionSuffix && `${this.serviceName}-${props.revisionSuffix}`,
      serviceAccount: this.serviceAccount.reference,
      encryptionKey: props.key,
      executionEnvironment:
        props.executionEnvironment && `EXECUTION_ENVIRONMENT_${props.executionEnvironment.toUpperCase()}`,
      sessionAffinity: props.sessionAffinity ?? false,
      timeout: renderDuration(props.timeout ?? DEFAULT_TIMEOUT),
      maxInstanceRequestConcurrency: props.concurrency ?? defaultConcurrency(parseCpu(cpu)),
      scaling: renderRevisionScaling(props),
      vpcAccess: renderVpcAccess(props, project, this.location),
      nodeSelector: props.gpu ? { accelerator: props.gpuType ?? 'nvidia-l4' } : undefined,
      gpuZonalRedundancyDisabled: props.gpu ? !(props.gpuZonalRedundancy ?? true) : undefined,
      containers: this.renderContainers(props),
      volumes: nonEmpty(renderVolumes(props, project, this.location)),
    };
  }

  private renderContainers(props: CloudRunServiceProps) {
    const sidecars = sortedEntries(props.sidecars);
    return [
      renderIngressContainer(props, sidecars.length > 0 ? this.serviceName : undefined),
      ...sidecars.map(([name, sidecar]) => renderSidecar(name, sidecar, props)),
    ];
  }

  /** What has to be there before the service: its API, and the grants without which its first revision fails and stays. */
  private dependencies(): string[] | undefined {
    return nonEmpty(sortedSet([...usedApis(this), ...grantWhatIsUsed(this)]));
  }

  private mapDomains(): DomainMapping[] {
    return (this.props.domains ?? []).map((domain, index) => {
      const mapped = typeof domain === 'string' ? { name: domain } : domain;
      const origin = { subject: this, path: ['domains', index] };
      // A name that is listed twice is a finding, not a crash.
      const id = this.node.tryFindChild(mapped.name) ? `${mapped.name} ${index}` : mapped.name;
      return new DomainMapping(this, id, { ...mapped, service: this }, origin);
    });
  }
}

/** APIs that a service needs beyond those of the things it names, which exist already. */
function usedApis({ environment, props }: CloudRunService): string[] {
  return [
    ...environment.api('run'),
    ...(props.cloudSqlInstances?.length ? environment.api('sqladmin') : []),
    ...(props.network || props.subnet ? environment.api('compute') : []),
    ...(props.vpcConnector ? environment.api('vpcaccess') : []),
    ...(props.binaryAuthorization ? environment.api('binaryauthorization') : []),
  ];
}

function mergedLabels(...maps: (Readonly<Record<string, string>> | undefined)[]): Record<string, string> | undefined {
  const labels = Object.assign({}, ...maps);
  return Object.keys(labels).length > 0 ? labels : undefined;
}

function renderBinaryAuthorization(policy: string | undefined) {
  if (policy === undefined) return undefined;
  return policy === 'default' ? { useDefault: true } : { policy };
}

/** Arguments that Terraform leaves as they are. */
function ignoredChanges(props: CloudRunServiceProps): string[] {
  // Cloud Run chooses the default by the project's quota, so there is no value to write; ignoring it keeps plans empty.
  const maxInstances = props.maxInstances === undefined ? ['template[0].scaling[0].max_instance_count'] : [];
  return [...deploymentIgnores(props), ...maxInstances];
}
