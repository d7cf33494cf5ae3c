import { App } from 'cdktf';
import { CloudRunService, CloudRunStack, ExternalLoadBalancer } from '../../constructs';

/** A live domain that moves to a load balancer without a gap. */
export function build(app: App): void {
  const prod = new CloudRunStack(app, 'prod', { project: 'acme-prod', region: 'europe-west1', enableApis: true });
  const web = new CloudRunService(prod, 'web', {
    image: 'europe-docker.pkg.dev/acme/apps/web:1.4.2',
    access: 'public',
    ingress: 'internal-and-cloud-load-balancing',
  });
  new ExternalLoadBalancer(prod, 'edge', {
    domains: ['example.com', '*.example.com', 'www.example.org'],
    defaultService: web,
    certificate: 'certificate-manager',
    dnsZone: { name: 'example-com', dnsName: 'example.com' },
  });
}

if (require.main === module) {
  const app = new App();
  build(app);
  app.synth();
}
