import { App } from 'cdktf';
import { CloudRunService, CloudRunStack } from '../../constructs';

/** CI deploys the images and moves the traffic; Terraform ignores both. */
export function build(app: App): void {
  const prod = new CloudRunStack(app, 'prod', { project: 'acme-prod', region: 'europe-west1' });
  new CloudRunService(prod, 'web', {
    image: 'us-docker.pkg.dev/cloudrun/container/hello:latest',
    access: 'public',
    imageUpdates: 'external',
    trafficUpdates: 'external',
    maxInstances: 10,
    iam: { 'roles/run.developer': ['serviceAccount:deploy@acme-prod.iam.gserviceaccount.com'] },
  });
}

if (require.main === module) {
  const app = new App();
  build(app);
  app.synth();
}
