import type { TerraformResource } from 'cdktf';
import type { Construct } from 'constructs';
import { Environment } from '../core/environment';
import type { Origin } from '../core/finding';
import { isToken } from '../core/literal';
import { nonEmpty, sortedSet } from '../core/order';
import { withoutStackTraces } from '../core/stack-traces';
import { partName } from './part-name';

/** Something of the project that exists already. */
export interface ExistingResource {
  /** Its name in the environment's project, or its id (`projects/P/…`). */
  readonly existing: string;
}

interface ResourceClass<Config, Resource> {
  readonly tfResourceType: string;
  new (scope: Construct, id: string, config: Config): Resource;
}

/** What a part is besides its arguments. */
interface PartOptions {
  /** Where in the load balancer's props it comes from. */
  readonly path?: Origin['path'];
  /** APIs it needs, besides those of the parts it refers to. */
  readonly apis?: readonly string[];
  /** Addresses of parts that have to be there before it, and are gone only after it lets go of them. */
  readonly dependsOn?: readonly string[];
  /** Whether Terraform refuses to destroy or replace it. */
  readonly preventDestroy?: boolean;
  /** The part's address, where it does not begin with that of the load balancer. */
  readonly address?: string;
}

/** What the parts of one load balancer have in common: their names, their addresses and the order in which they change. */
export class Parts {
  readonly environment: Environment;

  private readonly prefix: string;

  /**
   * @param loadBalancer the construct that the parts are in
   * @param name what Google's names of the parts begin with
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
    // The text of a token is a number that changes with what was made before.
    const known = fixed.map((text) => (isToken(text) ? this.environment.addresses.part(text, origin) : text));
    return partName(this.name, parts, known);
  }

  /** A part's name in Terraform's addresses: the load balancer's own, and what the part is for. */
  addressed(suffix: string): string {
    return suffix === '' ? this.prefix : `${this.prefix}_${suffix}`;
  }

  /**
   * Makes a part. Google deletes nothing that is in use, and Terraform deletes before it updates the user unless the part
   * says from its first apply that its replacement comes first; so every part says so.
   * @param suffix what the part is for, in its address
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

  /** The id of something of the project that exists already; a name with a slash is one. */
  existing(collection: string, name: string): string {
    return name.includes('/') || isToken(name) ? name : `projects/${this.project}/${collection}/${name}`;
  }
}
