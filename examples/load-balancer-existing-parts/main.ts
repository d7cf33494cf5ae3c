import { App } from 'cdktf';
import { CloudRunService, CloudRunStack, ExternalLoadBalancer } from '../../constructs';

/** Load balancers with existing addresses, certificates and policies. */
export function build(app: App): void {
  const prod = new CloudRunStack(app, 'prod', { project: 'acme-prod', region: 'europe-west1' });
  const web = new CloudRunService(prod, 'web', {
    image: 'europe-docker.pkg.dev/acme/apps/web:1.4.2',
    access: 'public',
    ingress: 'internal-and-cloud-load-balancing',
  });
  new ExternalLoadBalancer(prod, 'edge', {
    domains: ['www.example.com'],
    defaultService: web,
    address: { existing: 'front-door', ip: '203.0.113.7', ipv6: '2001:db8::7' },
    certificate: { existing: ['www-2026', 'www-2025'] },
    sslPolicy: { existing: 'company-policy' },
    securityPolicy: { existing: 'company-armor' },
    dnsZone: 'example-com',
  });
  new ExternalLoadBalancer(prod, 'partners', {
    domains: ['partners.example.com'],
    defaultService: web,
    certificate: { map: 'partners' },
    minTlsVersion: '1.2',
    sslProfile: 'restricted',
  });
}

if (require.main === module) {
  const app = new App();
  build(app);
  app.synth();
}
