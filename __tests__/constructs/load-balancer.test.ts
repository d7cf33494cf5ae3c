import { Testing } from 'cdktf';
import {
  type CloudRunStack,
  type CloudRunStackProps,
  ExternalLoadBalancer,
  type ExternalLoadBalancerProps,
} from '../../constructs';
import { partName } from '../../constructs/load-balancer/part-name';
import { LOAD_BALANCER_ROWS, SECURITY_POLICY_ROWS } from './load-balancer-vocabulary';
import { loadBalancedStack, type Resources, resourcesOf, type Services, stackOf, synth } from './synth';

const BEHIND = { access: 'public', ingress: 'internal-and-cloud-load-balancing' } as const;
const SERVICES = { web: BEHIND, api: BEHIND };

/** A stack with the load balancer `edge` for www.example.com in front of `web`. */
function edge(
  props: Partial<ExternalLoadBalancerProps<string>> = {},
  services: Services = SERVICES,
  environment: Partial<CloudRunStackProps> = {},
): CloudRunStack {
  const whole = { domains: ['www.example.com'], defaultService: 'web', ...props };
  return loadBalancedStack(services, { edge: whole }, environment);
}

function resources(...args: Parameters<typeof edge>): Resources {
  return synth(edge(...args)).resource;
}

test('a load balancer changes nothing in its services but the order of their grants', () => {
  const alone = resourcesOf(SERVICES);
  const behind = resources({ routes: [{ path: '/api/*', service: 'api' }] });
  expect(behind.google_cloud_run_v2_service).toEqual(alone.google_cloud_run_v2_service);
  expect(behind.google_service_account).toEqual(alone.google_service_account);
  expect(behind.google_cloud_run_v2_service_iam_member?.web_public).toEqual({
    ...alone.google_cloud_run_v2_service_iam_member?.web_public,
    lifecycle: { create_before_destroy: true, replace_triggered_by: ['google_cloud_run_v2_service.web.uid'] },
  });
});

test('the replacement of every part exists before the old part is destroyed', () => {
  const every = resources({ certificate: 'certificate-manager', dnsZone: 'example', securityPolicy: {} });
  const parts = Object.entries(every).filter(([type]) => /_(compute|certificate_manager|dns)_/.test(type));
  expect(parts.length).toBeGreaterThan(10);
  for (const [, byName] of parts) {
    for (const part of Object.values(byName)) expect(part.lifecycle).toMatchObject({ create_before_destroy: true });
  }
});

test('requests come only after all grants to callers, also later ones', () => {
  const stack = edge({}, { web: { ...BEHIND, access: 'private' } });
  stack.services[0]?.grantInvoke('group:support@example.com');
  const { google_compute_region_network_endpoint_group: groups } = synth(stack).resource;
  expect(groups['edge_web_europe-west1'].depends_on).toEqual([
    'google_cloud_run_v2_service_iam_member.web_invoker_group_support_at_example_com',
  ]);
});

test('an authoritative policy is waited for as a whole', () => {
  const { google_compute_region_network_endpoint_group: groups, google_cloud_run_v2_service_iam_binding: bindings } =
    resources({}, { web: { ...BEHIND, invokerPolicy: 'authoritative' } });
  expect(groups?.['edge_web_europe-west1']?.depends_on).toEqual([
    'google_cloud_run_v2_service_iam_binding.web_invokers',
  ]);
  expect(bindings?.web_invokers?.lifecycle).toMatchObject({ create_before_destroy: true });
});

test('an endpoint group that has to be replaced gets another name, and no other part does', () => {
  const names = (services: Services) =>
    Object.entries(resources({}, services))
      .filter(([type]) => type.startsWith('google_compute_'))
      .flatMap(([type, byName]) => Object.values(byName).map(({ name }) => `${type} ${name}`));
  const before = names({ web: BEHIND });
  const after = names({ web: { ...BEHIND, region: 'us-central1' } });
  const changed = after.filter((name) => !before.includes(name));
  expect(changed).toEqual([expect.stringMatching(/^google_compute_region_network_endpoint_group edge-web-/)]);
});

describe('names', () => {
  const LONG = 'a-very-long-name-that-goes-on-and-on-and-says-next-to-nothing-at-all';

  test.each([
    ['edge', [], 'edge'],
    ['edge', ['ipv6'], expect.stringMatching(/^edge-ipv6-[0-9a-f]{8}$/)],
    ['Edge_EU', [], expect.stringMatching(/^edge-eu-[0-9a-f]{8}$/)],
    ['2nd', [], expect.stringMatching(/^nd-[0-9a-f]{8}$/)],
    ['22', [], expect.stringMatching(/^lb-[0-9a-f]{8}$/)],
    ['edge', ['*.bücher.example'], expect.stringMatching(/^edge-b-cher-example-[0-9a-f]{8}$/)],
  ])('of %s %j', (loadBalancer, parts, expected) => {
    expect(partName(loadBalancer, parts)).toEqual(expected);
  });

  test.each([[LONG], [LONG, LONG], ['edge', LONG], ['edge', '-'.repeat(80)]])(
    'are names to Google, however long: %s %s',
    (loadBalancer, ...parts) => {
      expect(partName(loadBalancer, parts)).toMatch(/^[a-z](?:[-a-z0-9]{0,61}[a-z0-9])$/);
    },
  );

  test('are never equal, whatever the names of load balancers and their parts', () => {
    expect(partName('edge', ['api-web'])).not.toBe(partName('edge-api', ['web']));
    expect(partName('edge', ['ipv6'])).not.toBe(partName('edge-ipv6'));
    expect(partName(LONG, ['a'])).not.toBe(partName(LONG, ['b']));
  });
});

describe('what a key becomes', () => {
  test.each(LOAD_BALANCER_ROWS)('%j', (props, address, expected) => {
    const [type = '', name = ''] = address.split('.');
    const resource = resources(props)[type]?.[name];
    if (expected === undefined) expect(resource).toBeUndefined();
    else expect(resource).toMatchObject(expected);
  });

  test.each(SECURITY_POLICY_ROWS)('the rules of %j', (securityPolicy, priorities) => {
    const { google_compute_security_policy: policies } = resources({ securityPolicy });
    expect(policies?.edge?.rule.map(({ priority }: { priority: number }) => priority)).toEqual(priorities);
  });

  test('a service that is left out of Cloud Armor has none', () => {
    const { google_compute_backend_service: backends } = resources({
      securityPolicy: {},
      backends: { web: { securityPolicy: false } },
    });
    expect(backends?.edge_web?.security_policy).toBeUndefined();
  });
});

describe('routes', () => {
  function matchers(props: Partial<ExternalLoadBalancerProps<string>>) {
    const map = resources({ domains: ['example.com', 'www.example.com'], ...props }).google_compute_url_map?.edge;
    return { hosts: map?.host_rule, matchers: map?.path_matcher };
  }
  const WEB = '${google_compute_backend_service.edge_web.id}';
  const API = '${google_compute_backend_service.edge_api.id}';
  const PERMANENTLY = {
    https_redirect: false,
    redirect_response_code: 'MOVED_PERMANENTLY_DEFAULT',
    strip_query: false,
  };

  test('without any everything goes to the default service', () => {
    expect(matchers({})).toEqual({ hosts: undefined, matchers: undefined });
  });

  test('their order does not change the output', () => {
    const routes = [
      { path: '/a/*', service: 'api' },
      { path: '/b', service: 'web' },
    ];
    expect(matchers({ routes })).toEqual(matchers({ routes: [...routes].reverse() }));
  });

  test("a host's own route for a path overrides that of every host", () => {
    const { matchers: found } = matchers({
      routes: [
        { path: '/api/*', service: 'api' },
        { host: 'example.com', path: '/api/*', service: 'web' },
      ],
    });
    expect(found).toEqual([
      { name: 'every-host', default_service: WEB, path_rule: [{ paths: ['/api/*'], service: API }] },
      expect.objectContaining({ default_service: WEB, path_rule: [{ paths: ['/api/*'], service: WEB }] }),
    ]);
  });

  test('a host that is redirected as a whole does not get the routes of every host', () => {
    const { matchers: found } = matchers({
      routes: [{ path: '/api/*', service: 'api' }],
      redirects: [{ host: 'example.com', to: 'www.example.com' }],
    });
    expect(found[1]).toEqual({
      name: expect.any(String),
      default_url_redirect: { ...PERMANENTLY, host_redirect: 'www.example.com' },
    });
  });

  test.each([
    ['www.example.org', { host_redirect: 'www.example.org' }],
    ['/new', { path_redirect: '/new' }],
    ['https://www.example.org', { host_redirect: 'www.example.org' }],
    ['https://www.example.org/', { host_redirect: 'www.example.org', path_redirect: '/' }],
    ['https://www.example.org/new', { host_redirect: 'www.example.org', path_redirect: '/new' }],
  ])('a redirect to %s', (to, expected) => {
    const { matchers: found } = matchers({ redirects: [{ path: '/old', to }] });
    expect(found[0].path_rule[0].url_redirect).toEqual({ ...PERMANENTLY, ...expected });
  });
});

test('outputs contain the addresses of the load balancer, and the records that its domains need', () => {
  const { output } = synth(edge({ certificate: 'certificate-manager' }));
  expect(output.load_balancers.value).toEqual({
    edge: {
      ipv4: '${google_compute_global_address.edge.address}',
      ipv6: '${google_compute_global_address.edge_ipv6.address}',
      domains: ['www.example.com'],
    },
  });
  expect(output.dns_records.value['www.example.com'].map(({ type }: { type: string }) => type)).toEqual([
    'A',
    'AAAA',
    'CNAME',
  ]);
  expect(synth(stackOf(SERVICES)).output.load_balancers).toBeUndefined();
});

test('records are known before the first apply where the address is', () => {
  const address = { existing: 'front-door', ip: '203.0.113.7', ipv6: '2001:db8::7' };
  expect(edge({ domains: ['example.com'], address }).dnsRecords()).toEqual([
    {
      domain: 'example.com',
      loadBalancer: 'edge',
      dnsZone: undefined,
      records: [
        { type: 'A', name: 'example.com', values: ['203.0.113.7'] },
        { type: 'AAAA', name: 'example.com', values: ['2001:db8::7'] },
      ],
    },
  ]);
});

test('APIs in use are enabled before they are called', () => {
  const { google_project_service: apis = {}, ...others } = resources(
    { certificate: 'certificate-manager', dnsZone: 'example', iap: { members: ['user:a@example.com'] } },
    { web: { ingress: 'internal-and-cloud-load-balancing' } },
    { enableApis: true, projectNumber: '123456789012' },
  );
  expect(Object.keys(apis)).toEqual(['certificatemanager', 'compute', 'dns', 'iam', 'iap', 'run']);
  expect(others.google_compute_global_address?.edge?.depends_on).toEqual(['google_project_service.compute']);
});

test('any argument of the resource can be changed', () => {
  const stack = edge();
  const [loadBalancer] = stack.loadBalancers;
  loadBalancer?.frontend.httpsProxy.addOverride('quic_override', 'ENABLE');
  expect(synth(stack).resource.google_compute_target_https_proxy.edge.quic_override).toBe('ENABLE');
});

test('the order of domains, backends and load balancers does not change the output', () => {
  const one = { domains: ['a.example.com', 'b.example.com'], defaultService: 'web' };
  const two = { domains: ['c.example.com'], defaultService: 'api' };
  const written = loadBalancedStack(SERVICES, { one, two });
  const reversed = loadBalancedStack(SERVICES, { two, one: { ...one, domains: [...one.domains].reverse() } });
  expect(Testing.synth(reversed)).toBe(Testing.synth(written));
});

test('text that looks like a template is literal', () => {
  const { google_compute_backend_service: backends } = resources({ customRequestHeaders: ['X-Price: ${price}'] });
  expect(backends?.edge_web?.custom_request_headers).toEqual(['X-Price: $${price}']);
});

test('a service of another stack is refused with what to do', () => {
  const here = stackOf(SERVICES);
  const [elsewhere] = stackOf(SERVICES).services;
  if (!elsewhere) throw new Error('no service');
  const make = () =>
    new ExternalLoadBalancer(here, 'edge', { domains: ['www.example.com'], defaultService: elsewhere });
  expect(make).toThrow("prod/edge: 'prod/web' is in another stack; put both in one");
});
