import type { Inventory, Resource } from '../terraform-json/resource';
import { known, shown, Unknown, type Value } from '../terraform-json/value';
import { type Binding, type GrantedOn, readBindings } from './iam-resource';
import { mayInvoke, passesIap } from './role';
import type { Service, Services } from './service';

/** One principal let in by one IAM resource. */
export interface Grant {
  /** The address of the IAM resource. */
  readonly address: string;
  /** `allUsers`, `user:a@example.com` …, with its condition where there is one; or that it is not known. */
  readonly principal: string;
}

/** Something about the grants that cannot be told from Terraform alone. */
export interface Unclear {
  readonly address: string;
  readonly why: 'role' | 'target' | 'principal' | 'above';
  /** One sentence, lower case, no full stop. */
  readonly message: string;
}

/** Who may invoke each service and who passes each IAP, with what could not be tied to either. */
export interface Grants {
  readonly invokers: ReadonlyMap<Service, readonly Grant[]>;
  /** By address of the backend service. */
  readonly iapOfBackend: ReadonlyMap<string, readonly Grant[]>;
  readonly iapOfService: ReadonlyMap<Service, readonly Grant[]>;
  /** Grants on all that IAP protects in a project, by project. */
  readonly iapOfProject: ReadonlyMap<string, readonly Grant[]>;
  readonly unclear: readonly Unclear[];
}

/** Types that IAP protects behind a load balancer. */
export const BACKEND_SERVICE_TYPES = [
  'google_compute_backend_service',
  'google_compute_region_backend_service',
] as const;

/** A principal as IAM compares it: an email address or domain in lower case. */
export function principalName(member: string): string {
  const [, kind, rest] = /^(user|serviceAccount|group|domain):(.*)$/.exec(member) ?? [];
  return kind === undefined || rest === undefined ? member : `${kind}:${rest.toLowerCase()}`;
}

/** A principal and the condition under which it may call, as a report joins them. */
export function splitCondition(principal: string): { readonly name: string; readonly condition?: string } {
  const at = principal.indexOf(CONDITION);
  return at === -1
    ? { name: principal }
    : { name: principal.slice(0, at), condition: principal.slice(at + CONDITION.length) };
}

const CONDITION = ' if ';

/** Reads the grants of a stack. */
export function readGrants(inventory: Inventory, services: Services): Grants {
  const reader = new GrantReader(inventory, services);
  for (const binding of readBindings(inventory)) reader.add(binding);
  return reader;
}

class GrantReader implements Grants {
  readonly invokers = new Map<Service, Grant[]>();
  readonly iapOfBackend = new Map<string, Grant[]>();
  readonly iapOfService = new Map<Service, Grant[]>();
  readonly iapOfProject = new Map<string, Grant[]>();
  readonly unclear: Unclear[] = [];

  constructor(
    private readonly inventory: Inventory,
    private readonly services: Services,
  ) {}

  add(binding: Binding): void {
    for (const kind of ['invoke', 'iap'] as const) {
      if (!CONCERNS[binding.on].includes(kind)) continue;
      const verdict =
        kind === 'invoke'
          ? mayInvoke(binding.role, this.inventory, binding.resource.type)
          : passesIap(binding.role, this.inventory);
      if (verdict === 'unclear') this.doubtRole(binding);
      if (verdict === 'no' || (verdict === 'unclear' && !(binding.role instanceof Unknown))) continue;
      const grants = this.grants(binding);
      if (kind === 'invoke') this.addInvokers(binding, grants);
      else this.addIap(binding, grants);
    }
  }

  private grants({ resource, members, condition }: Binding): readonly Grant[] {
    const present = members.filter((member) => member instanceof Unknown || !member.startsWith('deleted:'));
    return present.map((member) => {
      const principal = member instanceof Unknown ? this.unknownPrincipal(resource, member) : principalName(member);
      return {
        address: resource.address,
        principal: condition === undefined ? principal : principal + CONDITION + condition,
      };
    });
  }

  private unknownPrincipal(resource: Resource, member: Unknown): string {
    const account = accountEmail(member, this.inventory);
    if (account !== undefined) return `serviceAccount:${account}`;
    this.doubt(resource, 'principal', `who is granted access cannot be told: a member is ${member.text}`);
    return member.text;
  }

  private addInvokers(binding: Binding, grants: readonly Grant[]): void {
    for (const service of this.servicesOf(binding)) push(this.invokers, service, grants);
  }

  private addIap(binding: Binding, grants: readonly Grant[]): void {
    const { resource, target } = binding;
    if (binding.on === 'iap-service') {
      for (const service of this.servicesOf(binding)) push(this.iapOfService, service, grants);
    } else if (binding.on === 'backend-service') {
      const backends = this.inventory.named(target, ...BACKEND_SERVICE_TYPES);
      if (backends.length === 0) this.doubt(resource, 'target', 'which backend service it opens cannot be told');
      for (const backend of backends) push(this.iapOfBackend, backend.address, grants);
    } else {
      push(this.iapOfProject, this.projectGrantedOn(binding) ?? '', grants);
    }
  }

  private servicesOf(binding: Binding): readonly Service[] {
    const { resource, on, target } = binding;
    if (on === 'above') {
      this.doubt(
        resource,
        'above',
        `grants on ${shown(target)} reach every service below it, in this stack and elsewhere`,
      );
      return [];
    }
    if (on === 'project') return this.services.inProject(this.projectGrantedOn(binding));
    const found = this.services.named(target, this.inventory.projectOf(resource), resource.values.location);
    if (found.length === 0) this.doubt(resource, 'target', 'which service it opens cannot be told before apply');
    return found;
  }

  private projectGrantedOn({ resource, target }: Binding): string | undefined {
    const project = known(target);
    return project === undefined ? this.inventory.projectOf(resource) : this.inventory.projectId(project);
  }

  private doubtRole({ resource, role }: Binding): void {
    this.doubt(
      resource,
      'role',
      `whether ${shown(role)} lets its members in cannot be told: its permissions are not in this stack`,
    );
  }

  private doubt(resource: Resource, why: Unclear['why'], message: string): void {
    const last = this.unclear.at(-1);
    if (last?.address !== resource.address || last.message !== message)
      this.unclear.push({ address: resource.address, why, message });
  }
}

/** Which questions a grant on something answers. */
const CONCERNS: Readonly<Record<GrantedOn, readonly ('invoke' | 'iap')[]>> = {
  service: ['invoke'],
  project: ['invoke', 'iap'],
  above: ['invoke'],
  'backend-service': ['iap'],
  'iap-service': ['iap'],
  'iap-project': ['iap'],
  account: [],
};

/** The email address of the one service account that an unknown value refers to, where its parts are known. */
export function accountEmail(value: Value, inventory: Inventory): string | undefined {
  const accounts = inventory.named(value, 'google_service_account');
  const account = accounts.length === 1 ? accounts[0] : undefined;
  if (!account) return undefined;
  const email = known(account.values.email);
  const id = known(account.values.account_id);
  const project = inventory.projectOf(account);
  return email ?? (id !== undefined && project !== undefined ? `${id}@${project}.iam.gserviceaccount.com` : undefined);
}

function push<K>(map: Map<K, Grant[]>, key: K, grants: readonly Grant[]): void {
  const present = map.get(key);
  if (present) present.push(...grants);
  else map.set(key, [...grants]);
}
