import { KNOWN_AFTER_APPLY } from '../terraform-json/value';
import type { Grant, Grants } from './grant';
import type { FrontDoor } from './load-balancer';
import type { Authentication, Entry, Origin } from './report';
import type { Ingress, Service } from './service';

/** A domain that is mapped to a service. */
export interface MappedName {
  readonly address: string;
  readonly domain: string;
}

/** Where each kind of name answers from, by the service's ingress (cloud.google.com/run/docs/securing/ingress). */
const ORIGINS: Readonly<Record<'all' | 'internal' | 'internal-and-cloud-load-balancing', OriginsByName>> = {
  all: { runApp: 'internet', domainMapping: 'internet', externalLoadBalancer: 'internet' },
  'internal-and-cloud-load-balancing': {
    runApp: 'internal',
    domainMapping: 'nowhere',
    externalLoadBalancer: 'internet',
  },
  internal: { runApp: 'internal', domainMapping: 'nowhere', externalLoadBalancer: 'nowhere' },
};

interface OriginsByName {
  readonly runApp: Origin;
  readonly domainMapping: Origin;
  readonly externalLoadBalancer: Origin;
}

const UNKNOWN_ORIGINS: OriginsByName = {
  runApp: KNOWN_AFTER_APPLY,
  domainMapping: KNOWN_AFTER_APPLY,
  externalLoadBalancer: KNOWN_AFTER_APPLY,
};

/** The gate that asks who a caller is: what it asks for, and whom it lets in. */
interface Gate {
  readonly authentication: Authentication;
  readonly callers: readonly string[];
}

/** The entries of a service: run.app, one for each tag, each mapped domain, each URL of a load balancer. */
export function entriesOf(
  service: Service,
  mapped: readonly MappedName[],
  doors: readonly FrontDoor[],
  grants: Grants,
): readonly Entry[] {
  const origins = originsOf(service.ingress);
  const own = serviceGate(service, grants);
  const runApp = service.defaultUrl ? runAppEntries(service, origins.runApp, own) : [];
  const mappings = mapped.map(
    ({ address, domain }): Entry => ({
      url: `https://${domain}/`,
      via: 'domain-mapping',
      from: origins.domainMapping,
      ...own,
      through: [address],
    }),
  );
  const balanced = doors.map(
    (door): Entry => ({
      url: door.url,
      via: 'load-balancer',
      from: door.from === 'internal' ? 'internal' : origins.externalLoadBalancer,
      ...doorGate(door, own, grants),
      through: door.through,
      securityPolicy: door.securityPolicy,
    }),
  );
  return merged([...runApp, ...mappings, ...balanced]);
}

function originsOf(ingress: Ingress): OriginsByName {
  return ingress in ORIGINS ? ORIGINS[ingress as keyof typeof ORIGINS] : UNKNOWN_ORIGINS;
}

function runAppEntries(service: Service, from: Origin, gate: Gate): readonly Entry[] {
  const urls = service.urls.length > 0 ? service.urls : [undefined];
  const entry = (url: string, tag?: string): Entry => ({
    url,
    via: 'run.app',
    from,
    ...gate,
    through: [service.address],
    tag,
  });
  return urls.flatMap((url) => [
    entry(url === undefined ? KNOWN_AFTER_APPLY : `${url}/`),
    ...service.tags.map((tag) => entry(tagUrl(url, tag), tag)),
  ]);
}

/** A tag goes before the host name (cloud.google.com/run/docs/rollouts-rollbacks-traffic-migration#tags). */
function tagUrl(url: string | undefined, tag: string): string {
  return url === undefined ? KNOWN_AFTER_APPLY : `${url.replace('https://', `https://${tag}---`)}/`;
}

function serviceGate(service: Service, grants: Grants): Gate {
  if (service.iap)
    return gateOf('iap', [...(grants.iapOfService.get(service) ?? []), ...projectIap(service.project, grants)]);
  if (!service.invokerCheck) return { authentication: 'none', callers: ['allUsers'] };
  return gateOf('iam', grants.invokers.get(service) ?? []);
}

function doorGate({ backend, iap, project }: FrontDoor, own: Gate, grants: Grants): Gate {
  if (iap === undefined) return { authentication: KNOWN_AFTER_APPLY, callers: own.callers };
  if (!iap) return own;
  const members = grants.iapOfBackend.get(backend.address) ?? [];
  return gateOf('iap', [...members, ...projectIap(project ?? '', grants)]);
}

function projectIap(project: string, grants: Grants): readonly Grant[] {
  return grants.iapOfProject.get(project) ?? [];
}

/** Both gates let `allUsers` through unasked when it is among their members. */
function gateOf(kind: 'iap' | 'iam', grants: readonly Grant[]): Gate {
  const callers = [...new Set(grants.map((grant) => grant.principal))].sort();
  const holds = (principal: string) =>
    callers.some((caller) => caller === principal || caller.startsWith(`${principal} if `));
  if (holds('allUsers')) return { authentication: 'none', callers };
  return { authentication: holds('allAuthenticatedUsers') ? 'any-google-account' : kind, callers };
}

/** One entry for each URL and origin: IPv4 and IPv6 rules of a load balancer lead to the same place. */
function merged(entries: readonly Entry[]): readonly Entry[] {
  const byKey = new Map<string, Entry>();
  for (const entry of entries) {
    const { url, via, from, tag, authentication, callers, securityPolicy } = entry;
    const key = JSON.stringify([url, via, tag, from, authentication, callers, securityPolicy]);
    const same = byKey.get(key);
    byKey.set(key, same ? { ...same, through: [...new Set([...same.through, ...entry.through])] } : entry);
  }
  return [...byKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, entry]) => entry);
}
