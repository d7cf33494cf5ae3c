import type { Resource } from '../terraform-json/resource';
import { block, blocks, known, list, shown, type Value, type Values } from '../terraform-json/value';

/** Where a URL map sends requests for one host and path. */
export interface UrlRoute {
  /** A host name as the URL map writes it; `*` for any that no other rule takes. */
  readonly host: string;
  /** A path as the URL map writes it, such as `/static/*`; `/` for everything that no other path takes. */
  readonly path: string;
  /** The backend services, several where traffic is weighted. */
  readonly backends: readonly Value[];
}

/** The routes of a URL map that end at a backend service; a redirect ends at none. */
export function urlRoutes(urlMap: Resource): readonly UrlRoute[] {
  const { values } = urlMap;
  const matchers = new Map(blocks(values.path_matcher).map((matcher) => [shown(matcher.name), matcher]));
  const byHost = blocks(values.host_rule).flatMap((rule) => {
    const matcher = matchers.get(shown(rule.path_matcher)) ?? {};
    return list(rule.hosts).flatMap((host) => pathRoutes(matcher).map((route) => ({ host: shown(host), ...route })));
  });
  const rest = { host: '*', path: '/', backends: defaultBackends(values) };
  return [...byHost, rest].filter((route) => route.backends.length > 0);
}

function pathRoutes(matcher: Values): readonly Omit<UrlRoute, 'host'>[] {
  const byPath = blocks(matcher.path_rule).flatMap((rule) =>
    list(rule.paths).map((path) => ({ path: shown(path), backends: targets(rule.service, rule.route_action) })),
  );
  const byRule = blocks(matcher.route_rules).flatMap((rule) =>
    matchedPaths(rule).map((path) => ({ path, backends: targets(rule.service, rule.route_action) })),
  );
  return [...byPath, ...byRule, { path: '/', backends: defaultBackends(matcher) }];
}

function matchedPaths(rule: Values): readonly string[] {
  return blocks(rule.match_rules).map((match) => {
    const prefix = known(match.prefix_match);
    if (prefix !== undefined) return `${prefix.replace(/\/$/, '')}/*`;
    return known(match.full_path_match) ?? known(match.path_template_match) ?? known(match.regex_match) ?? '/*';
  });
}

function defaultBackends(values: Values): readonly Value[] {
  return targets(values.default_service, values.default_route_action);
}

function targets(service: Value, routeAction: Value): readonly Value[] {
  const weighted = blocks(block(routeAction).weighted_backend_services).map((target) => target.backend_service);
  return [...(service === null || service === undefined ? [] : [service]), ...weighted];
}
