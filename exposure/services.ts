import type { Sameness } from '../terraform-json/projects';
import { agree, type Inventory, lastSegment, placeIn, placeName } from '../terraform-json/resource';
import { KNOWN_AFTER_APPLY, known, Unknown, type Value } from '../terraform-json/value';
import { readService, SERVICE_TYPES, type Service } from './service';

/** The services to which a resource of the stack refers. */
export interface Meant {
  readonly services: readonly Service[];
  /** Services to which it may refer: one side gives the project's number, the other its id, and nothing shows that they belong together. */
  readonly perhaps: readonly Service[];
}

/** The services of a stack, found by the names that grants, domain mappings and load balancers use. */
export class Services {
  readonly all: readonly Service[];
  private readonly byAddress: ReadonlyMap<string, Service>;
  private readonly byName = new Map<string, Service[]>();
  private readonly modules: ReadonlySet<string>;
  private readonly nameless: readonly Service[];
  private readonly elsewhere = new Map<string, Service>();

  constructor(private readonly inventory: Inventory) {
    const data = SERVICE_TYPES.flatMap((type) => inventory.dataOfType(type));
    const services = [...inventory.ofType(...SERVICE_TYPES), ...data].map((resource) =>
      readService(resource, inventory),
    );
    this.all = services.filter((service) => service.managed);
    this.nameless = this.all.filter(({ name }) => name.startsWith('('));
    this.modules = new Set(this.all.map(({ address }) => moduleOf(address)));
    this.byAddress = new Map(services.map((service) => [service.address, service]));
    for (const service of services) {
      // The service of a function has the function's name in the form that Cloud Run allows.
      for (const name of new Set([service.name, service.name.toLowerCase().replaceAll('_', '-')])) {
        const namesakes = this.byName.get(name);
        if (namesakes) namesakes.push(service);
        else this.byName.set(name, [service]);
      }
    }
  }

  /**
   * The services that a name (or a reference to one) means, in a project and region if those are known. If no service of the
   * stack has the name, it is a service outside the stack: grants of the stack on it still count.
   */
  named(name: Value, project: string | undefined, location: Value): Meant {
    if (name instanceof Unknown) {
      const referred = this.inventory.named(name, ...SERVICE_TYPES);
      return surely(referred.flatMap(({ address }) => this.byAddress.get(address) ?? []));
    }
    const id = known(name);
    if (id === undefined) return surely([]);
    const place = {
      project: this.inventory.projectIn(id) ?? project,
      location: placeIn(id) ?? placeName(location),
    };
    const namesakes = this.byName.get(lastSegment(id)) ?? [];
    const found = namesakes.filter((service) => this.isIn(service, place) === 'same');
    const managed = found.filter((service) => service.managed);
    if (managed.length > 0) return surely(managed);
    // A service with a name that is not known may be the one.
    const nameless = this.nameless.filter((service) => this.isIn(service, place) === 'same');
    if (nameless.length > 0) return surely(nameless);
    const perhaps = [...namesakes.filter((service) => service.managed), ...this.nameless].filter(
      (service) => this.isIn(service, place) === 'perhaps',
    );
    if (perhaps.length > 0) return { services: [], perhaps };
    return surely(found.length > 0 ? found : [this.outside(lastSegment(id), place)]);
  }

  /**
   * The module that may hold the service to which a resource refers, if the service is not known: the module of the resource,
   * if it has services, otherwise the whole stack (an empty string).
   */
  scopeOf(address: string): string {
    const module = moduleOf(address);
    return this.modules.has(module) ? module : '';
  }

  /** The services of a project; all services of the stack if the project is not known. */
  inProject(project: string | undefined): Meant {
    const services = this.all.filter((service) => this.isIn(service, { project }) === 'same');
    const perhaps = this.all.filter((service) => this.isIn(service, { project }) === 'perhaps');
    if (services.length + perhaps.length > 0) return { services, perhaps };
    return surely([this.outside('*', { project, location: '*' })]);
  }

  private isIn(service: Service, { project, location }: { project?: string; location?: string }): Sameness {
    if (!agree(unlessUnseen(service.location), location)) return 'other';
    return this.inventory.sameProject(unlessUnseen(service.project), project);
  }

  private outside(name: string, { project = KNOWN_AFTER_APPLY, location = KNOWN_AFTER_APPLY }): Service {
    const address = `projects/${project}/locations/${location}/services/${name}`;
    const existing = this.elsewhere.get(address);
    if (existing) return existing;
    const unseen = {
      ingress: '(not in this stack)',
      invokerCheck: true,
      iap: false,
      gateKnown: true,
      defaultUrl: true,
    } as const;
    const service = {
      address,
      managed: false,
      name,
      project,
      location,
      ...unseen,
      urls: [],
      tags: [],
      serviceAccount: null,
    };
    this.elsewhere.set(address, service);
    return service;
  }
}

function surely(services: readonly Service[]): Meant {
  return { services, perhaps: [] };
}

function unlessUnseen(name: string): string | undefined {
  return name.startsWith('(') ? undefined : name;
}

/** The module in an address, with its instance keys; empty for the root module. */
export function moduleOf(address: string): string {
  return /^(?:module\.[\w-]+(?:\[(?:"(?:[^"\\]|\\.)*"|[^\]]*)\])?\.)*/.exec(address)?.[0] ?? '';
}
