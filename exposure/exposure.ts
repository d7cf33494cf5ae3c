import type { Inventory } from '../terraform-json/resource';
import { block, isTrue, KNOWN_AFTER_APPLY, shown } from '../terraform-json/value';
import { doubtsOf } from './doubt';
import { entriesOf, type MappedName, type PossibleWay } from './entry';
import { type Grants, readGrants } from './grant';
import { isUnknownIam } from './iam-resource';
import { readIdentities } from './identity';
import { type Frontend, type LoadBalancers, readLoadBalancers } from './load-balancer';
import type { Entry, ServiceExposure, StackExposure } from './report';
import type { Service } from './service';
import { Services } from './services';
import { widestEntry } from './widest-entry';

/** The exposure of a stack's services, with the services and grants from which it was computed. */
export interface ComputedExposure {
  readonly exposure: StackExposure;
  readonly services: readonly Service[];
  readonly grants: Grants;
  /** Finds services by the value of an argument. */
  readonly lookup: Services;
  /** The URLs of load balancers that lead to each service. */
  readonly frontends: ReadonlyMap<Service, readonly Frontend[]>;
  /** Addresses of domain mappings and parts of load balancers of which it is not known to which service they lead. */
  readonly unclearNames: readonly string[];
}

/** Computes who can reach the services of a stack. */
export function exposureOf(name: string, inventory: Inventory): StackExposure {
  return computeExposure(name, inventory).exposure;
}

/** Computes who can reach the services of a stack; keeps the services and grants, to explain the result. */
export function computeExposure(name: string, inventory: Inventory): ComputedExposure {
  const services = new Services(inventory);
  const grants = readGrants(inventory, services);
  const mapped = readMappings(inventory, services);
  const balancers = readLoadBalancers(inventory, services);
  const { frontends } = balancers;
  const unclearNames = unclearAddresses(mapped, balancers);
  const possible = possibleWays(balancers, mapped);
  const frontendsOf = grouped(frontends.map((frontend) => [frontend.service, frontend]));
  const elsewhere = [...grants.invokers.keys(), ...mapped.names.keys(), ...frontendsOf.keys()].filter(
    (service) => !service.managed,
  );
  const all = [...services.all, ...new Set(elsewhere)];
  const exposures = all.map((service) =>
    exposureOfService(
      service,
      entriesOf(service, mapped.names.get(service) ?? [], frontendsOf.get(service) ?? [], grants, possible(service)),
    ),
  );
  const identities = readIdentities(inventory);
  const callers = [...new Set(exposures.flatMap((exposure) => exposure.callers))].sort();
  const exposure = {
    name,
    services: exposures.sort((a, b) => (a.address < b.address ? -1 : 1)),
    identities: Object.fromEntries(
      callers.flatMap((caller) => (identities.has(caller) ? [[caller, identities.get(caller) ?? []]] : [])),
    ),
    notes: notes(inventory, grants, unclearNames),
  };
  return { exposure, services: all, grants, frontends: frontendsOf, lookup: services, unclearNames };
}

function exposureOfService(service: Service, entries: readonly Entry[]): ServiceExposure {
  const { address, name, project, location, ingress } = service;
  return {
    address,
    name,
    project,
    location,
    ingress,
    authentication: widestEntry(entries)?.authentication ?? 'iam',
    callers: [...new Set(entries.flatMap((entry) => entry.callers))].sort(),
    doubts: doubtsOf(service, entries),
    entries,
  };
}

/** The mapped domains by service, and the mappings without a known service. */
interface Mappings {
  readonly names: ReadonlyMap<Service, readonly MappedName[]>;
  /** Mappings that may lead to a service, or to another one of the same name in another project. */
  readonly perhaps: ReadonlyMap<Service, readonly MappedName[]>;
  readonly unclear: readonly MappedName[];
}

function unclearAddresses({ unclear, perhaps }: Mappings, balancers: LoadBalancers): readonly string[] {
  const mappings = [...unclear, ...[...perhaps.values()].flat()].map(({ address }) => address);
  return [...new Set([...mappings, ...balancers.unclear, ...balancers.doubtful])].sort();
}

/** The load balancers and mappings that may lead to a service, since their target is not known. */
function possibleWays(
  { unclear, iap, served }: LoadBalancers,
  mappings: Mappings,
): (service: Service) => readonly PossibleWay[] {
  const wayOf = ({ address, domain }: MappedName): PossibleWay => ({
    via: 'domain-mapping',
    url: `https://${domain}/`,
    iap: false,
    through: [address],
  });
  const lost: PossibleWay = { via: 'load-balancer', url: KNOWN_AFTER_APPLY, iap, through: unclear };
  return (service) => {
    if (!service.managed) return [];
    const domains = [...mappings.unclear, ...(mappings.perhaps.get(service) ?? [])].map(wayOf);
    const balanced = unclear.length > 0 && (served === undefined || served.has(service));
    return balanced ? [...domains, lost] : domains;
  };
}

function readMappings(inventory: Inventory, services: Services): Mappings {
  const mappings = inventory.ofType('google_cloud_run_domain_mapping').map((mapping) => {
    const { name, location, spec } = mapping.values;
    const meant = services.named(block(spec).route_name, inventory.projectOf(mapping), location);
    return { name: { address: mapping.address, domain: shown(name) }, ...meant };
  });
  return {
    names: grouped(mappings.flatMap(({ name, services }) => services.map((service) => [service, name]))),
    perhaps: grouped(mappings.flatMap(({ name, perhaps }) => perhaps.map((service) => [service, name]))),
    unclear: mappings.filter((meant) => meant.services.length + meant.perhaps.length === 0).map(({ name }) => name),
  };
}

/** What the report does not cover, so that nobody takes it for closed. */
function notes(inventory: Inventory, grants: Grants, unclearNames: readonly string[]): readonly string[] {
  const doubts = grants.unclear.map(({ address, message }) => `${address}: ${message}`);
  const behind = unclearNames.map(
    (address) => `${address}: which service is behind it cannot be determined before apply`,
  );
  const unread = inventory.resources.filter(({ type }) => isUnknownIam(type));
  const unknown = unread.map(({ address, type }) => `${address}: grants of ${type} are not understood`);
  const modules = inventory.resources
    .filter(({ type }) => type === 'module')
    .map(({ address }) => `${address}: not looked into`);
  const preflights = inventory
    .ofType('google_iap_settings')
    .filter(({ values }) => isTrue(block(block(values.access_settings).cors_settings).allow_http_options))
    .map(({ address }) => `${address}: IAP lets requests with the method OPTIONS through without a login`);
  return [...new Set([...doubts, ...behind, ...unknown, ...modules, ...preflights])].sort();
}

function grouped<K, V>(pairs: readonly (readonly [K, V])[]): ReadonlyMap<K, V[]> {
  const groups = new Map<K, V[]>();
  for (const [key, value] of pairs) {
    const group = groups.get(key);
    if (group) group.push(value);
    else groups.set(key, [value]);
  }
  return groups;
}
