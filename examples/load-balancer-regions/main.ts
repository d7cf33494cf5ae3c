import { App } from 'cdktf';
import { CloudRunService, CloudRunStack, ExternalLoadBalancer } from '../../constructs';

const BEHIND = { access: 'public', ingress: 'internal-and-cloud-load-balancing' } as const;

/** Services in several regions behind addresses that send everybody to the nearest region. */
export function build(app: App): void {
  const prod = new CloudRunStack(app, 'prod', { project: 'acme-prod', region: 'europe-west1' });
  const web = new CloudRunService(prod, 'web', {
    ...BEHIND,
    image: 'europe-docker.pkg.dev/acme/apps/web:1.4.2',
    regions: ['europe-west1', 'us-central1', 'asia-northeast1'],
  });
  const api = new CloudRunService(prod, 'api', {
    ...BEHIND,
    image: 'europe-docker.pkg.dev/acme/apps/api:2.0.1',
    regions: ['europe-west1', 'us-central1'],
  });
  new ExternalLoadBalancer(prod, 'edge', { domains: ['www.example.com'], defaultService: web });
  new ExternalLoadBalancer(prod, 'api-edge', {
    domains: ['api.example.com'],
    defaultService: api,
    outlierDetection: { consecutiveErrors: 3, interval: '10s', baseEjectionTime: '1m', maxEjectionPercent: 100 },
  });
}

if (require.main === module) {
  const app = new App();
  build(app);
  app.synth();
}
