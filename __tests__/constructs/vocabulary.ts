import type { CloudRunServiceProps } from '../../constructs';
import { VOLUME_ROWS } from './volume-vocabulary';

/** Props, the Terraform argument of the service that they become, and its value. */
export type Row = [props: Partial<CloudRunServiceProps<string>>, argument: string, value: unknown];

/** Every key of a service, the Terraform argument it becomes, and its value there. Access and domains have tests of their own. */
export const ROWS: readonly Row[] = [
  [{ name: 'api-v2' }, 'name', 'api-v2'],
  [{ image: 'acme/api:2' }, 'template.containers.0.image', 'acme/api:2'],
  [{ ingress: 'all' }, 'ingress', 'INGRESS_TRAFFIC_ALL'],
  [{ ingress: 'internal' }, 'ingress', 'INGRESS_TRAFFIC_INTERNAL_ONLY'],
  [{ ingress: 'internal-and-cloud-load-balancing' }, 'ingress', 'INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER'],
  [{ region: 'us-central1' }, 'location', 'us-central1'],
  [{ command: ['/server'] }, 'template.containers.0.command', ['/server']],
  [{ args: ['--port', '80'] }, 'template.containers.0.args', ['--port', '80']],
  [{ port: 3000 }, 'template.containers.0.ports', { name: 'http1', container_port: 3000 }],
  [{ port: 3000 }, 'template.containers.0.startup_probe.tcp_socket.port', 3000],
  [{ useHttp2: true }, 'template.containers.0.ports', { name: 'h2c', container_port: 8080 }],
  [
    { env: { B: '2', A: '1' } },
    'template.containers.0.env',
    [
      { name: 'A', value: '1' },
      { name: 'B', value: '2' },
    ],
  ],
  [
    { env: { TOKEN: { secret: 'token', version: '3' } } },
    'template.containers.0.env.0.value_source',
    { secret_key_ref: { secret: 'token', version: '3' } },
  ],
  [
    { env: { TOKEN: { secret: 'token' } } },
    'template.containers.0.env.0.value_source.secret_key_ref.version',
    'latest',
  ],
  [{ containerName: 'web' }, 'template.containers.0.name', 'web'],
  [{ workingDir: '/srv' }, 'template.containers.0.working_dir', '/srv'],
  [{ cpu: 2, memory: '1Gi' }, 'template.containers.0.resources.limits', { cpu: '2', memory: '1Gi' }],
  [{ cpu: '1000m' }, 'template.containers.0.resources.limits', { cpu: '1000m', memory: '512Mi' }],
  [{ cpu: 0.5 }, 'template.containers.0.resources.limits', { cpu: '500m', memory: '512Mi' }],
  [{ memory: '1Gi' }, 'template.containers.0.resources.limits', { cpu: '1', memory: '1Gi' }],
  [{ cpuThrottling: false }, 'template.containers.0.resources.cpu_idle', false],
  [{ cpuBoost: false }, 'template.containers.0.resources.startup_cpu_boost', false],
  [
    { gpu: 1, maxInstances: 1 },
    'template.containers.0.resources',
    { limits: { cpu: '4', memory: '16Gi', 'nvidia.com/gpu': '1' }, cpu_idle: false, startup_cpu_boost: true },
  ],
  [{ gpu: 1, maxInstances: 1 }, 'template.node_selector', { accelerator: 'nvidia-l4' }],
  [{ gpu: 1, gpuType: 'nvidia-a100', maxInstances: 1 }, 'template.node_selector', { accelerator: 'nvidia-a100' }],
  [{ gpu: 1, maxInstances: 1 }, 'template.gpu_zonal_redundancy_disabled', false],
  [{ gpu: 1, gpuZonalRedundancy: false, maxInstances: 1 }, 'template.gpu_zonal_redundancy_disabled', true],
  [{ concurrency: 10 }, 'template.max_instance_request_concurrency', 10],
  [{ cpu: 0.5 }, 'template.max_instance_request_concurrency', 1],
  [{ timeout: 60 }, 'template.timeout', '60s'],
  [{ timeout: '10m5s' }, 'template.timeout', '605s'],
  [{ timeout: '1h' }, 'template.timeout', '3600s'],
  [{ minInstances: 1 }, 'template.scaling', { min_instance_count: 1 }],
  [{ maxInstances: 5 }, 'template.scaling', { min_instance_count: 0, max_instance_count: 5 }],
  [{ maxInstances: 5 }, 'lifecycle.ignore_changes', ['client', 'client_version']],
  [{ min: 2 }, 'scaling', { min_instance_count: 2, manual_instance_count: 0 }],
  [{ max: 8 }, 'scaling', { min_instance_count: 0, max_instance_count: 8, manual_instance_count: 0 }],
  [{ scaling: 'auto' }, 'scaling', { min_instance_count: 0, manual_instance_count: 0 }],
  [{ scaling: 3 }, 'scaling', { scaling_mode: 'MANUAL', manual_instance_count: 3, min_instance_count: 0 }],
  [
    { serviceAccount: 'batch@acme-prod.iam.gserviceaccount.com' },
    'template.service_account',
    'batch@acme-prod.iam.gserviceaccount.com',
  ],
  [{ serviceAccount: { name: 'shared' } }, 'template.service_account', '${google_service_account.shared.email}'],
  [{ executionEnvironment: 'gen2' }, 'template.execution_environment', 'EXECUTION_ENVIRONMENT_GEN2'],
  [{ executionEnvironment: 'gen1' }, 'template.execution_environment', 'EXECUTION_ENVIRONMENT_GEN1'],
  [{ sessionAffinity: true }, 'template.session_affinity', true],
  [{ description: 'The API' }, 'description', 'The API'],
  [{ labels: { team: 'payments' } }, 'labels', { team: 'payments' }],
  [{ labels: { team: 'payments' } }, 'template.labels', { team: 'payments' }],
  [{ annotations: { 'example.com/owner': 'payments' } }, 'annotations', { 'example.com/owner': 'payments' }],
  [
    { key: 'projects/acme-prod/locations/europe-west1/keyRings/k/cryptoKeys/c' },
    'template.encryption_key',
    'projects/acme-prod/locations/europe-west1/keyRings/k/cryptoKeys/c',
  ],
  [{ customAudiences: ['https://b', 'https://a'] }, 'custom_audiences', ['https://a', 'https://b']],
  [{ binaryAuthorization: 'default' }, 'binary_authorization', { use_default: true }],
  [
    { binaryAuthorization: 'projects/acme-prod/platforms/cloudRun/policies/strict' },
    'binary_authorization',
    { policy: 'projects/acme-prod/platforms/cloudRun/policies/strict' },
  ],
  [{ launchStage: 'BETA' }, 'launch_stage', 'BETA'],
  [
    { network: 'default', subnet: 'apps', networkTags: ['web'], vpcEgress: 'all-traffic' },
    'template.vpc_access',
    {
      egress: 'ALL_TRAFFIC',
      network_interfaces: [
        {
          network: 'projects/acme-prod/global/networks/default',
          subnetwork: 'projects/acme-prod/regions/europe-west1/subnetworks/apps',
          tags: ['web'],
        },
      ],
    },
  ],
  [
    { subnet: 'projects/net/regions/europe-west1/subnetworks/apps' },
    'template.vpc_access',
    {
      egress: 'PRIVATE_RANGES_ONLY',
      network_interfaces: [{ subnetwork: 'projects/net/regions/europe-west1/subnetworks/apps' }],
    },
  ],
  [
    { vpcConnector: 'shared' },
    'template.vpc_access',
    { connector: 'projects/acme-prod/locations/europe-west1/connectors/shared', egress: 'PRIVATE_RANGES_ONLY' },
  ],
  [
    { startupProbe: { httpGet: { path: '/ready', httpHeaders: [{ name: 'Host', value: 'a' }] } } },
    'template.containers.0.startup_probe',
    {
      http_get: { path: '/ready', port: 8080, http_headers: [{ name: 'Host', value: 'a' }] },
      initial_delay_seconds: 0,
      period_seconds: 10,
      timeout_seconds: 1,
      failure_threshold: 3,
    },
  ],
  [
    { livenessProbe: { grpc: { port: 9000, service: 'health' }, periodSeconds: 30 } },
    'template.containers.0.liveness_probe',
    {
      grpc: { port: 9000, service: 'health' },
      initial_delay_seconds: 0,
      period_seconds: 30,
      timeout_seconds: 1,
      failure_threshold: 3,
    },
  ],
  ...VOLUME_ROWS,
  [
    {
      volumes: { cache: { emptyDir: {} } },
      dependsOn: ['proxy'],
      sidecars: {
        proxy: {
          image: 'acme/proxy:1',
          cpu: 0.5,
          volumeMounts: { cache: '/cache' },
          startupProbe: { tcpSocket: { port: 9000 } },
        },
      },
    },
    'template.containers.1',
    {
      name: 'proxy',
      image: 'acme/proxy:1',
      resources: { limits: { cpu: '500m', memory: '512Mi' }, cpu_idle: true, startup_cpu_boost: true },
      startup_probe: {
        tcp_socket: { port: 9000 },
        initial_delay_seconds: 0,
        period_seconds: 10,
        timeout_seconds: 1,
        failure_threshold: 3,
      },
      volume_mounts: [{ name: 'cache', mount_path: '/cache' }],
    },
  ],
  [{ sidecars: { proxy: { image: 'acme/proxy:1' } }, dependsOn: ['proxy'] }, 'template.containers.0.name', 'api'],
  [
    { sidecars: { proxy: { image: 'acme/proxy:1' } }, dependsOn: ['proxy'] },
    'template.containers.0.depends_on',
    ['proxy'],
  ],
  [
    {
      traffic: [
        { latest: true, percent: 90 },
        { revision: 'api-00041-abc', percent: 10, tag: 'old' },
      ],
    },
    'traffic',
    [
      { type: 'TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST', percent: 90 },
      { type: 'TRAFFIC_TARGET_ALLOCATION_TYPE_REVISION', revision: 'api-00041-abc', percent: 10, tag: 'old' },
    ],
  ],
  [{ defaultUrl: false }, 'default_uri_disabled', true],
  [{ healthCheck: false }, 'template.health_check_disabled', true],
  [{ tags: { 'tagKeys/1': 'tagValues/2' } }, 'tags', { 'tagKeys/1': 'tagValues/2' }],
  [
    { readinessProbe: { grpc: {}, periodSeconds: 5 } },
    'template.containers.0.readiness_probe',
    { grpc: { port: 8080 }, period_seconds: 5, timeout_seconds: 1, success_threshold: 2, failure_threshold: 3 },
  ],
  [
    { readinessProbe: { httpGet: { path: '/ready' } } },
    'template.containers.0.readiness_probe.http_get',
    { path: '/ready', port: 8080 },
  ],
  [{ revisionSuffix: 'v2' }, 'template.revision', 'api-v2'],
  [
    { trafficUpdates: 'external', maxInstances: 1 },
    'lifecycle.ignore_changes',
    ['client', 'client_version', 'traffic'],
  ],
  [
    { imageUpdates: 'external' },
    'lifecycle.ignore_changes',
    expect.arrayContaining(['template[0].containers[0].image']),
  ],
  [{ deletionProtection: false }, 'deletion_protection', false],
];
