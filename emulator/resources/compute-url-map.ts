import type { Behaviour, PlanRules } from '../behaviour';
import { digits } from '../cloud';
import { apiError, Refusal } from '../errors';
import { idFrom, referencedId } from '../identity';
import type { ObjectValue } from '../protocol/values';
import { storedObject, valuesAt } from '../stored';
import { sameReference } from '../suppress';
import { oneOf } from '../validation';

const type = 'google_compute_url_map';

const DEFAULT_ACTIONS = ['default_route_action', 'path_matcher.default_route_action'];
const RULE_ACTION = 'path_matcher.path_rule.route_action';
const ROUTE_ACTION = 'path_matcher.route_rules.route_action';
const ACTIONS = [...DEFAULT_ACTIONS, RULE_ACTION, ROUTE_ACTION];
const REDIRECTS = [
  'default_url_redirect',
  'path_matcher.default_url_redirect',
  'path_matcher.path_rule.url_redirect',
  'path_matcher.route_rules.url_redirect',
];
const SERVICES = [
  'default_service',
  'path_matcher.default_service',
  'path_matcher.path_rule.service',
  'path_matcher.route_rules.service',
];
const WEIGHTED = ACTIONS.map((action) => `${action}.weighted_backend_services.backend_service`);
/** The paths of a URL map's references to backend services. */
export const BACKENDS = [...SERVICES, ...WEIGHTED];
const HEADERS = DEFAULT_ACTIONS.map((action) => `${action}.weighted_backend_services.header_action`);

const plan: PlanRules = {
  forceNew: ['name', 'project'],
  project: 'provider',
  keptBlocks: [
    ...ACTIONS.map((action) => `${action}.max_stream_duration`),
    ...DEFAULT_ACTIONS.map((action) => `${action}.timeout`),
  ],
  defaults: {
    ...each(ACTIONS, 'cors_policy.allow_credentials', false),
    ...each([...DEFAULT_ACTIONS, ROUTE_ACTION], 'cors_policy.disabled', false),
    ...each(DEFAULT_ACTIONS, 'retry_policy.num_retries', 1),
    ...each(HEADERS, 'request_headers_to_add.replace', false),
    ...each(HEADERS, 'response_headers_to_add.replace', false),
    ...each(REDIRECTS, 'https_redirect', false),
    'path_matcher.route_rules.url_redirect.strip_query': false,
    'path_matcher.route_rules.match_rules.header_matches.invert_match': false,
    'path_matcher.route_rules.match_rules.ignore_case': false,
  },
  suppress: Object.fromEntries(BACKENDS.map((path) => [path, sameReference])),
};

function each<T>(paths: string[], name: string, value: T): { [path: string]: T } {
  return Object.fromEntries(paths.map((path) => [`${path}.${name}`, value]));
}

const CODES = oneOf('FOUND', 'MOVED_PERMANENTLY_DEFAULT', 'PERMANENT_REDIRECT', 'SEE_OTHER', 'TEMPORARY_REDIRECT');

export const computeUrlMap: Behaviour = {
  type,
  source: 'google/services/compute/resource_compute_url_map.go',
  plan,
  check: {
    values: each(REDIRECTS, 'redirect_response_code', CODES),
    conflicts: { default_route_action: ['default_url_redirect'] },
    exactlyOneOf: [['default_service', 'default_url_redirect', 'default_route_action.weighted_backend_services']],
  },
  operations: storedObject(type, plan, {
    id: 'projects/{project}/global/urlMaps/{name}',
    noun: 'UrlMap',
    // Returned, but optional and not computed. A configuration without it always shows a diff.
    defaults: each(REDIRECTS, 'redirect_response_code', 'MOVED_PERMANENTLY_DEFAULT'),
    selfLinks: BACKENDS,
    needs: Object.fromEntries(BACKENDS.map((path) => [path, ['google_compute_backend_service']])),
    refuse: (map, _, call) => {
      const schemes = new Set(
        backendsOf(map).map((id) => call.cloud.find('google_compute_backend_service', id)?.load_balancing_scheme),
      );
      if (schemes.size <= 1) return;
      throw new Refusal(
        apiError(
          400,
          "Invalid value for field 'resource.defaultService': Backend services must have the same load balancing scheme",
          'invalid',
        ),
      );
    },
    computed: (map, _, creation) => ({ map_id: Number(digits(15, 'map', idFrom('{project}/{name}', map), creation)) }),
    usedBy: [
      { type: 'google_compute_target_http_proxy', path: 'url_map', kind: 'url_map' },
      { type: 'google_compute_target_https_proxy', path: 'url_map', kind: 'url_map' },
    ],
  }),
};

/** The backend services that a URL map uses. */
export function backendsOf(map: ObjectValue): string[] {
  return BACKENDS.flatMap((path) => valuesAt(map, path))
    .map(referencedId)
    .filter((id) => id !== '');
}
