import type { CloudRunV2Service } from '@cdktf/provider-google/lib/cloud-run-v2-service';
import type { TerraformResource } from 'cdktf';
import type { IConstruct } from 'constructs';
import type { DnsRecord } from './dns';
import type { Environment } from './environment';
import type { Origin } from './finding';
import type { Ingress } from './ingress';
import { isToken } from './literal';
import type { InvokerGrantee } from './principal';
import { Kind } from './registry';
import type { ServiceAccount } from './service-account';

/** A Cloud Run service in one of its regions. */
export interface IRegionalService {
  /** The region. */
  readonly location: string;
  /** The service's run.app URL in the region; undefined for a service made elsewhere if its project's number is not known. */
  readonly url?: string;
  /** The service's name as an argument: a reference if this stack creates it. @internal */
  readonly nameArgument: string;
  /** Lets a principal call the service in this region. @internal */
  grantInvoke(principal: string, origin: Origin): TerraformResource;
  /** Makes a resource that sends requests to the service wait for all grants to invokers. @internal */
  precede(follower: TerraformResource): void;
}

/** A Cloud Run service, made in this stack or elsewhere. Others can call it, and a load balancer can send requests to it. */
export interface ICloudRunService extends IConstruct {
  /** Cloud Run's name of the service. */
  readonly serviceName: string;
  /** The service in each of its regions. */
  readonly regional: readonly [IRegionalService, ...IRegionalService[]];
  /** The project, region and name of a service that is made elsewhere. */
  readonly attributes?: ServiceAttributes;
  /** The props that decide who can reach the service; undefined for a service made elsewhere. */
  readonly props?: {
    readonly access?: 'private' | 'public';
    readonly ingress?: Ingress;
    readonly defaultUrl?: boolean;
    readonly iap?: object;
  };
  /** The stack that it belongs to. @internal */
  readonly environment: Environment;
  /**
   * Lets somebody call the service: a principal (`group:support@example.com`), something with an `email` or `member`, such as a
   * service account, or another service. Granting it again changes nothing.
   * @returns the grants, one for each region, so that something can depend on them
   */
  grantInvoke(grantee: InvokerGrantee): TerraformResource[];
}

/** A service that this stack does not make. It may be in another project. */
export interface ServiceAttributes {
  /** The project's id. */
  readonly project: string;
  /**
   * The project's number, digits in quotes: part of the service's URL.
   * @default the environment's `projectNumber`, in the environment's own project
   */
  readonly projectNumber?: string;
  /** The service's region. */
  readonly region: string;
  /** Cloud Run's name of the service. */
  readonly name: string;
}

/** A Cloud Run service that this stack makes. It can call other services, and triggers can call it. */
export interface ICreatedService extends ICloudRunService {
  readonly serviceAccount: ServiceAccount;
  readonly regional: readonly [ICreatedRegionalService, ...ICreatedRegionalService[]];
  /** Sets an environment variable that a call or a trigger needs. @internal */
  setEnv(name: string, origin: Origin, valueIn: (region: IRegionalService) => string): void;
  /** Records a call that the service makes. @internal */
  addOutgoingCall(call: Call): void;
  /** Records a trigger of the service. @internal */
  addTrigger(trigger: ITrigger): void;
}

/** A region of a service that this stack makes. */
export interface ICreatedRegionalService extends IRegionalService {
  readonly url: string;
  /** The `google_cloud_run_v2_service` that Terraform creates. */
  readonly resource: CloudRunV2Service;
}

/** A call that a service makes. */
export interface Call {
  /** The variable with the callee's URL. */
  readonly env: string;
  readonly callee: ICloudRunService;
  /** What asked for it. */
  readonly origin: Origin;
  /** Where the callee is, if it is not in the caller's stack. */
  readonly elsewhere?: ServiceAttributes;
}

/** A trigger: it calls a service with the identity token of its account. */
export interface ITrigger extends IConstruct {
  /** Its name in the product. */
  readonly triggerName: string;
  /** Its full name, unique in the project. */
  readonly fullName: string;
  /** The trigger sends this account's identity token. */
  readonly serviceAccount: ServiceAccount;
}

/** A service that a domain can be mapped to. */
export interface IMappedService extends ICloudRunService {
  /** Whether Terraform refuses to destroy or replace the service and its mappings. */
  readonly deletionProtection?: boolean;
}

/** A domain mapped to a service. */
export interface IDomainMapping extends IConstruct {
  /** The domain as DNS writes it. */
  readonly domain: string;
  /** The Cloud DNS zone in which Terraform writes the records; undefined if none is named. */
  readonly dnsZone?: string;
  /** The record sets that point the domain to Cloud Run. */
  readonly records: readonly DnsRecord[];
}

/** A service's name, for the names of other resources. It is the service's key if only Terraform knows the name. */
export function knownName({ serviceName, node }: ICloudRunService): string {
  return isToken(serviceName) ? node.id : serviceName;
}

/** The services that a stack makes, and those made elsewhere that it refers to. */
export const SERVICES = new Kind<ICloudRunService>('services');

/** The service with this key in addresses. */
export function serviceWithKey({ registry, addresses }: Environment, key: string): ICloudRunService | undefined {
  return registry.all(SERVICES).find((service) => addresses.prefixOf(service) === key);
}

/** The service's URL that consists of its name, its project's number and its region. */
export function deterministicUrl(name: string, projectNumber: string, region: string): string {
  return `https://${name}-${projectNumber}.${region}.run.app`;
}
