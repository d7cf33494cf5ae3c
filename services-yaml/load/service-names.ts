import type { ExternalCall, ServiceCall } from '../../constructs/connections/calls';
import type { ConnectionsProps } from '../../constructs/connections/connections';
import type { Resolve } from '../../constructs/connections/reference';
import { sendersOf } from '../../constructs/connections/triggers';
import type { ICloudRunService } from '../../constructs/core/service';
import type { ExternalLoadBalancerProps } from '../../constructs/load-balancer/external-load-balancer';
import type { Path } from './path';

/** The name of a service in the file, and its path in the props of a service or load balancer. */
export interface ServiceName {
  readonly name: string;
  readonly path: Path;
}

/** All services that a load balancer names. */
export function serviceNames({
  defaultService,
  routes = [],
  backends,
}: ExternalLoadBalancerProps<string>): ServiceName[] {
  return [
    { name: defaultService, path: ['defaultService'] },
    ...routes.flatMap((route, index) =>
      'service' in route
        ? [{ name: route.service, path: ['routes', index, 'service'] }]
        : Object.keys(route.services).map((name) => ({ name, path: ['routes', index, 'services', name] })),
    ),
    ...Object.keys(backends ?? {}).map((name) => ({ name, path: ['backends', name] })),
  ];
}

/** All services that the calls and triggers of a service name. */
export function serviceNamesOfCallers(props: ConnectionsProps<string>): ServiceName[] {
  return [
    ...namesIn(props.calls, ['calls'], () => false),
    ...sendersOf(props).flatMap(({ grantees, path }) => namesIn(grantees, path)),
  ];
}

function namesIn(
  list: readonly (string | ServiceCall<string> | ExternalCall)[] = [],
  path: Path,
  isOther = isPrincipal,
): ServiceName[] {
  return list.flatMap((item, index) => {
    if (typeof item === 'string') return isOther(item) ? [] : [{ name: item, path: [...path, index] }];
    return 'service' in item ? [{ name: item.service, path: [...path, index, 'service'] }] : [];
  });
}

/** Whether the name is a principal. It has a colon; a service's key never has one. */
function isPrincipal(name: string): boolean {
  return name.includes(':');
}

/** The service or principal of a name. An unknown name gives undefined; another check reports it. */
export function meantBy(services: ReadonlyMap<string, ICloudRunService>): Resolve<string> {
  return (name) => services.get(name) ?? (isPrincipal(name) ? name : undefined);
}

/**
 * The props with services instead of their names. A missing or refused service is reported elsewhere. To check the rest, the default
 * service replaces it, or the first service if there is no default service. Undefined if there are no services.
 */
export function withServices(
  { defaultService, routes, backends, ...props }: ExternalLoadBalancerProps<string>,
  services: ReadonlyMap<string, ICloudRunService>,
): ExternalLoadBalancerProps<ICloudRunService> | undefined {
  const fallback = services.get(defaultService) ?? [...services.values()][0];
  if (fallback === undefined) return undefined;
  const standIn = (name: string) => (services.has(name) ? name : fallback.node.id);
  return {
    ...props,
    defaultService: fallback,
    backends: backends && Object.fromEntries(Object.entries(backends).filter(([name]) => services.has(name))),
    routes: routes?.map((route) =>
      'service' in route
        ? { ...route, service: services.get(route.service) ?? fallback }
        : { ...route, services: mapKeys(route.services, standIn) },
    ),
  };
}

function mapKeys<T>(map: Readonly<Record<string, T>>, change: (key: string) => string): Record<string, T> {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [change(key), value]));
}
