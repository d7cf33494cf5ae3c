import { type Inventory, lastSegment, placeName, type Resource } from '../terraform-json/resource';
import {
  block,
  blocks,
  isLeftOut,
  isNotSet,
  isTrue,
  known,
  lacksBlocks,
  type Reference,
  shown,
  Unknown,
  type Value,
} from '../terraform-json/value';
import { certificateHosts } from './certificate';
import { BACKEND_SERVICE_TYPES } from './grant';
import { ipAddress } from './ip-address';
import type { Service } from './service';
import type { Services } from './services';
import { type UrlRoute, urlRoutes } from './url-map';

/** A URL under which a load balancer leads to a service. */
export interface Frontend {
  readonly service: Service;
  readonly url: string;
  readonly from: 'internet' | 'internal';
  /** The backend service: IAP and Cloud Armor are its settings. */
  readonly backend: Resource;
  /** The project of the backend service. */
  readonly project: string | undefined;
  /** Whether IAP is on; undefined if that is not known. */
  readonly iap: boolean | undefined;
  /** The name of the Cloud Armor policy, if there is one. */
  readonly securityPolicy?: string;
  /** Whether it surely leads to the service; false if one of several endpoint groups is used and it is not known which. */
  readonly certain: boolean;
  /** The forwarding rule, the URL map and the backend service. */
  readonly through: readonly string[];
  /** Addresses of the other resources that decide the URL and its target: proxy, endpoint group, certificates. */
  readonly parts: readonly string[];
}

const FORWARDING_RULES = ['google_compute_global_forwarding_rule', 'google_compute_forwarding_rule'] as const;
const HTTPS_PROXIES = ['google_compute_target_https_proxy', 'google_compute_region_target_https_proxy'] as const;
const HTTP_PROXIES = ['google_compute_target_http_proxy', 'google_compute_region_target_http_proxy'] as const;
const NEG = 'google_compute_region_network_endpoint_group';
const URL_MAPS = ['google_compute_url_map', 'google_compute_region_url_map'] as const;
const POLICIES = ['google_compute_security_policy', 'google_compute_region_security_policy'] as const;

/** The load balancers of a stack, and their parts with a target that is not known. */
export interface LoadBalancers {
  readonly frontends: readonly Frontend[];
  /** Addresses of parts with a target that is not known before apply. */
  readonly unclear: readonly string[];
  /** Addresses of parts that may lead to a service, or to another one of the same name in another project. */
  readonly doubtful: readonly string[];
  /** Whether IAP is, or may be, in front of a backend service. */
  readonly iap: boolean;
  /** The services of the endpoint groups; undefined if the service of a group is not known. */
  readonly served: ReadonlySet<Service> | undefined;
}

/** Follows every forwarding rule to the services behind it. */
export function readLoadBalancers(inventory: Inventory, services: Services): LoadBalancers {
  const path = new Path(inventory);
  const backends = new Backends(path, services);
  const rules = [...inventory.ofType(...FORWARDING_RULES)].sort((a, b) => (a.address < b.address ? -1 : 1));
  const frontends = rules.flatMap((rule) => {
    const proxies = path.next(rule, rule.values.target, ...HTTPS_PROXIES, ...HTTP_PROXIES);
    return proxies.flatMap((proxy) => frontendsOf(rule, proxy, path, backends));
  });
  const iap = inventory.ofType(...BACKEND_SERVICE_TYPES).some((backend) => iapEnabled(backend) !== false);
  const unclear = [...path.unclear].sort();
  return {
    frontends,
    unclear,
    doubtful: [...path.doubtful],
    iap,
    served: unclear.length === 0 ? new Set() : backends.served(),
  };
}

/** Follows a request from resource to resource. */
class Path {
  /** Addresses of resources with a next resource that is not known. */
  readonly unclear = new Set<string>();
  /** Addresses of resources with a next resource that may be the right one: a project's number may be that of its id. */
  readonly doubtful = new Set<string>();

  constructor(readonly inventory: Inventory) {}

  /** The resources to which an argument of another resource refers. */
  next(from: Resource, to: Value, ...types: readonly string[]): readonly Resource[] {
    const found = this.inventory.named(to, ...types);
    if (!found.every((resource) => this.inventory.isSurely(to, resource))) this.doubtful.add(from.address);
    const lost = to instanceof Unknown && (found.length === 0 || to.references.some(isLocal));
    if (lost || (found.length === 0 && !isNotSet(to) && this.hasNameless(types))) this.unclear.add(from.address);
    return found;
  }

  /** Whether a resource of one of the types has a name that is not known: it may be the one that is meant. */
  private hasNameless(types: readonly string[]): boolean {
    return this.inventory.ofType(...types).some(({ values }) => values.name instanceof Unknown);
  }
}

function isLocal({ address }: Reference): boolean {
  return address.startsWith('local.');
}

function frontendsOf(rule: Resource, proxy: Resource, path: Path, backends: Backends): readonly Frontend[] {
  const { inventory } = path;
  const from = shown(rule.values.load_balancing_scheme).startsWith('INTERNAL') ? 'internal' : 'internet';
  const secure = HTTPS_PROXIES.some((type) => type === proxy.type);
  const certified = secure ? certificateHosts(proxy, inventory) : { hosts: [], parts: [] };
  return path.next(proxy, proxy.values.url_map, ...URL_MAPS).flatMap((urlMap) => {
    const { routes, hosts, unclear } = urlRoutes(urlMap);
    if (unclear) path.unclear.add(urlMap.address);
    const unrouted = certified.hosts.filter((host) => !hosts.some((written) => covers(written, host)));
    const others = unrouted.length > 0 ? unrouted : [ipAddress(rule, inventory) ?? '*'];
    return routes.flatMap((route) =>
      (route.host === '*' ? others : [route.host]).flatMap((host) =>
        backends.frontends(urlMap, { ...route, host }).map(
          ({ url, group, ...frontend }): Frontend => ({
            ...frontend,
            url: `${secure ? 'https' : 'http'}://${url}`,
            from,
            through: [rule.address, urlMap.address, frontend.backend.address],
            parts: [proxy.address, group.address, ...(route.host === '*' ? certified.parts : [])],
          }),
        ),
      ),
    );
  });
}

/** Whether a host of a URL map, which may begin with `*.` or `*-`, matches a host name. */
function covers(written: string, host: string): boolean {
  return written === host || (/^\*[.-]/.test(written) && host.endsWith(written.slice(1)));
}

type Backed = Pick<Frontend, 'service' | 'url' | 'backend' | 'project' | 'iap' | 'certain' | 'securityPolicy'> & {
  readonly group: Resource;
};

/** Finds the services behind each backend service, once each. */
class Backends {
  private readonly byAddress = new Map<string, readonly Endpoint[]>();

  constructor(
    private readonly path: Path,
    private readonly services: Services,
  ) {}

  frontends(urlMap: Resource, { host, path, backends }: UrlRoute): readonly Backed[] {
    const found = backends.flatMap((backend) => this.path.next(urlMap, backend, ...BACKEND_SERVICE_TYPES));
    return found.flatMap((backend) =>
      this.endpoints(backend).map((endpoint) => ({
        service: endpoint.service,
        group: endpoint.group,
        certain: endpoint.certain,
        url: endpoint.url ?? host + path,
        backend,
        project: this.path.inventory.projectOf(backend),
        iap: iapEnabled(backend),
        securityPolicy: this.securityPolicy(backend),
      })),
    );
  }

  private securityPolicy({ values }: Resource): string | undefined {
    if (isLeftOut(values.security_policy)) return undefined;
    const [policy] = this.path.inventory.named(values.security_policy, ...POLICIES);
    return policy ? shown(policy.values.name) : lastSegment(shown(values.security_policy));
  }

  private endpoints(backend: Resource): readonly Endpoint[] {
    let endpoints = this.byAddress.get(backend.address);
    if (!endpoints) {
      const { backend: blocksOfIt } = backend.values;
      const hidden = [blocksOfIt].flat().filter((value) => value instanceof Unknown);
      const named = [...hidden, ...blocks(blocksOfIt).map(({ group }) => group)];
      endpoints = named.flatMap((name) => {
        const groups = this.path.next(backend, name, NEG);
        const oneOf = name instanceof Unknown && name.references.some((reference) => reference.oneOf);
        return groups.flatMap((group) => this.behind(group, !oneOf || groups.length === 1));
      });
      this.byAddress.set(backend.address, endpoints);
    }
    return endpoints;
  }

  /** The services of all endpoint groups of the stack; undefined if the service of a group is not known. */
  served(): ReadonlySet<Service> | undefined {
    const groups = this.path.inventory.ofType(NEG);
    const endpoints = groups.flatMap((group) => this.behind(group, true));
    const allKnown = groups.length > 0 && groups.every(({ address }) => !this.path.unclear.has(address));
    return allKnown ? new Set(endpoints.map(({ service }) => service)) : undefined;
  }

  private behind(group: Resource, certain: boolean): readonly Endpoint[] {
    const { cloud_run, cloud_function } = group.values;
    if (lacksBlocks(cloud_run) || lacksBlocks(cloud_function)) this.path.unclear.add(group.address);
    // A function of the second generation is a service of the same name.
    const functions = blocks(cloud_function).map((each) => ({ service: each.function, url_mask: each.url_mask }));
    return [...blocks(cloud_run), ...functions].flatMap((cloudRun) => {
      const { region } = group.values;
      const mask = known(cloudRun.url_mask);
      if (mask !== undefined && isLeftOut(cloudRun.service)) return this.masked(mask, group, certain);
      const project = this.path.inventory.projectOf(group);
      const { services, perhaps } = this.services.named(cloudRun.service, project, region);
      if (services.length + perhaps.length === 0) this.path.unclear.add(group.address);
      if (perhaps.length > 0) this.path.doubtful.add(group.address);
      return [...services, ...perhaps].map((service) => ({
        service,
        group,
        certain: certain && services.includes(service),
      }));
    });
  }

  /** A URL mask such as `<service>.example.com` leads to every service of the region. */
  private masked(mask: string, group: Resource, certain: boolean): readonly Endpoint[] {
    const region = placeName(group.values.region);
    const project = this.path.inventory.projectOf(group);
    const { services, perhaps } = this.services.inProject(project);
    if (perhaps.length > 0) this.path.doubtful.add(group.address);
    return [...services, ...perhaps]
      .filter(({ location }) => !region || location === region)
      .map((service) => ({
        service,
        group,
        certain: certain && !perhaps.includes(service),
        url: mask.replace('<service>', service.name),
      }));
  }
}

interface Endpoint {
  readonly service: Service;
  /** The network endpoint group. */
  readonly group: Resource;
  readonly certain: boolean;
  /** Host and path, if a URL mask sets them. */
  readonly url?: string;
}

function iapEnabled(backend: Resource): boolean | undefined {
  const iap: Value = backend.values.iap;
  if (iap instanceof Unknown) return iap.written ? undefined : false;
  if (lacksBlocks(iap)) return undefined;
  if (blocks(iap).length === 0) return false;
  const { enabled } = block(iap);
  if (enabled instanceof Unknown) return undefined;
  // Before version 6 of the google provider the block had no `enabled`: its client id switched IAP on.
  return enabled === undefined ? known(block(iap).oauth2_client_id) !== undefined : isTrue(enabled);
}
