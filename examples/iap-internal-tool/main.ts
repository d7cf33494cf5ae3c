import { App } from 'cdktf';
import { CloudRunService, CloudRunStack, ExternalLoadBalancer } from '../../constructs';

/** Internal tools behind Identity-Aware Proxy, one of them beside a public site. */
export function build(app: App): void {
  const prod = new CloudRunStack(app, 'prod', {
    project: 'acme-prod',
    projectNumber: '123456789012',
    region: 'europe-west1',
  });
  const ingress = 'internal-and-cloud-load-balancing';
  const web = new CloudRunService(prod, 'web', {
    image: 'europe-docker.pkg.dev/acme/apps/web:1.4.2',
    access: 'public',
    ingress,
  });
  const admin = new CloudRunService(prod, 'admin', { image: 'europe-docker.pkg.dev/acme/apps/admin:0.9.0', ingress });
  const reports = new CloudRunService(prod, 'reports', {
    image: 'europe-docker.pkg.dev/acme/apps/reports:1.1.0',
    ingress,
  });
  new ExternalLoadBalancer(prod, 'edge', {
    domains: ['www.example.com', 'admin.example.com'],
    defaultService: web,
    routes: [{ host: 'admin.example.com', service: admin }],
    backends: { admin: { iap: { members: ['group:support@example.com', 'user:developer@example.com'] } } },
  });
  new ExternalLoadBalancer(prod, 'reports-edge', {
    domains: ['reports.example.com'],
    defaultService: reports,
    iap: { members: ['domain:example.com'], oauthClient: '123456789012-reports.apps.googleusercontent.com' },
  });
}

if (require.main === module) {
  const app = new App();
  build(app);
  app.synth();
}
