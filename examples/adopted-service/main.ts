import { App } from 'cdktf';
import { CloudRunService, CloudRunStack } from '../../constructs';

/** A service that existed before: `catalog.resource.importFrom(id)` would import it here. */
export function build(app: App): void {
  const prod = new CloudRunStack(app, 'prod', { project: 'acme-prod', region: 'europe-west1' });

  new CloudRunService(prod, 'catalog', {
    image: 'europe-docker.pkg.dev/acme/apps/catalog:3.2.0',
    imageUpdates: 'external',
    containerName: 'catalog-1',
    access: 'public',
    serviceAccount: 'catalog-run@acme-prod.iam.gserviceaccount.com',
    maxInstances: 20,
  });
}

if (require.main === module) {
  const app = new App();
  build(app);
  app.synth();
}
