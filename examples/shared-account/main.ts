import { App } from 'cdktf';
import { CloudRunService, CloudRunStack } from '../../constructs';

/** Services that share an account and a database, and services that run as existing accounts. */
export function build(app: App): void {
  const prod = new CloudRunStack(app, 'prod', {
    project: 'acme-prod',
    region: 'europe-west1',
    backend: {
      cloud: { organization: 'acme', workspace: 'cloud-run-prod', project: 'shop', hostname: 'tfe.example.com' },
    },
  });
  const frontend = new CloudRunService(prod, 'frontend', {
    image: 'europe-docker.pkg.dev/acme/apps/frontend:1.0.0',
    access: 'public',
  });
  const backend = {
    serviceAccount: { name: 'backend', displayName: 'Back end' },
    roles: ['roles/datastore.user'],
    cloudSqlInstances: ['orders', 'acme-data:europe-west1:catalog'],
    invokers: [`serviceAccount:${frontend.serviceAccount.email}`],
  };
  new CloudRunService(prod, 'orders', { ...backend, image: 'europe-docker.pkg.dev/acme/apps/orders:4.1.0' });
  new CloudRunService(prod, 'invoices', { ...backend, image: 'europe-docker.pkg.dev/acme/apps/invoices:2.3.0' });
  new CloudRunService(prod, 'importer', {
    image: 'europe-docker.pkg.dev/acme/apps/importer:1.0.0',
    serviceAccount: 'importer@acme-data.iam.gserviceaccount.com',
  });
  new CloudRunService(prod, 'legacy', {
    image: 'europe-docker.pkg.dev/acme/apps/legacy:0.9.0',
    serviceAccount: 'default',
  });
}

if (require.main === module) {
  const app = new App();
  build(app);
  app.synth();
}
