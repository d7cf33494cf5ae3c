import type { Inventory, Resource } from '../terraform-json/resource';
import { KNOWN_AFTER_APPLY, known, shown, Unknown, type Value } from '../terraform-json/value';
import { type Binding, type GrantedOn, readBindings } from './iam-resource';
import { EVERYBODY, type Others, othersAmong, wider } from './others';
import { mayInvoke, passesIap, type Verdict } from './role';
import { moduleOf, type Service, type Services } from './service';

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
  /** `allUsers` or `allAuthenticatedUsers`, where they are granted a role that lets them in on something that cannot be told. */
  readonly everybody?: string;
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
  /** Who may invoke a service by grants whose role or service cannot be told. */
  otherInvokers(service: Service): Others;
  /** Who may pass an IAP by grants of which it cannot be told on what they are. */
  readonly otherIapMembers: Others;
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
  otherIapMembers: Others = 'none';
  /** By the module that they are looked for in; of the whole stack under an empty string. */
  private readonly others = new Map<string, Others>();
  /** By the service that the grant is on: it is its role that cannot be told. */
  private readonly othersOf = new Map<Service, Others>();

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
      if (verdict === 'no') continue;
      const grants = this.grants(binding);
      if (kind === 'iap') this.addIap(binding, grants, verdict);
      else this.addInvokers(binding, grants, verdict);
    }
  }

  otherInvokers(service: Service): Others {
    const module = moduleOf(service.address);
    const all = [this.othersOf.get(service), this.others.get(''), module === '' ? undefined : this.others.get(module)];
    return all.reduce<Others>(wider, 'none');
  }

  private grants({ resource, members, condition, authoritative }: Binding): readonly Grant[] {
    const present = members.filter((member) => member instanceof Unknown || !member.startsWith('deleted:'));
    const principals = present.flatMap((member) =>
      member instanceof Unknown ? this.unknownPrincipals(resource, member, authoritative) : principalName(member),
    );
    return principals.map((principal) => ({
      address: resource.address,
      principal: condition === undefined ? principal : principal + CONDITION + condition,
    }));
  }

  /**
   * A scalar member that reads one account's email is that account. In a list, what it reads of accounts counts, but one
   * element that is not known makes all of it unknown to Terraform: anybody may be in it.
   */
  private unknownPrincipals(resource: Resource, member: Unknown, inList: boolean): readonly string[] {
    const accounts = member.references.flatMap((reference) => {
      if (!/^(email|member)$/.test(reference.attribute)) return [];
      const email = accountEmail(new Unknown(member.text, [reference]), this.inventory);
      return email === undefined ? [] : [`serviceAccount:${email}`];
    });
    if (!inList && accounts.length === 1 && member.references.length === 1) return accounts;
    this.doubt(resource, 'principal', `who is granted access cannot be told: a member is ${member.text}`);
    return [...new Set(accounts), member.text];
  }

  private addInvokers(binding: Binding, grants: readonly Grant[], verdict: Verdict): void {
    const { services, doubt, contained } = this.servicesOf(binding);
    const others = othersAmong(grants);
    for (const service of services) {
      if (verdict === 'yes') push(this.invokers, service, grants);
      else this.othersOf.set(service, wider(this.othersOf.get(service) ?? 'none', others));
    }
    if (doubt === undefined) return;
    const scope = this.services.scopeOf(binding.resource.address);
    if (!contained && (binding.on !== 'above' || others === 'perhaps everybody'))
      this.others.set(scope, wider(this.others.get(scope) ?? 'none', others));
    const everybody = grants.find(({ principal }) => EVERYBODY.test(principal))?.principal;
    this.doubt(
      binding.resource,
      binding.on === 'above' ? 'above' : 'target',
      doubt,
      verdict === 'yes' ? everybody : undefined,
    );
  }

  private addIap(binding: Binding, grants: readonly Grant[], verdict: Verdict): void {
    const { resource, target } = binding;
    const sure = verdict === 'yes';
    if (binding.on === 'iap-service') {
      const { services, doubt } = this.servicesOf(binding);
      for (const service of sure ? services : []) push(this.iapOfService, service, grants);
      if (sure && doubt === undefined) return;
      if (doubt !== undefined) this.doubt(resource, 'target', doubt);
    } else if (binding.on === 'backend-service') {
      const backends = this.inventory.named(target, ...BACKEND_SERVICE_TYPES);
      if (backends.length === 0) this.doubt(resource, 'target', 'which backend service it opens cannot be told');
      for (const backend of sure ? backends : []) push(this.iapOfBackend, backend.address, grants);
      if (sure && backends.length > 0) return;
    } else {
      const project = this.projectGrantedOn(binding);
      if (sure && project !== undefined) {
        push(this.iapOfProject, project, grants);
        return;
      }
    }
    this.otherIapMembers = wider(this.otherIapMembers, othersAmong(grants));
  }

  /** The services that a grant is on. */
  private servicesOf(binding: Binding): Target {
    const { resource, on, target, role, members } = binding;
    if (on === 'above') {
      const who = members.map((member) => (member instanceof Unknown ? member.text : principalName(member))).join(', ');
      const doubt = `${shown(role)} on ${shown(target)}, granted to ${who}, reaches every service below it, in this stack and elsewhere`;
      return { services: [], doubt };
    }
    if (on === 'project') {
      const project = this.projectGrantedOn(binding);
      if (project !== undefined) return { services: this.services.inProject(project) };
      const doubt = 'which project it opens cannot be told before apply';
      // A project that the plan creates has none of the services that are in another.
      const [fresh] = this.inventory.named(target, 'google_project');
      if (fresh === undefined) return { services: [], doubt };
      return { services: this.services.all.filter((s) => s.project === KNOWN_AFTER_APPLY), doubt, contained: true };
    }
    const services = this.services.named(target, this.inventory.projectOf(resource), resource.values.location);
    return services.length > 0
      ? { services }
      : { services, doubt: 'which service it opens cannot be told before apply' };
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

  private doubt({ address }: Resource, why: Unclear['why'], message: string, everybody?: string): void {
    const last = this.unclear.at(-1);
    if (last?.address !== address || last.message !== message) this.unclear.push({ address, why, message, everybody });
  }
}

/** The services that a grant is on. */
interface Target {
  readonly services: readonly Service[];
  /** What cannot be told, where there may be others. */
  readonly doubt?: string;
  /** Whether there are no others in this stack all the same. */
  readonly contained?: boolean;
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
