import type { Resource } from '../terraform-json/resource';
import {
  block,
  blocks,
  hasUnknown,
  isNotSet,
  known,
  lacksBlocks,
  list,
  shown,
  type Value,
  type Values,
} from '../terraform-json/value';

/** Where a URL map sends requests for one host and path. */
export interface UrlRoute {
  /** A host name as the URL map writes it; `*` for every host that no other rule matches. */
  readonly host: string;
  /** A path as the URL map writes it, such as `/static/*`; `/` for every path that no other rule matches. */
  readonly path: string;
  /** The backend services; several if traffic is weighted. */
  readonly backends: readonly Value[];
}

/** What a URL map does with requests. */
export interface UrlRoutes {
  /** The routes to a backend service; redirects are left out. */
  readonly routes: readonly UrlRoute[];
  /** The hosts with their own rules, redirects included: no route of another host gets their requests. */
  readonly hosts: readonly string[];
  /** Whether a value that decides the target of a request is not known. */
  readonly unclear: boolean;
}

/** Reads the routes of a URL map. */
export function urlRoutes({ values }: Resource): UrlRoutes {
  const matchers = new Map(blocks(values.path_matcher).map((matcher) => [shown(matcher.name), matcher]));
  const rules = blocks(values.host_rule).flatMap((rule) => {
    const matcher = matchers.get(shown(rule.path_matcher)) ?? {};
    return list(rule.hosts).map((host) => ({ host: shown(host), matcher }));
  });
  const hosts = rules.map(({ host }) => host);
  const byHost = rules.flatMap(({ host, matcher }) => pathRoutes(matcher, values).map((route) => ({ host, ...route })));
  const rest = hosts.includes('*') ? [] : [{ host: '*', path: '/', backends: defaultBackends(values) }];
  const routes = [...byHost, ...rest].filter((route) => route.backends.length > 0);
  return { routes, hosts, unclear: isUnclear(values) };
}

/** Whether anything but the backend services is unknown; those are followed separately. */
function isUnclear(values: Values): boolean {
  if (lacksBlocks(values.host_rule) || lacksBlocks(values.path_matcher)) return true;
  const rules = blocks(values.host_rule).some(
    ({ hosts, path_matcher }) => hasUnknown(hosts) || hasUnknown(path_matcher),
  );
  const matchers = blocks(values.path_matcher).some(
    (matcher) =>
      [matcher.name, matcher.path_rule, matcher.route_rules, matcher.default_url_redirect].some(lacksBlocks) ||
      blocks(matcher.path_rule).some(({ paths }) => hasUnknown(paths)),
  );
  return rules || matchers || lacksBlocks(values.default_url_redirect);
}

function pathRoutes(matcher: Values, urlMap: Values): readonly Omit<UrlRoute, 'host'>[] {
  const byPath = blocks(matcher.path_rule).flatMap((rule) =>
    list(rule.paths).map((path) => ({ path: shown(path), backends: targets(rule.service, rule.route_action) })),
  );
  const byRule = blocks(matcher.route_rules).flatMap((rule) =>
    matchedPaths(rule).map((path) => ({ path, backends: targets(rule.service, rule.route_action) })),
  );
  // A matcher without its own default uses the URL map's default.
  const ownDefault = DEFAULTS.some((argument) => !isNotSet(matcher[argument]));
  return [...byPath, ...byRule, { path: '/', backends: defaultBackends(ownDefault ? matcher : urlMap) }];
}

const DEFAULTS = ['default_service', 'default_route_action', 'default_url_redirect'] as const;

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
  return [...(isNotSet(service) ? [] : [service]), ...weighted];
}
