import type {
  CloudRunV2Service,
  CloudRunV2ServiceConfig,
  CloudRunV2ServiceTemplate,
} from '@cdktf/provider-google/lib/cloud-run-v2-service';
import type { TerraformResource } from 'cdktf';
import { addressOf, referenceTo } from '../core/address';
import { renderDuration } from '../core/duration';
import type { Origin } from '../core/finding';
import { INGRESS } from '../core/ingress';
import { literal } from '../core/literal';
import { nonEmpty, sortedEntries, sortedSet } from '../core/order';
import { parseCpu } from '../core/quantity';
import { deterministicUrl, type ICreatedRegionalService } from '../core/service';
import { withoutStackTraces } from '../core/stack-traces';
import { ServiceAccess } from './access';
import type { CloudRunServiceProps, ServiceWithProps } from './cloud-run-service-props';
import { renderIngressContainer, renderSidecar, type SecretReference } from './container';
import { ingressResources } from './instance';
import { renderVpcAccess } from './network';
import { NewerCloudRunV2Service } from './newer-arguments';
import { newerArguments } from './newer-settings';
import type { RegionOfSeveral } from './region';
import { defaultConcurrency, renderRevisionScaling, renderServiceScaling, scalingIgnores } from './scaling';
import { deploymentIgnores, renderTraffic } from './traffic';
import { renderVolumes } from './volume';

/** The time that a request may take by default. */
const DEFAULT_TIMEOUT = '300s';

/** A service in one region: its resource and the grants on it. */
export class RegionalService implements ICreatedRegionalService {
  /** The `google_cloud_run_v2_service` that Terraform creates. */
  readonly resource: CloudRunV2Service;
  /** The grants on the service in this region. */
  readonly access: ServiceAccess;
  /** The region. */
  readonly location: string;
  /** The first part of the addresses of the resource and its grants. */
  readonly addressPrefix: string;

  private readonly derivedEnv: Record<string, string> = {};

  /**
   * @param props its props, escaped for Terraform, with the settings that differ in this region
   * @param dependsOn addresses of resources that must exist before the service
   * @param region the region, if the service has several
   */
  constructor(
    readonly service: ServiceWithProps,
    private props: CloudRunServiceProps,
    dependsOn: string[] | undefined,
    readonly region?: RegionOfSeveral,
  ) {
    const { environment } = service;
    this.location = region?.location ?? props.region ?? environment.props.region;
    const nameWithoutRegions = environment.addresses.prefixOf(service);
    this.addressPrefix = nameWithoutRegions + (region ? `_${region.location}` : '');
    this.resource = this.render(props, region?.location ?? 'Default');
    this.resource.dependsOn = dependsOn;
    const oldName = region?.first ? nameWithoutRegions : undefined;
    environment.addresses.place(this.resource, this.addressPrefix, { subject: service, path: [] }, oldName);
    this.access = withoutStackTraces(() => new ServiceAccess(this, service.props));
  }

  /** The service's run.app URL in this region: known without Terraform if the project's number is known, so that services can call each other; otherwise a reference. */
  get url(): string {
    const { environment, serviceName } = this.service;
    const { projectNumber } = environment.props;
    return projectNumber === undefined
      ? referenceTo(this.resource, 'uri')
      : deterministicUrl(serviceName, projectNumber, this.location);
  }

  /** The service's name as an argument of resources that refer to it. */
  get nameArgument(): string {
    return referenceTo(this.resource, 'name');
  }

  /** Lets a principal call the service in this region. Granting it again changes nothing, also in upper or lower case. */
  grantInvoke(principal: string, origin: Origin): TerraformResource {
    return this.access.grantInvoke(principal, origin);
  }

  /** Makes a resource that sends requests to the service wait for all grants to invokers. */
  precede(follower: TerraformResource): void {
    this.access.precede(follower);
  }

  /** Sets an environment variable of the ingress container in addition to those of the props. */
  setEnv(name: string, value: string): void {
    this.derivedEnv[name] = value;
    this.renderAgain();
  }

  /** Adds an environment variable to the props, and makes the service wait for the grant that the variable needs. */
  addEnv(name: string, value: string | SecretReference, grant: TerraformResource | undefined): void {
    this.props = { ...this.props, env: { ...this.props.env, [name]: value } };
    if (grant) this.resource.dependsOn = sortedSet([...(this.resource.dependsOn ?? []), addressOf(grant)]);
    this.renderAgain();
  }

  private renderAgain(): void {
    const props = { ...this.props, env: { ...this.derivedEnv, ...this.props.env } };
    withoutStackTraces(() => this.resource.template.putContainers(this.renderContainers(props)));
  }

  private render(props: CloudRunServiceProps, id: string): CloudRunV2Service {
    const { environment, serviceName, deletionProtection } = this.service;
    const { project } = environment.props;
    const labels = mergedLabels(literal(environment.props.labels), props.labels);
    const config: CloudRunV2ServiceConfig = {
      project,
      location: this.location,
      name: serviceName,
      description: props.description,
      labels,
      annotations: props.annotations,
      launchStage: props.launchStage,
      deletionProtection,
      ingress: INGRESS[props.ingress ?? 'all'],
      invokerIamDisabled: props.access === 'public' && props.invokerIamCheck === false,
      // Terraform has an ordered list, the API a set. Unsorted, a changed order would be a difference in every plan.
      customAudiences: props.customAudiences && sortedSet(props.customAudiences),
      binaryAuthorization: renderBinaryAuthorization(props.binaryAuthorization),
      scaling: renderServiceScaling(props, environment.googleProvider),
      template: this.renderTemplate(props, labels),
      traffic: renderTraffic(props.traffic),
      lifecycle: { ignoreChanges: [...deploymentIgnores(props), ...scalingIgnores(props, environment.googleProvider)] },
    };
    const newer = newerArguments(props, environment.googleProvider);
    return withoutStackTraces(() => new NewerCloudRunV2Service(this.service, id, config, newer));
  }

  private renderTemplate(props: CloudRunServiceProps, labels?: Record<string, string>): CloudRunV2ServiceTemplate {
    const { environment, serviceName, serviceAccount } = this.service;
    const { project } = environment.props;
    const { cpu } = ingressResources(props);
    return {
      labels,
      revision: props.revisionSuffix && `${serviceName}-${props.revisionSuffix}`,
      serviceAccount: serviceAccount.reference,
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
      volumes: nonEmpty(renderVolumes(props, environment.props)),
    };
  }

  private renderContainers(props: CloudRunServiceProps) {
    const sidecars = sortedEntries(props.sidecars);
    return [
      renderIngressContainer(props, sidecars.length > 0 ? this.service.serviceName : undefined),
      ...sidecars.map(([name, sidecar]) => renderSidecar(name, sidecar, props)),
    ];
  }
}

function mergedLabels(...maps: (Readonly<Record<string, string>> | undefined)[]): Record<string, string> | undefined {
  const labels = Object.assign({}, ...maps);
  return Object.keys(labels).length > 0 ? labels : undefined;
}

function renderBinaryAuthorization(policy: string | undefined) {
  if (policy === undefined) return undefined;
  return policy === 'default' ? { useDefault: true } : { policy };
}
