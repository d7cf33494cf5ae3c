import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CloudRunServiceProps, CloudRunStackProps, ExternalLoadBalancerProps } from '../../constructs';
import type { CloudData } from '../../emulator';
import { loadBalancedStack } from '../constructs/synth';
import {
  type Configuration,
  describeWithTerraform,
  settingsOf,
  useWorkspace,
  type Workspace,
} from '../emulator/harness';
import { configurationOf } from './configuration';
import { whyClosed } from './front-door';

type Services = Record<string, Partial<CloudRunServiceProps<string>>>;
type LoadBalancers = Record<string, ExternalLoadBalancerProps<string>>;

const BEHIND = { access: 'public', ingress: 'internal-and-cloud-load-balancing', deletionProtection: false } as const;
const TWO_REGIONS = { regions: ['europe-west1', 'us-central1'] } as const;
const WWW = 'www.example.com';
const EDGE = { domains: [WWW], defaultService: 'web', deletionProtection: false } as const;
const POLICY = { deny: ['203.0.113.0/24'] } as const;

/** A version of the file, with `api` and `web` by default. */
interface State {
  readonly services?: Services;
  readonly edge?: Partial<ExternalLoadBalancerProps<string>>;
  readonly others?: LoadBalancers;
}

function configuration(
  { services = {}, edge = {}, others = {} }: State,
  environment: Partial<CloudRunStackProps> = {},
): Configuration {
  const all = Object.entries<Partial<CloudRunServiceProps<string>>>({ web: {}, api: {}, ...services });
  const behind = Object.fromEntries(all.map(([key, props]) => [key, { ...BEHIND, ...props }]));
  return configurationOf(loadBalancedStack(behind, { edge: { ...EDGE, ...edge }, ...others }, environment));
}

const API = { path: '/api/*', service: 'api' };

const CHANGES: [name: string, before: State, after: State][] = [
  ['a domain is added', {}, { edge: { domains: [WWW, 'example.com'] } }],
  ['a domain is removed', { edge: { domains: [WWW, 'example.com'] } }, {}],
  ['a route is added', {}, { edge: { routes: [API] } }],
  ['a route moves to another service', { edge: { routes: [API] } }, { edge: { routes: [{ ...API, service: 'web' }] } }],
  ['a service is removed', { edge: { routes: [API] } }, {}],
  [
    'a service that shared a route is removed',
    { edge: { routes: [{ path: '/beta/*', services: { api: 1, web: 9 } }] } },
    { edge: { routes: [{ path: '/beta/*', services: { web: 1 } }] } },
  ],
  ['the default service changes', {}, { edge: { defaultService: 'api' } }],
  ['a service moves to another region', {}, { services: { web: { region: 'us-central1' } } }],
  ['a service gets another name', {}, { services: { web: { name: 'website' } } }],
  ['a region is added', { services: { web: { regions: ['europe-west1'] } } }, { services: { web: TWO_REGIONS } }],
  ['a service without regions gets two', {}, { services: { web: TWO_REGIONS } }],
  [
    'a region is swapped',
    { services: { web: TWO_REGIONS } },
    { services: { web: { regions: ['europe-west1', 'asia-northeast1'] } } },
  ],
  [
    'the first region is swapped',
    { services: { web: TWO_REGIONS } },
    { services: { web: { regions: ['asia-northeast1', 'us-central1'] } } },
  ],
  ['a region is removed', { services: { web: TWO_REGIONS } }, { services: { web: { regions: ['us-central1'] } } }],
  ['Cloud Armor is added', {}, { edge: { securityPolicy: POLICY } }],
  ['Cloud Armor is removed', { edge: { securityPolicy: POLICY } }, {}],
  ['an SSL policy that exists takes the place of its own', {}, { edge: { sslPolicy: { existing: 'company-policy' } } }],
  ['certificates come from Certificate Manager', {}, { edge: { certificate: 'certificate-manager' } }],
  ['certificates come from Google again', { edge: { certificate: 'certificate-manager' } }, {}],
  ['an address that exists takes the place of its own', {}, { edge: { address: { existing: 'front-door' } } }],
  ['the load balancer gets another name', {}, { edge: { name: 'front-door' } }],
  ['IPv6 goes', {}, { edge: { ipv6: false } }],
  ['port 80 closes', {}, { edge: { httpRedirect: false } }],
  [
    'another load balancer goes',
    { others: { shop: { ...EDGE, domains: ['shop.example.com'], defaultService: 'api' } } },
    {},
  ],
];

describeWithTerraform('a load balancer stays reachable while it changes', () => {
  const used = useWorkspace();

  test.each(CHANGES)('%s', async (_, before, after) => {
    const { cloud } = used.current;
    await begin(used.current, before);
    expect(whyClosed(cloud, WWW)).toBeUndefined();
    const closed = new Set<string>();
    cloud.onChange(() => {
      const reason = whyClosed(cloud, WWW, '/') ?? whyClosed(cloud, WWW, '/api/orders');
      if (reason) closed.add(reason);
    });
    await used.current.write(configuration(after)).apply();
    expect([...closed]).toEqual([]);
    expect(await used.current.isUpToDate()).toBe(true);
  });
});

/** What is applied before a change: many changes begin with the same, which is applied once. */
const APPLIED = new Map<string, { readonly state: string; readonly data: CloudData }>();

async function begin(workspace: Workspace, before: State): Promise<void> {
  const key = JSON.stringify(before);
  const known = APPLIED.get(key);
  if (known) {
    workspace.file('terraform.tfstate', known.state);
    Object.assign(workspace.cloud.data, structuredClone(known.data));
    return;
  }
  await workspace.write(configuration(before)).apply();
  const state = readFileSync(join(workspace.folder, 'terraform.tfstate'), 'utf8');
  APPLIED.set(key, { state, data: structuredClone(workspace.cloud.data) });
}

describeWithTerraform('the file decides every setting of a load balancer', () => {
  const used = useWorkspace();
  const fresh = useWorkspace();

  test('settings that are set and then removed give the same cloud as if they were never set', async () => {
    const services = { web: { access: 'private' } } as const;
    const environment = { projectNumber: '123456789012' };
    const every: State['edge'] = {
      iap: { members: ['group:support@example.com'] },
      securityPolicy: { ...POLICY, rateLimit: { count: 100, interval: '1m' } },
      logging: { sampleRate: 0.1 },
      customRequestHeaders: ['X-Client-Region: {client_region}'],
      customResponseHeaders: ['Strict-Transport-Security: max-age=31536000'],
      compressionMode: 'automatic',
      outlierDetection: true,
      routes: [API],
      redirects: [{ path: '/old', to: '/new' }],
      minTlsVersion: '1.0',
      sslProfile: 'compatible',
      backends: { api: { iap: false, cdn: true } },
      dnsZone: 'example-com',
    };
    const written = (edge: State['edge']) => configuration({ services, edge }, environment);
    await used.current.write(written(every)).apply();
    await used.current.write(written({})).apply();
    expect(await used.current.isUpToDate()).toBe(true);
    await fresh.current.write(written({})).apply();
    expect(settingsOf(used.current.cloud)).toEqual(settingsOf(fresh.current.cloud));
  });

  test('Cloud CDN is off when it is removed', async () => {
    await used.current.write(configuration({ edge: { cdn: true } })).apply();
    await used.current.write(configuration({})).apply();
    expect(await used.current.state('google_compute_backend_service.edge_web')).toMatchObject({ enable_cdn: false });
    expect(await used.current.isUpToDate()).toBe(true);
  });

  test('addresses are not released while they are protected', async () => {
    const kept = { deletionProtection: true };
    await used.current.write(configuration({ edge: kept })).apply();
    await expect(used.current.write(configuration({ edge: { ...kept, name: 'other' } })).plan()).rejects.toThrow(
      /Instance cannot be destroyed/,
    );
  });
});

describeWithTerraform('a first deployment that fails behind a load balancer', () => {
  const used = useWorkspace();

  test('cannot be replaced, and works after untaint, as the documentation says', async () => {
    const stack = loadBalancedStack({ web: BEHIND }, { edge: EDGE });
    const unreadable = [{ name: 'TOKEN', value_source: { secret_key_ref: { secret: 'token', version: '1' } } }];
    stack.services[0]?.resource.addOverride('template.containers.0.env', unreadable);
    const workspace = used.current;
    await expect(workspace.write(configurationOf(stack)).apply()).rejects.toThrow(/ermission/);
    const corrected = workspace.write(configuration({}));
    await expect(corrected.apply()).rejects.toThrow(/already exists/);
    await workspace.terraform('untaint', 'google_cloud_run_v2_service.web');
    await corrected.apply();
    expect(whyClosed(workspace.cloud, WWW)).toBeUndefined();
  });
});
