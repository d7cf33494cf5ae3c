import type { Inventory, Resource } from '../terraform-json/resource';
import { KNOWN_AFTER_APPLY, known, shown, Unknown } from '../terraform-json/value';
import { type Binding, type GrantedOn, grantWords, membersWords, readBindings } from './iam-resource';
import { EVERYBODY, type Others, othersAmong, wider } from './others';
import { accountEmail, principalName, withCondition } from './principal';
import { mayInvoke, passesIap, type Verdict } from './role';
import type { Service } from './service';
import { type Meant, moduleOf, type Services } from './services';

/** A principal that one IAM resource lets in. */
export interface Grant {
  /** The address of the IAM resource. */
  readonly address: string;
  /** `allUsers`, `user:a@example.com` …, with its condition if it has one; or `(known after apply)` and the like. */
  readonly principal: string;
}

/** A part of a grant that is not known from Terraform alone. */
export interface Unclear {
  readonly address: string;
  readonly why: 'role' | 'target' | 'principal' | 'above';
  /** One sentence, lower case, no full stop. */
  readonly message: string;
  /** `allUsers` or `allAuthenticatedUsers`, if they get a role that lets them in, on a target that is not known. */
  readonly everybody?: string;
}

/** Who may invoke each service and who passes each IAP, and the grants with an unknown target. */
export interface Grants {
  readonly invokers: ReadonlyMap<Service, readonly Grant[]>;
  /** By address of the backend service. */
  readonly iapOfBackend: ReadonlyMap<string, readonly Grant[]>;
  readonly iapOfService: ReadonlyMap<Service, readonly Grant[]>;
  /** Grants on everything that IAP protects in a project, and who else may pass it. */
  iapIn(project: string): IapMembers;
  readonly unclear: readonly Unclear[];
  /** Who may invoke a service by grants with a role or service that is not known. */
  otherInvokers(service: Service): Others;
}

/** Who passes IAP by grants on a whole project. */
export interface IapMembers {
  readonly grants: readonly Grant[];
  /** Who may pass by grants with a target that is not known. */
  readonly others: Others;
}

/** The types of backend services: IAP protects them behind a load balancer. */
export const BACKEND_SERVICE_TYPES = [
  'google_compute_backend_service',
  'google_compute_region_backend_service',
] as const;

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
  readonly unclear: Unclear[] = [];
  private readonly iapOfProject = new Map<string, Grant[]>();
  private otherIapMembers: Others = 'none';
  /** By the module that may hold the service; an empty string stands for the whole stack. */
  private readonly others = new Map<string, Others>();
  /** By the service on which the grant is: here only the role is not known. */
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

  iapIn(project: string): IapMembers {
    const found = [...this.iapOfProject].map(([name, grants]) => ({
      grants,
      is: project.startsWith('(') ? 'perhaps' : this.inventory.sameProject(name, project),
    }));
    const grantsWhere = (sameness: string) => found.flatMap(({ grants, is }) => (is === sameness ? grants : []));
    return { grants: grantsWhere('same'), others: wider(this.otherIapMembers, othersAmong(grantsWhere('perhaps'))) };
  }

  private grants({ resource, members, condition, authoritative }: Binding): readonly Grant[] {
    const present = members.filter((member) => member instanceof Unknown || !member.startsWith('deleted:'));
    const principals = present.flatMap((member) =>
      member instanceof Unknown ? this.unknownPrincipals(resource, member, authoritative) : principalName(member),
    );
    return principals.map((principal) => ({
      address: resource.address,
      principal: withCondition(principal, condition),
    }));
  }

  /**
   * A scalar member that reads the email of one account is that account. A list may hold the accounts that it reads, but one
   * unknown element makes the whole list unknown to Terraform: anybody may be in it.
   */
  private unknownPrincipals(resource: Resource, member: Unknown, inList: boolean): readonly string[] {
    const accounts = member.references.flatMap((reference) => {
      if (!/^(email|member)$/.test(reference.attribute)) return [];
      const email = accountEmail(new Unknown(member.text, [reference]), this.inventory);
      return email === undefined ? [] : [`serviceAccount:${email}`];
    });
    if (!inList && accounts.length === 1 && member.references.length === 1) return accounts;
    this.doubt(resource, 'principal', `who is granted access cannot be determined: a member is ${member.text}`);
    return [...new Set(accounts), member.text];
  }

  private addInvokers(binding: Binding, grants: readonly Grant[], verdict: Verdict): void {
    const { services, perhaps, doubt, contained } = this.servicesOf(binding);
    const others = othersAmong(grants);
    const sure = verdict === 'yes' ? services : [];
    for (const service of sure) push(this.invokers, service, grants);
    for (const service of verdict === 'yes' ? perhaps : [...services, ...perhaps]) {
      this.othersOf.set(service, wider(this.othersOf.get(service) ?? 'none', others));
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
      if (backends.length === 0) this.doubt(resource, 'target', 'which backend service it opens cannot be determined');
      for (const backend of sure ? backends : []) push(this.iapOfBackend, backend.address, grants);
      if (sure && backends.length > 0) return;
    } else {
      const project = this.projectGrantedOn(binding);
      if (sure && project !== undefined) {
        push(this.iapOfProject, project, grants);
        const { doubt } = this.perhapsOf(this.services.inProject(project), project);
        if (doubt !== undefined) this.doubt(resource, 'target', doubt);
        return;
      }
    }
    this.otherIapMembers = wider(this.otherIapMembers, othersAmong(grants));
  }

  /** The services on which a grant is. */
  private servicesOf(binding: Binding): Target {
    const { resource, on, target, role } = binding;
    if (on === 'above') {
      const doubt = `${shown(role)} on ${shown(target)}, granted to ${membersWords(binding)}, reaches every service below it, in this stack and elsewhere`;
      return { services: [], perhaps: [], doubt };
    }
    if (on === 'project') {
      const project = this.projectGrantedOn(binding);
      if (project !== undefined) return this.perhapsOf(this.services.inProject(project), project);
      const doubt = `which project it opens cannot be determined before apply: ${grantWords(binding)}`;
      // A project that the plan creates does not contain the services of other projects.
      const [fresh] = this.inventory.named(target, 'google_project');
      if (fresh === undefined) return { services: [], perhaps: [], doubt };
      const there = this.services.all.filter((service) => service.project === KNOWN_AFTER_APPLY);
      return { services: there, perhaps: [], doubt, contained: true };
    }
    const project = this.inventory.projectOf(resource);
    const meant = this.services.named(target, project, resource.values.location);
    if (meant.services.length + meant.perhaps.length > 0) return this.perhapsOf(meant, project);
    return { ...meant, doubt: `which service it opens cannot be determined before apply: ${grantWords(binding)}` };
  }

  /** What is not known if one side gives the project's number and the other its id. */
  private perhapsOf(meant: Meant, project: string | undefined): Target {
    const [first] = meant.perhaps;
    if (first === undefined) return meant;
    const doubt = `whether it opens ${first.name} cannot be determined: nothing shows whether ${project ?? 'its project'} and ${first.project} are one project`;
    return { ...meant, doubt, contained: true };
  }

  private projectGrantedOn({ resource, target }: Binding): string | undefined {
    const project = known(target);
    return project === undefined ? this.inventory.projectOf(resource) : this.inventory.projectId(project);
  }

  private doubtRole({ resource, role }: Binding): void {
    this.doubt(
      resource,
      'role',
      `whether ${shown(role)} lets its members in cannot be determined: its permissions are not in this stack`,
    );
  }

  private doubt({ address }: Resource, why: Unclear['why'], message: string, everybody?: string): void {
    const last = this.unclear.at(-1);
    if (last?.address !== address || last.message !== message) this.unclear.push({ address, why, message, everybody });
  }
}

/** The services that a grant is on. */
interface Target extends Meant {
  /** What is not known, if there may be other services. */
  readonly doubt?: string;
  /** Whether this stack has no other such services. */
  readonly contained?: boolean;
}

/** Whether a grant on each kind of target lets callers invoke a service, pass IAP, or both. */
const CONCERNS: Readonly<Record<GrantedOn, readonly ('invoke' | 'iap')[]>> = {
  service: ['invoke'],
  project: ['invoke', 'iap'],
  above: ['invoke'],
  'backend-service': ['iap'],
  'iap-service': ['iap'],
  'iap-project': ['iap'],
  account: [],
  secret: [],
};

function push<K>(map: Map<K, Grant[]>, key: K, grants: readonly Grant[]): void {
  const present = map.get(key);
  if (present) present.push(...grants);
  else map.set(key, [...grants]);
}
