import { App } from 'cdktf';
import { CloudRunService, CloudRunStack } from '../../constructs';

/** Services that run in several regions, with one account and the same invokers in each. */
export function build(app: App): void {
  const prod = new CloudRunStack(app, 'prod', { project: 'acme-prod', region: 'europe-west1' });
  new CloudRunService(prod, 'api', {
    image: 'europe-docker.pkg.dev/acme/apps/api:2.0.1',
    ingress: 'internal-and-cloud-load-balancing',
    network: 'default',
    invokers: ['group:support@example.com'],
    regions: {
      'europe-west1': {},
      'us-central1': {
        network: 'projects/acme-net/global/networks/us',
        subnet: 'projects/acme-net/regions/us-central1/subnetworks/apps',
        key: 'projects/acme-prod/locations/us-central1/keyRings/run/cryptoKeys/services',
      },
      'asia-east1': { vpcConnector: 'shared' },
    },
  });
  new CloudRunService(prod, 'status', {
    image: 'europe-docker.pkg.dev/acme/apps/status:1.0.0',
    access: 'public',
    regions: ['europe-west1', 'us-central1'],
  });
}

if (require.main === module) {
  const app = new App();
  build(app);
  app.synth();
}
