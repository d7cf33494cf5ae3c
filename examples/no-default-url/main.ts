import { App } from 'cdktf';
import { CloudRunService, CloudRunStack, ExternalLoadBalancer } from '../../constructs';

/** Services that answer only on a load balancer or a mapped domain, not on run.app URLs. */
export function build(app: App): void {
  const prod = new CloudRunStack(app, 'prod', { project: 'acme-prod', region: 'europe-west1' });
  const access = 'public';
  const web = new CloudRunService(prod, 'web', {
    image: 'europe-docker.pkg.dev/acme/apps/web:1.4.2',
    access,
    defaultUrl: false,
    ingress: 'internal-and-cloud-load-balancing',
  });
  new CloudRunService(prod, 'docs', {
    image: 'europe-docker.pkg.dev/acme/apps/docs:2.0.0',
    access,
    defaultUrl: false,
    domains: ['docs.example.com'],
  });
  new CloudRunService(prod, 'preview', { image: 'europe-docker.pkg.dev/acme/apps/preview:0.3.0', access });
  new ExternalLoadBalancer(prod, 'edge', {
    domains: ['www.example.com'],
    defaultService: web,
    securityPolicy: { deny: ['203.0.113.0/24'] },
  });
}

if (require.main === module) {
  const app = new App();
  build(app);
  app.synth();
}
