import { App } from 'cdktf';
import { CloudRunService, CloudRunStack, ExternalLoadBalancer } from '../../constructs';

/** A public website behind a load balancer. */
export function build(app: App): void {
  const prod = new CloudRunStack(app, 'prod', { project: 'acme-prod', region: 'europe-west1' });
  const web = new CloudRunService(prod, 'web', {
    image: 'europe-docker.pkg.dev/acme/apps/web:1.4.2',
    access: 'public',
    ingress: 'internal-and-cloud-load-balancing',
  });
  new ExternalLoadBalancer(prod, 'edge', { domains: ['www.example.com'], defaultService: web });
}

if (require.main === module) {
  const app = new App();
  build(app);
  app.synth();
}
