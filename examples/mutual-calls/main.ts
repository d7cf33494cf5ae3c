import { App } from 'cdktf';
import { CloudRunService, CloudRunStack } from '../../constructs';

/** Two services that call each other. */
export function build(app: App): void {
  const prod = new CloudRunStack(app, 'prod', {
    project: 'acme-prod',
    projectNumber: '123456789012',
    region: 'europe-west1',
  });
  const orders = new CloudRunService(prod, 'orders', { image: 'europe-docker.pkg.dev/acme/apps/orders:1.8.0' });
  const stock = new CloudRunService(prod, 'stock', {
    image: 'europe-docker.pkg.dev/acme/apps/stock:1.3.1',
    invokerPolicy: 'authoritative',
  });
  orders.addCall(stock);
  stock.addCall(orders, { env: 'ORDERS_BACKEND' });
}

if (require.main === module) {
  const app = new App();
  build(app);
  app.synth();
}
