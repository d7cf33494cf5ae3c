import { App } from 'cdktf';
import { CloudRunService, CloudRunStack } from '../../constructs';

/** A tenth of the requests for the new revision, and a tag for the earlier one. */
export function build(app: App): void {
  const prod = new CloudRunStack(app, 'prod', { project: 'acme-prod', region: 'europe-west1' });
  new CloudRunService(prod, 'web', {
    image: 'europe-docker.pkg.dev/acme/apps/web:1.5.0',
    access: 'public',
    traffic: [
      { revision: 'web-00041-qux', percent: 90 },
      { latest: true, percent: 10, tag: 'next' },
      { revision: 'web-00040-baz', percent: 0, tag: 'previous' },
    ],
  });
}

if (require.main === module) {
  const app = new App();
  build(app);
  app.synth();
}
