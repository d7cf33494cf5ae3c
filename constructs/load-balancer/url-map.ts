import {
  ComputeUrlMap,
  type ComputeUrlMapPathMatcher,
  type ComputeUrlMapPathMatcherPathRule,
} from '@cdktf/provider-google/lib/compute-url-map';
import { nonEmpty, sortedEntries, sortedSet } from '../core/order';
import type { ICloudRunService } from '../core/service';
import type { Parts } from './parts';
import { type Outcome, type Redirect, type Rule, redirectTarget } from './routes';

/** The code of a redirect that browsers may remember. */
const MOVED_PERMANENTLY = 'MOVED_PERMANENTLY_DEFAULT';

/** Returns the backend service of a service as an argument. */
type BackendId = (service: ICloudRunService) => string;

/** The URL map that sends each request to a backend or redirects it. */
export function renderUrlMap(
  parts: Parts,
  {
    domains,
    rules,
    defaultService,
  }: { domains: readonly string[]; rules: readonly Rule[]; defaultService: ICloudRunService },
  backendId: BackendId,
): ComputeUrlMap {
  const named = sortedSet(rules.flatMap(({ host }) => host ?? []));
  const unnamed = sortedSet(domains.filter((domain) => !named.includes(domain)));
  const common = rules.filter(({ host }) => host === undefined);
  const matchers = [
    ...(unnamed.length > 0 && common.length > 0 ? [{ hosts: unnamed, name: 'every-host', rules: common }] : []),
    ...named.map((host) => ({ hosts: [host], name: parts.named([host]), rules: rulesOfHost(host, rules) })),
  ];
  return parts.add(
    ComputeUrlMap,
    '',
    {
      name: parts.named(),
      defaultService: backendId(defaultService),
      hostRule: nonEmpty(matchers.map(({ hosts, name }) => ({ hosts, pathMatcher: name }))),
      pathMatcher: nonEmpty(
        matchers.map(({ name, rules }) => renderPathMatcher(name, rules, { service: defaultService }, backendId)),
      ),
    },
    { path: ['routes'] },
  );
}

/** The URL map of port 80. It redirects all requests to https. */
export function renderRedirectToHttps(parts: Parts): ComputeUrlMap {
  const defaultUrlRedirect = { httpsRedirect: true, redirectResponseCode: MOVED_PERMANENTLY, stripQuery: false };
  return parts.add(
    ComputeUrlMap,
    'redirect',
    { name: parts.named(['redirect']), defaultUrlRedirect },
    { path: ['httpRedirect'], apis: ['compute'] },
  );
}

/** A host's own rules, and the rules of every host for other paths, unless the whole host is redirected. */
function rulesOfHost(host: string, rules: readonly Rule[]): Rule[] {
  const own = rules.filter((rule) => rule.host === host);
  if (own.some(({ path, outcome }) => path === undefined && outcome.redirect)) return own;
  const paths = new Set(own.map(({ path }) => path));
  return [...own, ...rules.filter((rule) => rule.host === undefined && !paths.has(rule.path))];
}

function renderPathMatcher(
  name: string,
  rules: readonly Rule[],
  otherwise: Outcome,
  backendId: BackendId,
): ComputeUrlMapPathMatcher {
  const rest = rules.find(({ path }) => path === undefined)?.outcome ?? otherwise;
  const byPath = Object.fromEntries(
    rules.flatMap(({ path, outcome }) => (path === undefined ? [] : [[path, outcome]])),
  );
  return {
    name,
    defaultService: rest.service && backendId(rest.service),
    defaultUrlRedirect: rest.redirect && renderRedirect(rest.redirect),
    defaultRouteAction: renderAction(rest, backendId),
    pathRule: nonEmpty(
      sortedEntries<Outcome>(byPath).map(([path, outcome]) => renderPathRule(path, outcome, backendId)),
    ),
  };
}

function renderPathRule(path: string, outcome: Outcome, backendId: BackendId): ComputeUrlMapPathMatcherPathRule {
  return {
    paths: [path],
    service: outcome.service && backendId(outcome.service),
    urlRedirect: outcome.redirect && renderRedirect(outcome.redirect),
    routeAction: renderAction(outcome, backendId),
  };
}

function renderAction({ weighted, pathPrefixRewrite }: Outcome, backendId: BackendId) {
  if (!weighted && pathPrefixRewrite === undefined) return undefined;
  return {
    weightedBackendServices: weighted?.map(({ service, weight }) => ({ backendService: backendId(service), weight })),
    urlRewrite: pathPrefixRewrite === undefined ? undefined : { pathPrefixRewrite },
  };
}

/** The scheme does not change: only a URL map of port 80 may redirect to https (API reference, `urlRedirect.httpsRedirect`). */
function renderRedirect({ to, permanent = true }: Redirect) {
  const { host, path } = redirectTarget(to);
  return {
    hostRedirect: host,
    pathRedirect: path,
    httpsRedirect: false,
    redirectResponseCode: permanent ? MOVED_PERMANENTLY : 'FOUND',
    stripQuery: false,
  };
}
