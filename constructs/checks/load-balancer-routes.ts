import { sortedEntries } from '../core/order';
import { serviceWithKey } from '../core/service';
import type { ExternalLoadBalancer } from '../load-balancer/external-load-balancer';
import { type Rule, redirectTarget } from '../load-balancer/routes';
import { type Check, exampleFile } from './check';
import { HOST_NAME } from './domains';
import { accepts, rangeInWords } from './limits';

const SERVICES = `
web: {access: public, ingress: internal-and-cloud-load-balancing}
api: {access: public, ingress: internal-and-cloud-load-balancing}`;
/** API reference, `pathRules.paths`: a path begins with a slash, and has an asterisk only at the end, after a slash. */
const PATH = /^\/(?:[^*?#\s]*\/)?(?:\*|[^*?#\s]*)$/;
/** API reference, `weightedBackendServices.weight` */
export const WEIGHT = { least: 0, most: 1000 };

/** Routes and redirects. */
export const routeChecks: readonly Check<ExternalLoadBalancer>[] = [
  {
    code: 'route-host',
    severity: 'error',
    summary: 'Only hosts that are listed in `domains`, or match a wildcard there, reach the load balancer.',
    example: withRoutes('routes: [{host: api.example.com, service: api}]'),
    *find({ rules, domains }) {
      const known = new Set(domains.map(({ domain }) => domain));
      for (const { host, origin } of rules) {
        if (host === undefined || known.has(host) || known.has(host.replace(/^[^.]*/, '*'))) continue;
        const message = `'${host}' is not one of domains`;
        yield { path: [...origin, 'host'], message, remedy: 'list it there' };
      }
    },
  },
  {
    code: 'route-overlap',
    severity: 'error',
    summary: 'A host and path has one route or redirect. A second one would never be used.',
    example: withRoutes('routes: [{path: /api/*, service: api}, {path: /api/*, service: web}]'),
    *find({ rules }) {
      const owners = new Map<string, Rule>();
      for (const rule of rules) {
        const { host = 'every host', path = 'every path', origin } = rule;
        const owner = owners.get(`${host} ${path}`);
        owners.set(`${host} ${path}`, owner ?? rule);
        if (!owner) continue;
        const message = `${path === 'every path' ? path : `'${path}'`} of ${host} is already in ${owner.origin.join('.')}`;
        yield { path: origin, message, remedy: 'remove one of them' };
      }
    },
  },
  {
    code: 'route-path',
    severity: 'error',
    summary:
      'A path begins with a slash and may end with `/*`, which means everything below it. There are no other patterns (URL maps, "Path matchers").',
    example: withRoutes('routes: [{path: "/api*", service: api}]'),
    *find({ rules }) {
      for (const { path, origin } of rules) {
        if (path === undefined || PATH.test(path)) continue;
        const remedy = "write it like '/robots.txt' or '/static/*'";
        yield { path: [...origin, 'path'], message: `'${path}' is not a path of a URL map`, remedy };
      }
    },
  },
  {
    code: 'path-prefix-rewrite',
    severity: 'error',
    summary: 'The text that replaces a path begins with a slash (API reference, `urlRewrite.pathPrefixRewrite`).',
    example: withRoutes('routes: [{path: /api/*, service: api, pathPrefixRewrite: v1}]'),
    *find({ rules }) {
      for (const { outcome, origin } of rules) {
        const { pathPrefixRewrite: rewrite } = outcome;
        if (rewrite === undefined || /^\/[^*?#\s]*$/.test(rewrite)) continue;
        const remedy = `write '/${rewrite.replace(/[*?#\s].*$/, '').replace(/^\/+/, '')}'`;
        yield { path: [...origin, 'pathPrefixRewrite'], message: `'${rewrite}' is not a path`, remedy };
      }
    },
  },
  {
    code: 'route-weights',
    severity: 'error',
    summary: `Services that share a route are services of the stack with weights from ${rangeInWords(WEIGHT)}, not all of them 0.`,
    example: withRoutes('routes: [{path: /api/*, services: {api: 0, web: 0}}]'),
    *find({ props: { routes = [] }, environment }) {
      for (const [index, route] of routes.entries()) {
        if ('service' in route) continue;
        const path = ['routes', index, 'services'];
        const weights = sortedEntries(route.services);
        for (const [key, weight] of weights) {
          if (!serviceWithKey(environment, key)) {
            yield {
              path: [...path, key],
              message: `there is no service '${key}'`,
              remedy: 'name a service of the stack',
            };
          }
          if (accepts(WEIGHT, weight)) continue;
          const remedy = `write a whole number from ${rangeInWords(WEIGHT)}`;
          yield { path: [...path, key], message: `${weight} is not a weight`, remedy };
        }
        if (weights.some(([, weight]) => weight > 0)) continue;
        yield { path, message: 'no service has a weight above 0', remedy: 'give at least one a share' };
      }
    },
  },
  {
    code: 'redirect-form',
    severity: 'error',
    summary: 'A redirect needs a host, a path or both, and its target is another host, another path or both.',
    example: withRoutes('redirects: [{path: /shop, to: "http://shop.example.com/"}]'),
    *find({ rules }) {
      for (const { host, path, outcome, origin } of rules) {
        const { redirect } = outcome;
        if (!redirect) continue;
        if (host === undefined && path === undefined) {
          const message = 'this redirects every request, for ever';
          yield { path: origin, message, remedy: "write 'host', 'path' or both" };
        }
        const target = redirectTarget(redirect.to);
        const isValid =
          (target.host === undefined || HOST_NAME.test(target.host)) && !/[\s?#*]/.test(target.path ?? '');
        if (isValid && (target.host !== undefined || target.path !== undefined)) continue;
        const remedy =
          "write a host such as 'www.example.com', a path such as '/new', or 'https://www.example.com/new'";
        yield { path: [...origin, 'to'], message: `'${redirect.to}' is not the target of a redirect`, remedy };
      }
    },
  },
  {
    code: 'redirect-loop',
    severity: 'error',
    summary: 'A redirect must not lead to itself: a browser stops after some repeated redirects.',
    example: withRoutes('redirects: [{host: www.example.com, to: www.example.com}]'),
    *find({ rules, domains }) {
      for (const { host, path, outcome, origin } of rules) {
        if (!outcome.redirect) continue;
        const target = redirectTarget(outcome.redirect.to);
        const hosts = host === undefined ? domains.map(({ domain }) => domain) : [host];
        const staysOnHost = target.host === undefined || hosts.includes(target.host);
        if (!staysOnHost || !takes(path, target.path)) continue;
        const message = `'${outcome.redirect.to}' is redirected to itself`;
        yield { path: [...origin, 'to'], message, remedy: 'redirect to another host or path' };
      }
    },
  },
  {
    code: 'backend-settings',
    severity: 'error',
    summary: 'The keys of `backends` are those of services behind the load balancer.',
    example: withRoutes('backends: {api: {cdn: true}}'),
    *find({ props, backends }) {
      const known = new Set(backends.map(({ service }) => service.environment.addresses.prefixOf(service)));
      for (const [key] of sortedEntries(props.backends)) {
        if (known.has(key)) continue;
        const message = `the load balancer does not lead to '${key}'`;
        yield { path: ['backends', key], message, remedy: `write one of ${[...known].join(', ')}, or add a route` };
      }
    },
  },
];

/** Whether a rule for `path` also applies to the target path of its redirect. */
function takes(path: string | undefined, target: string | undefined): boolean {
  if (path === undefined || target === undefined) return true;
  return path.endsWith('/*') ? target.startsWith(path.slice(0, -1)) : path === target;
}

/** The text of a services.yaml with these routes or redirects. */
function withRoutes(settings: string): string {
  return exampleFile(SERVICES, '', `edge:\n  domains: [www.example.com]\n  defaultService: web\n  ${settings}`);
}
