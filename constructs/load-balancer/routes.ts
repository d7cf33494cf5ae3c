import { dnsName } from '../core/dns';
import { sortedEntries } from '../core/order';
import type { ICloudRunService } from '../core/service';

/** The requests of a route. The most specific route applies, by host and then by path. */
export interface RouteMatch {
  /**
   * A host of `domains`.
   * @default every host of `domains`, except those redirected as a whole
   */
  readonly host?: string;
  /**
   * A path as URL maps write it: `/robots.txt`, or `/static/*` for everything below `/static/`.
   * @default every path without another route
   */
  readonly path?: string;
  /**
   * Replaces the fixed part of the path in the request to the service: with path `/static/*` and `/`, `/static/logo.png` becomes `/logo.png`.
   * @default the path stays unchanged
   */
  readonly pathPrefixRewrite?: string;
}

/** A route to a service. */
export interface RouteToService<Service> extends RouteMatch {
  /** The service that gets the requests. */
  readonly service: Service;
}

/** A route to several services. Each gets a share of the requests. */
export interface RouteToServices extends RouteMatch {
  /**
   * The services that get the requests, by key, with their weights from 0 to 1000: `{api: 90, api-next: 10}`.
   * @minProperties 1
   */
  readonly services: Readonly<Record<string, number>>;
}

/** A route to one service, or to several. */
export type Route<Service> = RouteToService<Service> | RouteToServices;

/** A redirect of a host, a path, or a path of a host. */
export interface Redirect {
  /**
   * A host of `domains`.
   * @default every host of `domains`
   */
  readonly host?: string;
  /**
   * A path, as in a route.
   * @default every path
   */
  readonly path?: string;
  /** A host (`www.example.com`; the path stays), a path (`/new`; the host stays), or both (`https://www.example.com/new`, or with `/` at the end the start page). */
  readonly to: string;
  /**
   * Whether browsers may remember the redirect: 301 if so, 302 if not.
   * @default true
   */
  readonly permanent?: boolean;
}

/** A service and its share of the requests. */
export interface WeightedService {
  readonly service: ICloudRunService;
  readonly weight: number;
}

/** What happens to the requests of a rule. */
export interface Outcome {
  readonly service?: ICloudRunService;
  readonly weighted?: readonly WeightedService[];
  readonly pathPrefixRewrite?: string;
  readonly redirect?: Redirect;
}

/** A route or redirect: a host or every host, a path or every path, and what happens to the requests. */
export interface Rule {
  readonly host?: string;
  readonly path?: string;
  readonly outcome: Outcome;
  /** Its place in the load balancer's props. */
  readonly origin: readonly [string, number];
}

/** Finds a service of the stack by its key. */
type ServiceByKey = (key: string) => ICloudRunService | undefined;

/** The routes and redirects of a load balancer. */
export function rulesOf(
  { routes = [], redirects = [] }: { routes?: readonly Route<ICloudRunService>[]; redirects?: readonly Redirect[] },
  serviceByKey: ServiceByKey,
): Rule[] {
  return [
    ...routes.map((route, index) => ({
      ...placeOf(route),
      outcome: routed(route, serviceByKey),
      origin: ['routes', index] as const,
    })),
    ...redirects.map((redirect, index) => ({
      ...placeOf(redirect),
      outcome: { redirect },
      origin: ['redirects', index] as const,
    })),
  ];
}

/** The services that get the requests of a rule. */
export function servicesOf({ outcome: { service, weighted = [] } }: Rule): ICloudRunService[] {
  return [...(service ? [service] : []), ...weighted.map((each) => each.service)];
}

/** The host and path of a redirect's target. */
export function redirectTarget(to: string): { readonly host?: string; readonly path?: string } {
  if (to.startsWith('/')) return { path: to };
  const [, host = to, path] = /^(?:https:\/\/)?([^/]*)(\/.*)?$/.exec(to) ?? [];
  return { host: dnsName(host), path };
}

/** The host and path of a rule. The path `/*` means every path, like no path. */
function placeOf({ host, path }: { readonly host?: string; readonly path?: string }): Pick<Rule, 'host' | 'path'> {
  return { host: host === undefined ? undefined : dnsName(host), path: path === '/*' ? undefined : path };
}

function routed(route: Route<ICloudRunService>, serviceByKey: ServiceByKey): Outcome {
  const { pathPrefixRewrite } = route;
  if ('service' in route) return { service: route.service, pathPrefixRewrite };
  const weighted = sortedEntries(route.services).flatMap(([key, weight]) => {
    const service = serviceByKey(key);
    return service ? [{ service, weight }] : [];
  });
  return { weighted, pathPrefixRewrite };
}
