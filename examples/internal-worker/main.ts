import { App } from 'cdktf';
import { CloudRunService, CloudRunStack } from '../../constructs';

/** A worker that only the project's networks and Google's own callers reach. */
export function build(app: App): void {
  const prod = new CloudRunStack(app, 'prod', { project: 'acme-prod', region: 'europe-west1' });
  new CloudRunService(prod, 'worker', {
    image: 'europe-docker.pkg.dev/acme/apps/worker:3.2.0',
    ingress: 'internal',
    invokers: ['serviceAccount:queue@acme-prod.iam.gserviceaccount.com'],
    network: 'default',
    subnet: 'apps',
    networkTags: ['worker'],
    vpcEgress: 'all-traffic',
    timeout: '30m',
    concurrency: 1,
    cpu: 2,
    memory: '4Gi',
    maxInstances: 50,
    livenessProbe: { httpGet: { path: '/healthz' }, periodSeconds: 30 },
  });
}

if (require.main === module) {
  const app = new App();
  build(app);
  app.synth();
}
