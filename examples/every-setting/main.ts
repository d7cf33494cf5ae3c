import { App } from 'cdktf';
import { CloudRunService, CloudRunStack } from '../../constructs';

/** The settings that the other examples do not use. */
export function build(app: App): void {
  const prod = new CloudRunStack(app, 'prod', { project: 'acme-prod', region: 'europe-west1' });
  new CloudRunService(prod, 'settings', {
    name: 'settings-api',
    region: 'europe-west4',
    description: 'Every setting, for those who look for one',
    image: 'europe-docker.pkg.dev/acme/apps/settings:1.0.0',
    command: ['/srv/bin/settings'],
    args: ['--verbose'],
    workingDir: '/srv',
    port: 9090,
    useHttp2: true,
    cpu: 2,
    memory: '2Gi',
    cpuThrottling: false,
    cpuBoost: false,
    timeout: 90,
    min: 1,
    minInstances: 0,
    maxInstances: 5,
    max: 8,
    executionEnvironment: 'gen2',
    sessionAffinity: true,
    labels: { 'cost-center': 'c-42' },
    tags: { 'tagKeys/281475012345': 'tagValues/281479887766' },
    annotations: { 'example.com/owner': 'platform' },
    key: 'projects/acme-prod/locations/europe-west4/keyRings/run/cryptoKeys/services',
    customAudiences: ['https://settings.example.com'],
    binaryAuthorization: 'projects/acme-prod/platforms/cloudRun/policies/strict',
    launchStage: 'BETA',
    vpcConnector: 'shared',
    vpcEgress: 'private-ranges-only',
    revisionSuffix: 'v7',
    healthCheck: false,
    deletionProtection: false,
    domains: [{ name: 'settings.example.com', certificate: 'none', forceOverride: true }],
    volumes: {
      share: {
        mountPath: '/mnt/share',
        subPath: 'settings',
        nfs: { server: '10.0.0.2', path: '/export', readOnly: true },
      },
      models: {
        mountPath: '/models',
        subPath: 'v3',
        gcs: { bucket: 'acme-models', mountOptions: ['implicit-dirs', 'metadata-cache-ttl-secs=60'] },
      },
      scratch: { mountPath: '/scratch', subPath: 'settings', emptyDir: { medium: 'disk', sizeLimit: '10Gi' } },
    },
    startupProbe: {
      grpc: { port: 9091, service: 'settings' },
      initialDelaySeconds: 5,
      periodSeconds: 10,
      timeoutSeconds: 2,
      failureThreshold: 6,
    },
    livenessProbe: { httpGet: { path: '/live', port: 9092, httpHeaders: [{ name: 'X-Probe', value: 'live' }] } },
    readinessProbe: {
      httpGet: { path: '/ready', port: 9092 },
      periodSeconds: 5,
      timeoutSeconds: 2,
      failureThreshold: 2,
      successThreshold: 1,
    },
    dependsOn: ['collector'],
    sidecars: {
      collector: {
        image: 'europe-docker.pkg.dev/acme/apps/collector:1.0.0',
        command: ['/collector'],
        args: ['--config', '/etc/collector.yaml'],
        workingDir: '/tmp',
        cpu: 0.5,
        memory: '256Mi',
        startupProbe: { tcpSocket: { port: 4317 } },
        livenessProbe: { grpc: { port: 4317 } },
        readinessProbe: { grpc: { port: 4317, service: 'collector' } },
        volumeMounts: { share: { mountPath: '/etc/collector', subPath: 'collector' } },
      },
      exporter: { image: 'europe-docker.pkg.dev/acme/apps/exporter:1.0.0', dependsOn: ['collector'] },
    },
  });
  new CloudRunService(prod, 'fixed', { image: 'europe-docker.pkg.dev/acme/apps/fixed:1.0.0', scaling: 3 });
}

if (require.main === module) {
  const app = new App();
  build(app);
  app.synth();
}
