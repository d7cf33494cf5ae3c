import { App } from 'cdktf';
import { CloudRunService, CloudRunStack } from '../../constructs';

/** A service in two regions. It calls a service of another project, and a service in its own regions. */
export function build(app: App): void {
  const prod = new CloudRunStack(app, 'prod', { project: 'acme-prod', region: 'europe-west1' });
  const checkout = new CloudRunService(prod, 'checkout', {
    image: 'europe-docker.pkg.dev/acme/apps/checkout:4.0.2',
    regions: ['europe-west1', 'us-central1'],
  });
  const prices = new CloudRunService(prod, 'prices', {
    image: 'europe-docker.pkg.dev/acme/apps/prices:2.2.0',
    regions: ['europe-west1', 'us-central1'],
    schedules: { refresh: { schedule: 'every 15 minutes', path: '/refresh', region: 'us-central1' } },
  });
  checkout.addCall(prices);
  const invoices = CloudRunService.fromAttributes(prod, 'invoices', {
    project: 'acme-billing',
    projectNumber: '210987654321',
    region: 'europe-west1',
    name: 'invoices',
  });
  checkout.addCall(invoices, { env: 'INVOICES' });
}

if (require.main === module) {
  const app = new App();
  build(app);
  app.synth();
}
