import { KNOWN_AFTER_APPLY } from '../terraform-json/value';
import type { Grant, Grants } from './grant';
import type { Frontend } from './load-balancer';
import type { Others } from './others';
import { splitCondition } from './principal';
import type { Authentication, Entry, Origin } from './report';
import type { Ingress, Service, Unseen } from './service';

/** A domain that is mapped to a service. */
export interface MappedName {
  readonly address: string;
  readonly domain: string;
}

/** A load balancer or a mapped domain that may lead to a service: its target is not known. */
export interface PossibleWay {
  readonly via: 'load-balancer' | 'domain-mapping';
  readonly url: string;
  /** Whether IAP may be in front. */
  readonly iap: boolean;
  readonly through: readonly string[];
}

/** From where each kind of name can be reached, by the service's ingress (cloud.google.com/run/docs/securing/ingress). */
const ORIGINS: Readonly<Record<Exclude<Ingress, Unseen>, OriginsByName>> = {
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

/** The check of callers: what a caller must prove, and who is let in. */
interface Gate {
  readonly authentication: Authentication;
  readonly callers: readonly string[];
}

/** The entries of a service: run.app, one for each tag, each mapped domain, each URL of a load balancer. */
export function entriesOf(
  service: Service,
  mapped: readonly MappedName[],
  frontends: readonly Frontend[],
  grants: Grants,
  possible: readonly PossibleWay[] = [],
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
  const perhaps = possible.flatMap(({ via, url, iap, through }): readonly Entry[] => {
    const from = unsure(via === 'load-balancer' ? origins.externalLoadBalancer : origins.domainMapping, false);
    if (from === 'nowhere') return [];
    return [{ url, via, from, ...(iap ? { ...own, authentication: KNOWN_AFTER_APPLY } : own), through }];
  });
  const balanced = frontends.map(
    (frontend): Entry => ({
      url: frontend.url,
      via: 'load-balancer',
      from: frontend.from === 'internal' ? 'internal' : unsure(origins.externalLoadBalancer, frontend.certain),
      ...frontendGate(frontend, own, grants),
      through: frontend.through,
      securityPolicy: frontend.securityPolicy,
    }),
  );
  return merged([...runApp, ...mappings, ...balanced, ...perhaps]);
}

/** The origin is not known if it is not certain that the name leads to the service. */
function unsure(origin: Origin, certain: boolean): Origin {
  return certain || origin === 'nowhere' ? origin : KNOWN_AFTER_APPLY;
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

/** A tag is put before the host name (cloud.google.com/run/docs/rollouts-rollbacks-traffic-migration#tags). */
function tagUrl(url: string | undefined, tag: string): string {
  return url === undefined ? KNOWN_AFTER_APPLY : `${url.replace('https://', `https://${tag}---`)}/`;
}

function serviceGate(service: Service, grants: Grants): Gate {
  if (!service.gateKnown) {
    const callers = (grants.invokers.get(service) ?? []).map(({ principal }) => principal);
    return { authentication: KNOWN_AFTER_APPLY, callers: [...new Set([...callers, KNOWN_AFTER_APPLY])].sort() };
  }
  if (service.iap) {
    const { grants: inProject, others } = grants.iapIn(service.project);
    return gateOf('iap', [...(grants.iapOfService.get(service) ?? []), ...inProject], others, service.managed);
  }
  if (!service.invokerCheck) return { authentication: 'none', callers: ['allUsers'] };
  return gateOf('iam', grants.invokers.get(service) ?? [], grants.otherInvokers(service), service.managed);
}

function frontendGate({ backend, iap, project }: Frontend, own: Gate, grants: Grants): Gate {
  if (iap === false) return own;
  const { grants: inProject, others } = grants.iapIn(project ?? KNOWN_AFTER_APPLY);
  const gate = gateOf('iap', [...(grants.iapOfBackend.get(backend.address) ?? []), ...inProject], others);
  if (iap) return gate;
  const callers = [...new Set([...own.callers, ...gate.callers, KNOWN_AFTER_APPLY])].sort();
  return { authentication: KNOWN_AFTER_APPLY, callers };
}

/** IAM and IAP let everybody in without a check if `allUsers` is a member; a member that is not known may be `allUsers`. */
function gateOf(kind: 'iap' | 'iam', grants: readonly Grant[], others: Others, managed = true): Gate {
  const sure = [...new Set(grants.map((grant) => grant.principal))].sort();
  const isHeld = (principal: string) => sure.some((caller) => splitCondition(caller).name === principal);
  if (isHeld('allUsers')) return { authentication: 'none', callers: sure };
  const unseen = [...(others === 'none' ? [] : [KNOWN_AFTER_APPLY]), ...(managed ? [] : [NOT_IN_THIS_STACK])];
  const callers = [...new Set([...sure, ...unseen])].sort();
  const unknown = others === 'perhaps everybody' || sure.some((caller) => caller.startsWith('('));
  if (unknown) return { authentication: KNOWN_AFTER_APPLY, callers };
  if (isHeld('allAuthenticatedUsers')) return { authentication: 'any-google-account', callers };
  return { authentication: managed ? kind : NOT_IN_THIS_STACK, callers };
}

/** Callers with a grant of another stack. */
const NOT_IN_THIS_STACK = '(not in this stack)';

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
