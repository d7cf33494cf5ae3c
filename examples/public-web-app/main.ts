import { App } from 'cdktf';
import { CloudRunService, CloudRunStack } from '../../constructs';

/** A website that everybody may open, on domains of its own. */
export function build(app: App): void {
  const prod = new CloudRunStack(app, 'prod', { project: 'acme-prod', region: 'europe-west1' });
  new CloudRunService(prod, 'web', {
    image: 'europe-docker.pkg.dev/acme/apps/web:1.4.2',
    access: 'public',
    domains: [
      'www.example.org',
      { name: 'shop.example.com', dnsZone: 'example-com' },
      { name: 'example.com', dnsZone: 'example-com' },
    ],
    minInstances: 1,
    maxInstances: 20,
  });
}

if (require.main === module) {
  const app = new App();
  build(app);
  app.synth();
}
