import type { TerraformResource } from 'cdktf';
import type { Construct } from 'constructs';
import { Environment } from '../core/environment';
import type { Origin } from '../core/finding';
import { isToken } from '../core/literal';
import { nonEmpty, sortedSet } from '../core/order';
import { withoutStackTraces } from '../core/stack-traces';
import { partName } from './part-name';

/** An existing resource of the project. */
export interface ExistingResource {
  /** Its name in the environment's project, or its id (`projects/P/…`). */
  readonly existing: string;
}

interface ResourceClass<Config, Resource> {
  readonly tfResourceType: string;
  new (scope: Construct, id: string, config: Config): Resource;
}

/** Options of a part besides its arguments. */
interface PartOptions {
  /** Its place in the load balancer's props. */
  readonly path?: Origin['path'];
  /** APIs that it needs, besides those of the parts that it refers to. */
  readonly apis?: readonly string[];
  /** Addresses of parts that are created before it and destroyed after it. */
  readonly dependsOn?: readonly string[];
  /** Whether Terraform refuses to destroy or replace it. */
  readonly preventDestroy?: boolean;
  /** The part's address, if it does not begin with the load balancer's. */
  readonly address?: string;
}

/** Makes the parts of one load balancer: their names, their addresses and the order of changes. */
export class Parts {
  readonly environment: Environment;

  private readonly prefix: string;

  /**
   * @param loadBalancer the construct that contains the parts
   * @param name the beginning of Google's names of the parts
   */
  constructor(
    readonly loadBalancer: Construct,
    private readonly name: string,
  ) {
    this.environment = Environment.of(loadBalancer);
    this.prefix = this.environment.addresses.prefixOf(loadBalancer);
  }

  /** The project of the load balancer. */
  get project(): string {
    return this.environment.props.project;
  }

  /** Google's name of a part: see `partName`. */
  named(parts: readonly string[] = [], fixed: readonly string[] = []): string {
    const origin = { subject: this.loadBalancer, path: [] };
    // The text of a token contains a number that depends on the tokens made before it.
    const known = fixed.map((text) => (isToken(text) ? this.environment.addresses.part(text, origin) : text));
    return partName(this.name, parts, known);
  }

  /** A part's name in Terraform's addresses: the load balancer's name and the part's suffix. */
  addressed(suffix: string): string {
    return suffix === '' ? this.prefix : `${this.prefix}_${suffix}`;
  }

  /**
   * Makes a part, always with `create_before_destroy`. Google refuses to delete a resource in use. Without this setting from the first
   * apply on, Terraform would destroy the old part before it updates the resources that use it.
   * @param suffix the purpose of the part, in its address
   */
  add<Config extends { readonly project?: string }, Resource extends TerraformResource>(
    Class: ResourceClass<Config, Resource>,
    suffix: string,
    config: Omit<Config, 'project'>,
    { path = [], apis = [], dependsOn = [], preventDestroy, address = this.addressed(suffix) }: PartOptions = {},
  ): Resource {
    const id = `${Class.tfResourceType} ${address}`;
    const arguments_ = { project: this.project, ...config } as unknown as Config;
    const part = withoutStackTraces(() => new Class(this.loadBalancer, id, arguments_));
    part.lifecycle = { createBeforeDestroy: true, ...(preventDestroy && { preventDestroy }) };
    part.dependsOn = nonEmpty(sortedSet([...dependsOn, ...apis.flatMap((api) => this.environment.apis.require(api))]));
    this.environment.addresses.place(part, address, { subject: this.loadBalancer, path });
    return part;
  }

  /** The id of an existing resource of the project. A name with a slash is already an id. */
  existing(collection: string, name: string): string {
    return name.includes('/') || isToken(name) ? name : `projects/${this.project}/${collection}/${name}`;
  }
}
