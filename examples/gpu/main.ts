import { App } from 'cdktf';
import { CloudRunService, CloudRunStack } from '../../constructs';

/** A model served from a GPU. */
export function build(app: App): void {
  const prod = new CloudRunStack(app, 'prod', { project: 'acme-prod', region: 'europe-west4' });
  new CloudRunService(prod, 'llm', {
    image: 'europe-docker.pkg.dev/acme/models/llm:1.0.0',
    gpu: 1,
    gpuType: 'nvidia-l4',
    gpuZonalRedundancy: false,
    maxInstances: 2,
    concurrency: 8,
    timeout: '10m',
    startupProbe: { httpGet: { path: '/health' }, periodSeconds: 20, failureThreshold: 12 },
    invokers: ['group:research@example.com'],
  });
}

if (require.main === module) {
  const app = new App();
  build(app);
  app.synth();
}
