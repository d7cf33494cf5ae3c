import { App } from 'cdktf';
import { CloudRunService, CloudRunStack } from '../../constructs';

/** A proxy in front of an application: two containers, shared volumes, secrets. */
export function build(app: App): void {
  const prod = new CloudRunStack(app, 'prod', { project: 'acme-prod', region: 'europe-west1' });
  new CloudRunService(prod, 'shop', {
    image: 'docker.io/envoyproxy/envoy:v1.31.0',
    args: ['-c', '/etc/envoy/envoy.yaml'],
    dependsOn: ['app'],
    executionEnvironment: 'gen2',
    volumes: {
      config: { mountPath: '/etc/envoy', secret: 'envoy-config', version: '4', path: 'envoy.yaml' },
      keys: {
        secret: 'signing-key',
        mode: '0400',
        items: [
          { path: 'current.pem', version: '7' },
          { path: 'previous.pem', version: '6', mode: '0444' },
        ],
      },
      uploads: { gcs: { bucket: 'acme-uploads' } },
      catalog: { mountPath: '/srv/catalog', gcs: { bucket: 'acme-catalog', readOnly: true } },
      cache: { mountPath: '/var/cache/envoy', emptyDir: { sizeLimit: '64Mi' } },
    },
    sidecars: {
      app: {
        image: 'europe-docker.pkg.dev/acme/apps/shop:5.0.0',
        memory: '1Gi',
        env: {
          LOG_LEVEL: 'info',
          DB_PASSWORD: { secret: 'db-password', version: '3' },
          PARTNER_TOKEN: { secret: 'projects/acme-shared/secrets/partner-token', version: '1' },
        },
        volumeMounts: { keys: '/keys', uploads: '/uploads', catalog: '/catalog', cache: '/var/cache/app' },
        startupProbe: { httpGet: { path: '/ready', port: 9000 }, periodSeconds: 5, failureThreshold: 12 },
      },
    },
  });
}

if (require.main === module) {
  const app = new App();
  build(app);
  app.synth();
}
