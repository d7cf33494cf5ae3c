import type { ServiceExposure } from '../../exposure';
import { stackExposure } from './stack-exposure';

const PROJECT = 'acme-prod';
const REGION = 'europe-west1';
const GLOBAL = `projects/${PROJECT}/global`;

/** The one service of a stack in Terraform's JSON: `api` behind a load balancer whose backend service has what is given. */
function apiOf(parts: { service?: object; backend?: object; members?: unknown; locals?: object; variable?: object }) {
  const place = { project: PROJECT, region: REGION };
  const json = {
    locals: parts.locals,
    variable: parts.variable,
    provider: { google: [place] },
    resource: {
      google_cloud_run_v2_service: { api: { name: 'api', location: REGION, project: PROJECT, ...parts.service } },
      google_cloud_run_v2_service_iam_binding: {
        api: {
          name: 'api',
          location: REGION,
          project: PROJECT,
          role: 'roles/run.invoker',
          members: parts.members ?? [],
        },
      },
      google_compute_region_network_endpoint_group: {
        api: { name: 'api', ...place, cloud_run: { service: 'api' } },
      },
      google_compute_backend_service: {
        api: {
          name: 'api',
          project: PROJECT,
          backend: [{ group: `projects/${PROJECT}/regions/${REGION}/networkEndpointGroups/api` }],
          ...parts.backend,
        },
      },
      google_compute_url_map: { edge: { name: 'edge', default_service: `${GLOBAL}/backendServices/api` } },
      google_compute_target_https_proxy: { edge: { name: 'edge', url_map: `${GLOBAL}/urlMaps/edge` } },
      google_compute_global_forwarding_rule: { edge: { name: 'edge', target: `${GLOBAL}/targetHttpsProxies/edge` } },
    },
  };
  const [api] = stackExposure(JSON.stringify(json)).services;
  if (!api) throw new Error('there is no service');
  return api;
}

const balanced = ({ entries }: ServiceExposure) => entries.find(({ via }) => via === 'load-balancer')?.authentication;

const LOCALS = { api: { ingress: 'INGRESS_TRAFFIC_INTERNAL_ONLY', open: true, 'may call': ['group:ops@example.com'] } };

test('what is inside a local is read, by dots and by keys', () => {
  const api = apiOf({
    locals: { cfg: LOCALS },
    service: { ingress: '${local.cfg.api.ingress}', invoker_iam_disabled: '${local.cfg["api"].open}' },
  });
  expect(api).toMatchObject({ ingress: 'internal', authentication: 'none', doubts: [] });
});

test('members inside a local are read', () => {
  const api = apiOf({ locals: { cfg: LOCALS }, members: '${local.cfg["api"]["may call"]}' });
  expect(api.callers).toEqual(['group:ops@example.com']);
});

test.each([
  ['the invoker check', { invoker_iam_disabled: '${local.cfg.api.open}' }],
  ['the ingress', { ingress: '${local.cfg["api"].ingress}' }],
])('%s inside a local that is not known is not known', (_, service) => {
  const cfg = { api: '${jsondecode(var.settings)}' };
  const api = apiOf({ locals: { cfg }, variable: { settings: {} }, service });
  expect(api.doubts.length).toBeGreaterThan(0);
});

test('members inside a local that are not known may be anybody', () => {
  const api = apiOf({ locals: { people: { api: '${var.people}' } }, members: '${local.people.api}' });
  expect(api).toMatchObject({ authentication: '(known after apply)', callers: ['(known after apply)'] });
});

test.each([
  ['a list', [1], 'iap'],
  ['nothing', [], 'iam'],
  ['a map of a local', '${local.iap}', 'iap'],
  ['what is not known', '${var.iap}', '(known after apply)'],
])('a dynamic block over %s', (_, for_each, authentication) => {
  const dynamic = { iap: { for_each, content: { enabled: true } } };
  expect(balanced(apiOf({ locals: { iap: { on: true } }, backend: { dynamic } }))).toBe(authentication);
});

test('what a dynamic block takes from its elements is read', () => {
  const dynamic = {
    iap: { for_each: [{ on: false }], iterator: 'each_iap', content: { enabled: '${each_iap.value.on}' } },
  };
  expect(balanced(apiOf({ backend: { dynamic } }))).toBe('iam');
});
