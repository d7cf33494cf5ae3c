import { createHash } from 'node:crypto';
import type { ObjectValue } from './protocol/values';

/** Members by role. A role with a condition is written `ROLE if {"title":…}`: the API treats it as a separate role. */
export type Policy = { [role: string]: string[] };

export interface OrganizationPolicies {
  /** `constraints/iam.allowedPolicyMemberDomains`, with domains instead of customer ids. */
  allowedPolicyMemberDomains?: string[];
  /** `constraints/run.allowedIngress`, in the API's spelling: `INGRESS_TRAFFIC_INTERNAL_ONLY` and so on. */
  allowedIngress?: string[];
}

/** What a cloud file holds. Everything is plain data, so that a test or a person can edit it. */
export interface CloudData {
  organizationPolicies: { [project: string]: OrganizationPolicies };
  projects: { [project: string]: { number: string } };
  /** Objects by Terraform's resource type and canonical id, with Terraform's arguments. */
  resources: { [type: string]: { [id: string]: ObjectValue } };
  /** IAM policies by the id of what they protect. */
  iam: { [id: string]: Policy };
  /** How often something of this type and id has been created: it distinguishes a re-created object from the one before. */
  created: { [key: string]: number };
}

/** A change of a cloud, as plain data. */
export type Change =
  | { readonly type: string; readonly id: string; readonly object: ObjectValue | null }
  | { readonly id: string; readonly policy: Policy }
  | { readonly created: string; readonly count: number };

/** A small Google Cloud. It outlives any Terraform state, so that drift and changes made by others can be shown. */
export class Cloud {
  readonly data: CloudData;
  private readonly listeners: ((change: Change) => void)[] = [];

  constructor(data: Partial<CloudData> = {}) {
    this.data = { organizationPolicies: {}, projects: {}, resources: {}, iam: {}, created: {}, ...data };
  }

  find(type: string, id: string): ObjectValue | undefined {
    return this.data.resources[type]?.[id];
  }

  all(type: string): [id: string, object: ObjectValue][] {
    return Object.entries(this.data.resources[type] ?? {});
  }

  put(type: string, id: string, object: ObjectValue): void {
    this.data.resources[type] ??= {};
    this.data.resources[type][id] = object;
    this.changed({ type, id, object });
  }

  remove(type: string, id: string): void {
    const objects = this.data.resources[type] ?? {};
    delete objects[id];
    if (Object.keys(objects).length === 0) delete this.data.resources[type];
    this.changed({ type, id, object: null });
  }

  /** The policy of a resource; without bindings if there is none yet. */
  policy(id: string): Policy {
    return this.data.iam[id] ?? {};
  }

  setPolicy(id: string, policy: Policy): void {
    const roles = Object.entries(policy).filter(([, members]) => members.length > 0);
    if (roles.length === 0) delete this.data.iam[id];
    else this.data.iam[id] = Object.fromEntries(roles.map(([role, members]) => [role, [...new Set(members)].sort()]));
    this.changed({ id, policy: this.policy(id) });
  }

  /** Counts a creation and returns its number. Every value that must differ between two objects with the same name contains it. */
  countCreation(type: string, id: string): number {
    const key = `${type} ${id}`;
    const count = (this.data.created[key] ?? 0) + 1;
    this.setCount(key, count);
    return count;
  }

  /** Applies a change that was recorded by another cloud. */
  make(change: Change): void {
    if ('policy' in change) this.setPolicy(change.id, change.policy);
    else if ('created' in change) this.setCount(change.created, change.count);
    else if (change.object === null) this.remove(change.type, change.id);
    else this.put(change.type, change.id, change.object);
  }

  projectNumber(project: string): string {
    return this.data.projects[project]?.number ?? digits(12, 'project', project);
  }

  organizationPolicies(project: string): OrganizationPolicies {
    return this.data.organizationPolicies[project] ?? {};
  }

  onChange(listener: (change: Change) => void): void {
    this.listeners.push(listener);
  }

  private setCount(created: string, count: number): void {
    this.data.created[created] = count;
    this.changed({ created, count });
  }

  private changed(change: Change): void {
    for (const listener of this.listeners) listener(change);
  }
}

/** Computed values are made from the type and id of their object, without clock and random numbers: the same run gives the same cloud. */
export function hash(...identity: (string | number)[]): string {
  return createHash('sha256').update(identity.join(' ')).digest('hex');
}

export function digits(count: number, ...identity: (string | number)[]): string {
  const number = BigInt(`0x${hash(...identity).slice(0, 24)}`) % 10n ** BigInt(count);
  return number.toString().padStart(count, '1');
}
