import { App } from 'cdktf';
import { CloudRunService, CloudRunStack, ExternalLoadBalancer } from '../../constructs';

const BEHIND = { access: 'public', ingress: 'internal-and-cloud-load-balancing' } as const;

/** A website, an API and documentation behind one address. */
export function build(app: App): void {
  buildStaging(app);
  buildProd(app);
}

function services(stack: CloudRunStack) {
  const add = (name: string, image: string) =>
    new CloudRunService(stack, name, { ...BEHIND, image: `europe-docker.pkg.dev/acme/apps/${image}` });
  const web = add('web', 'web:1.4.2');
  const api = add('api', 'api:2.0.1');
  add('api-next', 'api:3.0.0-rc.1');
  const docs = add('docs', 'docs:5.2.0');
  return { web, api, docs };
}

/** The settings of the load balancers of both environments. */
const SETTINGS = {
  logging: { sampleRate: 0.1 },
  customResponseHeaders: ['Strict-Transport-Security: max-age=31536000'],
  customRequestHeaders: ['X-Client-Region: {client_region}'],
  compressionMode: 'disabled',
  cdn: false,
  backends: {
    docs: {
      cdn: {
        cacheMode: 'cache-all-static',
        defaultTtl: '1h',
        maxTtl: '1d',
        clientTtl: '10m',
        negativeCaching: true,
        serveWhileStale: '1d',
      },
      compressionMode: 'automatic',
      logging: { sampleRate: 0.01 },
      customRequestHeaders: [],
      customResponseHeaders: ['X-Served-By: docs'],
      securityPolicy: { existing: 'docs-policy' },
    },
  },
} as const;

function buildStaging(app: App): void {
  const staging = new CloudRunStack(app, 'staging', { project: 'acme-staging', region: 'europe-west1' });
  const { web, api, docs } = services(staging);
  new ExternalLoadBalancer(staging, 'edge', {
    ...SETTINGS,
    domains: ['staging.example.com'],
    defaultService: web,
    routes: [
      { path: '/api/*', service: api },
      { path: '/docs/*', service: docs },
    ],
    securityPolicy: {
      default: 'deny',
      allow: ['192.0.2.0/24', '2001:db8::/32'],
      rateLimit: { count: 600, interval: '1m' },
    },
    deletionProtection: false,
  });
  new ExternalLoadBalancer(staging, 'preview', {
    name: 'edge-preview',
    domains: ['preview.example.com'],
    defaultService: web,
    ipv6: false,
    httpRedirect: false,
  });
}

function buildProd(app: App): void {
  const prod = new CloudRunStack(app, 'prod', { project: 'acme-prod', region: 'europe-west1' });
  const { web, api, docs } = services(prod);
  new ExternalLoadBalancer(prod, 'edge', {
    ...SETTINGS,
    domains: ['example.com', 'www.example.com', 'api.example.com', 'docs.example.com'],
    defaultService: web,
    routes: [
      { host: 'api.example.com', services: { api: 90, 'api-next': 10 } },
      { host: 'api.example.com', path: '/v3/*', services: { 'api-next': 1 }, pathPrefixRewrite: '/' },
      { host: 'docs.example.com', service: docs },
      { path: '/api/*', service: api, pathPrefixRewrite: '/' },
    ],
    redirects: [
      { host: 'example.com', to: 'www.example.com' },
      { path: '/shop', to: 'https://shop.example.org/', permanent: false },
      { host: 'docs.example.com', path: '/v1/*', to: '/archive' },
    ],
    securityPolicy: {
      deny: ['198.51.100.0/24', '203.0.113.7'],
      preconfiguredWaf: ['sqli-v33-stable', { name: 'xss-v33-stable', sensitivity: 2, preview: true }],
      rateLimit: { count: 100, interval: '1m', by: 'ip' },
      rules: [
        { priority: 500, expression: "request.path.startsWith('/internal')", action: 'deny-404' },
        { priority: 510, expression: "origin.region_code == 'AQ'", action: 'deny', preview: true },
      ],
      adaptiveProtection: true,
    },
  });
}

if (require.main === module) {
  const app = new App();
  build(app);
  app.synth();
}
