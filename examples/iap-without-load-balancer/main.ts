import { App } from 'cdktf';
import { CloudRunService, CloudRunStack } from '../../constructs';

/** An internal tool behind Identity-Aware Proxy, without a load balancer. */
export function build(app: App): void {
  const prod = new CloudRunStack(app, 'prod', {
    project: 'acme-prod',
    projectNumber: '123456789012',
    region: 'europe-west1',
  });
  new CloudRunService(prod, 'admin', {
    image: 'europe-docker.pkg.dev/acme/apps/admin:0.9.0',
    iap: { members: ['group:support@example.com', 'user:developer@example.com'] },
    domains: ['admin.example.com'],
  });
  new CloudRunService(prod, 'reports', {
    image: 'europe-docker.pkg.dev/acme/apps/reports:1.1.0',
    invokers: ['group:support@example.com'],
  });
}

if (require.main === module) {
  const app = new App();
  build(app);
  app.synth();
}
