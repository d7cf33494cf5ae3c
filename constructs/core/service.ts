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
  /** The service's run.app URL in the region; nothing for a service made elsewhere whose project's number is not known. */
  readonly url?: string;
  /** Its name as an argument: a reference where Terraform creates it here. @internal */
  readonly nameArgument: string;
  /** Lets a principal call the service in this region. @internal */
  grantInvoke(principal: string, origin: Origin): TerraformResource;
  /** Has a resource that sends requests to the service wait for all grants to invokers. @internal */
  precede(follower: TerraformResource): void;
}

/** A Cloud Run service, made in this stack or elsewhere: what others call, or what a load balancer stands in front of. */
export interface ICloudRunService extends IConstruct {
  /** Cloud Run's name of the service. */
  readonly serviceName: string;
  /** The service in each of its regions. */
  readonly regional: readonly [IRegionalService, ...IRegionalService[]];
  /** Where a service that is made elsewhere is. */
  readonly attributes?: ServiceAttributes;
  /** What is known of who can reach it; nothing of a service that is made elsewhere. */
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

/** A service that is not made by this stack: of another project, or made elsewhere. */
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

/** A Cloud Run service that this stack makes: it calls others, and things call it on their own. */
export interface ICreatedService extends ICloudRunService {
  readonly serviceAccount: ServiceAccount;
  readonly regional: readonly [ICreatedRegionalService, ...ICreatedRegionalService[]];
  /** Sets a variable of the environment that follows from a call or a trigger. @internal */
  setEnv(name: string, origin: Origin, valueIn: (region: IRegionalService) => string): void;
  /** Remembers a call that the service makes. @internal */
  addOutgoingCall(call: Call): void;
  /** Remembers what calls the service on its own. @internal */
  addTrigger(trigger: ITrigger): void;
}

/** A region of a service that this stack makes. */
export interface ICreatedRegionalService extends IRegionalService {
  readonly url: string;
  /** What Terraform creates. */
  readonly resource: CloudRunV2Service;
}

/** A call that a service makes. */
export interface Call {
  /** The variable with the callee's URL. */
  readonly env: string;
  readonly callee: ICloudRunService;
  /** What asked for it. */
  readonly origin: Origin;
  /** Where the callee is, when it is not of the caller's stack. */
  readonly elsewhere?: ServiceAttributes;
}

/** Something that calls a service on its own, with the account whose token it sends. */
export interface ITrigger extends IConstruct {
  /** The product's name of it. */
  readonly triggerName: string;
  /** Its full name, which the project has once. */
  readonly fullName: string;
  /** The account whose identity token is sent. */
  readonly serviceAccount: ServiceAccount;
}

/** A service that a domain can be mapped to. */
export interface IMappedService extends ICloudRunService {
  /** Whether Terraform refuses to destroy or replace the service, and so its mappings. */
  readonly deletionProtection?: boolean;
}

/** A domain mapped to a service. */
export interface IDomainMapping extends IConstruct {
  /** The domain as DNS knows it. */
  readonly domain: string;
  /** The Cloud DNS zone in which Terraform writes the records, if one is named. */
  readonly dnsZone?: string;
  /** The record sets that lead the domain to Cloud Run. */
  readonly records: readonly DnsRecord[];
}

/** A service's name as something else can be named after it: its key, where the name is known to Terraform alone. */
export function knownName({ serviceName, node }: ICloudRunService): string {
  return isToken(serviceName) ? node.id : serviceName;
}

/** The services that are in a stack, or that it knows of. */
export const SERVICES = new Kind<ICloudRunService>('services');

/** The service with this name in addresses. */
export function serviceWithKey({ registry, addresses }: Environment, key: string): ICloudRunService | undefined {
  return registry.all(SERVICES).find((service) => addresses.prefixOf(service) === key);
}

/** The URL that a service has from its name, its project's number and its region. */
export function deterministicUrl(name: string, projectNumber: string, region: string): string {
  return `https://${name}-${projectNumber}.${region}.run.app`;
}
