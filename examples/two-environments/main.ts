import { App } from 'cdktf';
import { CloudRunService, CloudRunStack } from '../../constructs';

/** Staging and production: shared settings once, and the differences of each. */
const ENV = { LOG_LEVEL: 'info', CURRENCY: 'EUR' };
const SERVICE = { labels: { team: 'shop' } };
const WEB = { ...SERVICE, image: 'europe-docker.pkg.dev/acme/apps/web:1.4.2' };

export function build(app: App): void {
  buildStaging(app);
  buildProd(app);
}

function buildStaging(app: App): void {
  const staging = new CloudRunStack(app, 'staging', {
    project: 'acme-staging',
    region: 'europe-west1',
    googleProvider: '~> 7.44',
    labels: { environment: 'staging' },
    backend: { local: { path: '../../../staging.tfstate' } },
  });
  const small = { deletionProtection: false, maxInstances: 2 };
  new CloudRunService(staging, 'web', { ...WEB, ...small, env: ENV, invokers: ['group:testers@example.com'] });
  new CloudRunService(staging, 'debug', {
    ...SERVICE,
    ...small,
    image: 'europe-docker.pkg.dev/acme/apps/debug:0.1.0',
  });
}

function buildProd(app: App): void {
  const prod = new CloudRunStack(app, 'prod', {
    project: 'acme-prod',
    region: 'europe-west1',
    labels: { environment: 'prod' },
    enableApis: true,
    backend: {
      gcs: {
        bucket: 'acme-tfstate',
        prefix: 'cloud-run',
        kmsEncryptionKey: 'projects/acme-ops/locations/europe-west1/keyRings/state/cryptoKeys/tfstate',
        impersonateServiceAccount: 'terraform@acme-ops.iam.gserviceaccount.com',
      },
    },
  });
  const maxInstances = 10;
  new CloudRunService(prod, 'web', {
    ...WEB,
    maxInstances,
    access: 'public',
    env: { ...ENV, LOG_LEVEL: 'warning' },
  });
  new CloudRunService(prod, 'report', {
    ...SERVICE,
    maxInstances,
    image: 'europe-docker.pkg.dev/acme/apps/report:1.0.0',
    env: ENV,
  });
}

if (require.main === module) {
  const app = new App();
  build(app);
  app.synth();
}
