import type { ExternalCall, ServiceCall } from '../../constructs/connections/calls';
import type { ConnectionsProps } from '../../constructs/connections/connections';
import type { Resolve } from '../../constructs/connections/reference';
import { sortedEntries } from '../../constructs/core/order';
import type { ICloudRunService } from '../../constructs/core/service';
import type { ExternalLoadBalancerProps } from '../../constructs/load-balancer/external-load-balancer';
import type { Path } from './path';

/** A service as the file names it, and where in the props of a service or load balancer. */
export interface ServiceName {
  readonly name: string;
  readonly path: Path;
}

/** Every service that a load balancer of the file names. */
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

/** Every service that the calls and triggers of a service of the file name. */
export function serviceNamesOfCallers({ calls, taskQueues, subscriptions }: ConnectionsProps<string>): ServiceName[] {
  return [
    ...namesIn(calls, ['calls'], () => false),
    ...sortedEntries(taskQueues).flatMap(([key, { enqueuers }]) =>
      namesIn(enqueuers, ['taskQueues', key, 'enqueuers']),
    ),
    ...sortedEntries(subscriptions).flatMap(([key, { publishers }]) =>
      namesIn(publishers, ['subscriptions', key, 'publishers']),
    ),
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

/** Whether the name of somebody is that of a principal: no key of a service has a colon. */
function isPrincipal(name: string): boolean {
  return name.includes(':');
}

/** What a name stands for: a service, a principal, or nothing, which is reported elsewhere. */
export function meantBy(services: ReadonlyMap<string, ICloudRunService>): Resolve<string> {
  return (name) => services.get(name) ?? (isPrincipal(name) ? name : undefined);
}

/**
 * The props with services in place of their names. What is not there, because nobody wrote it or because it was refused, is
 * reported elsewhere: the default service stands in for it, and another one for that, so that the checks of the rest can run. Undefined
 * without any service.
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
