import { parse, stringify } from 'yaml';
import { adopt } from '../../adopt/adopt';

/** What an export of a service says, beside what every one says. */
interface Export {
  readonly annotations?: object;
  readonly labels?: object;
  readonly metadata?: object;
  readonly template?: object;
  readonly templateMetadata?: object;
  readonly container?: object;
  readonly spec?: object;
  readonly traffic?: object[];
  readonly others?: object[];
}

const IMAGE = 'europe-docker.pkg.dev/acme/apps/web:1.4.2';

function exportOf(export_: Export): object {
  const {
    annotations = {},
    labels = {},
    metadata,
    template,
    templateMetadata,
    container,
    spec,
    traffic,
    others,
  } = export_;
  return {
    apiVersion: 'serving.knative.dev/v1',
    kind: 'Service',
    metadata: {
      name: 'web',
      namespace: '123456789012',
      labels: { 'cloud.googleapis.com/location': 'europe-west1', ...labels },
      annotations: prefixed(annotations),
      ...metadata,
    },
    spec: {
      template: {
        metadata: { annotations: prefixed({ 'startup-cpu-boost': 'true', ...template }), ...templateMetadata },
        spec: {
          containers: [{ image: IMAGE, ...container }, ...(others ?? [])],
          serviceAccountName: 'web-run@acme-prod.iam.gserviceaccount.com',
          ...spec,
        },
      },
      traffic: traffic ?? [{ latestRevision: true, percent: 100 }],
    },
  };
}

/** Names without a domain are Google's. */
function prefixed(annotations: object): object {
  const entries = Object.entries(annotations);
  return Object.fromEntries(
    entries.map(([name, value]) => [name.includes('/') ? name : `run.googleapis.com/${name}`, value]),
  );
}

function adopted(text: string, name = 'web.yaml') {
  const adoption = adopt([{ name, text }], { environment: 'prod', project: 'acme-prod', region: 'europe-west1' });
  const { image: _image, serviceAccount: _account, ...props } = parse(adoption.services).services.web;
  return { props, left: adoption.leftOut.map(({ about }) => about.replace('web.yaml: service web: ', '')), adoption };
}

const REVISION = 'spec.template.metadata.annotations';

/** Shapes of services as they are found in public: what each becomes, and what of it is named as left out. */
const EXPORTS: readonly (readonly [title: string, export_: Export, props: object, left?: readonly string[]])[] = [
  [
    'deployed by gcloud',
    {
      annotations: {
        'client-name': 'gcloud',
        'client-version': '446.0.0',
        'operation-id': 'a',
        ingress: 'all',
        'ingress-status': 'all',
        'serving.knative.dev/creator': 'a@example.com',
        'serving.knative.dev/lastModifier': 'b@example.com',
      },
      template: { 'client-name': 'gcloud', 'client-version': '446.0.0' },
      templateMetadata: { name: 'web-00034-abc', labels: { 'client.knative.dev/nonce': 'x' } },
    },
    { imageUpdates: 'external' },
  ],
  [
    'deployed by the console',
    { annotations: { 'client-name': 'cloud-console', 'client.knative.dev/user-image': IMAGE } },
    { imageUpdates: 'external' },
  ],
  [
    'built from source',
    {
      annotations: {
        'client-name': 'gcloud',
        'build-id': 'b',
        'build-image-uri': 'x',
        'build-name': 'n',
        'build-source-location': 'gs://s',
        'build-function-target': 'f',
      },
    },
    { imageUpdates: 'external' },
  ],
  [
    'behind a load balancer',
    { annotations: { ingress: 'internal-and-cloud-load-balancing' } },
    { ingress: 'internal-and-cloud-load-balancing' },
  ],
  ['internal', { annotations: { ingress: 'internal', 'launch-stage': 'BETA' } }, { ingress: 'internal' }],
  [
    'without the invoker check',
    { annotations: { 'invoker-iam-disabled': 'true' } },
    { access: 'public', invokerIamCheck: false },
  ],
  ['described', { annotations: { description: 'The website' } }, { description: 'The website' }],
  [
    'with audiences',
    { annotations: { 'custom-audiences': '["https://b.example.com","https://a.example.com"]' } },
    { customAudiences: ['https://a.example.com', 'https://b.example.com'] },
  ],
  [
    'under Binary Authorization',
    { annotations: { 'binary-authorization': 'default' } },
    { binaryAuthorization: 'default' },
  ],
  [
    'with a break-glass reason',
    { annotations: { 'binary-authorization': 'default', 'binary-authorization-breakglass': 'fire' } },
    { binaryAuthorization: 'default' },
    ['metadata.annotations["run.googleapis.com/binary-authorization-breakglass"]'],
  ],
  [
    'with annotations of its own',
    { annotations: { 'example.com/team': 'web', 'gc-traffic-tags': '{}' } },
    { annotations: { 'example.com/team': 'web' } },
    ['metadata.annotations["run.googleapis.com/gc-traffic-tags"]'],
  ],
  [
    'with labels of its own and of a build',
    {
      labels: {
        team: 'web',
        'managed-by': 'gcp-cloud-build-deploy-cloud-run',
        'commit-sha': 'a',
        'gcb-trigger-id': 'b',
      },
    },
    { labels: { team: 'web' } },
  ],
  [
    'with instances kept warm',
    { template: { 'autoscaling.knative.dev/minScale': '1', 'autoscaling.knative.dev/maxScale': '3' } },
    { minInstances: 1, maxInstances: 3 },
  ],
  ['with the usual most instances', { template: { 'autoscaling.knative.dev/maxScale': '100' } }, {}],
  ['scaled as a whole', { annotations: { minScale: '2' } }, { min: 2 }],
  ['scaled by hand', { annotations: { scalingMode: 'manual', manualInstanceCount: '3' } }, { scaling: 3 }],
  [
    'always on',
    { template: { 'cpu-throttling': 'false' }, container: { resources: { limits: { cpu: '2', memory: '2Gi' } } } },
    { cpu: 2, memory: '2Gi', cpuThrottling: false },
  ],
  [
    'with CPU as gcloud writes it',
    { container: { resources: { limits: { cpu: '1000m', memory: '512Mi' }, requests: { cpu: '1' } } } },
    { cpu: '1000m' },
  ],
  ['with CPU as a number', { container: { resources: { limits: { cpu: 1, memory: '2Gi' } } } }, { memory: '2Gi' }],
  [
    'with less than a CPU',
    { container: { resources: { limits: { cpu: '500m' } } }, spec: { containerConcurrency: 1 } },
    { cpu: '500m' },
  ],
  ['without a boost', { template: { 'startup-cpu-boost': 'false' } }, { cpuBoost: false }],
  [
    'with a timeout and concurrency',
    { spec: { timeoutSeconds: 3600, containerConcurrency: 40 } },
    { timeout: '3600s', concurrency: 40 },
  ],
  [
    'of the second generation, with affinity',
    { template: { 'execution-environment': 'gen2', sessionAffinity: 'true' } },
    { executionEnvironment: 'gen2', sessionAffinity: true },
  ],
  [
    'with a connector',
    { template: { 'vpc-access-connector': 'shared', 'vpc-access-egress': 'all' } },
    { vpcConnector: 'shared', vpcEgress: 'all-traffic' },
  ],
  [
    'in a network',
    {
      template: {
        'network-interfaces': '[{"network":"default","subnetwork":"apps","tags":["web"]}]',
        'vpc-access-egress': 'private-ranges-only',
      },
    },
    { network: 'default', subnet: 'apps', networkTags: ['web'] },
  ],
  [
    'with databases',
    { template: { 'cloudsql-instances': 'acme-prod:europe-west1:main, acme-data:us-central1:dwh' } },
    { cloudSqlInstances: ['acme-data:us-central1:dwh', 'main'] },
  ],
  [
    'with a key',
    {
      template: {
        'encryption-key': 'projects/acme-prod/locations/europe-west1/keyRings/r/cryptoKeys/k',
        'encryption-key-shutdown-hours': '2',
        'post-key-revocation-action-type': 'shut-down',
      },
    },
    { key: 'projects/acme-prod/locations/europe-west1/keyRings/r/cryptoKeys/k' },
    [
      `${REVISION}["run.googleapis.com/encryption-key-shutdown-hours"]`,
      `${REVISION}["run.googleapis.com/post-key-revocation-action-type"]`,
    ],
  ],
  [
    'with annotations that mean nothing',
    { template: { cpu: '2', memory: '2Gi', timeout: '300s' } },
    {},
    [
      `${REVISION}["run.googleapis.com/cpu"]`,
      `${REVISION}["run.googleapis.com/memory"]`,
      `${REVISION}["run.googleapis.com/timeout"]`,
    ],
  ],
  [
    'with an instance in the wrong place',
    { annotations: { 'cloudsql-instances': 'acme-prod:europe-west1:main' } },
    {},
    ['metadata.annotations["run.googleapis.com/cloudsql-instances"]'],
  ],
  [
    'with variables',
    {
      container: {
        env: [
          { name: 'LOG_LEVEL', value: 'info' },
          { name: 'WORKERS', value: 4 },
          { name: 'EMPTY' },
          { name: 'KEY', valueFrom: { secretKeyRef: { name: 'api-key', key: 'latest' } } },
        ],
      },
    },
    { env: { EMPTY: '', KEY: { secret: 'api-key', version: 'latest' }, LOG_LEVEL: 'info', WORKERS: '4' } },
  ],
  [
    'with what only Kubernetes has',
    {
      container: {
        env: [{ name: 'NODE', valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } } }],
        envFrom: [{ configMapRef: { name: 'web' } }],
        securityContext: { runAsUser: 1000 },
        imagePullPolicy: 'Always',
      },
    },
    {},
    [
      'spec.template.spec.containers.envFrom',
      'spec.template.spec.containers.securityContext',
      'spec.template.spec.containers.env.valueFrom.fieldRef',
    ],
  ],
  [
    'with secrets of another project',
    {
      template: { secrets: 'pay:projects/acme-shared/secrets/pay-key' },
      container: { env: [{ name: 'PAY', valueFrom: { secretKeyRef: { name: 'pay', key: '2' } } }] },
    },
    { env: { PAY: { secret: 'projects/acme-shared/secrets/pay-key', version: '2' } } },
  ],
  [
    'listening elsewhere, over HTTP/2',
    { container: { ports: [{ name: 'h2c', containerPort: 50051 }] } },
    { port: 50051, useHttp2: true },
  ],
  ['with a port that has a name alone', { container: { ports: [{ name: 'http1' }] } }, {}],
  [
    'with a command',
    { container: { command: ['gunicorn'], args: ['main:app'], workingDir: '/srv' } },
    { command: ['gunicorn'], args: ['main:app'], workingDir: '/srv' },
  ],
  [
    'with probes',
    {
      container: {
        ports: [{ containerPort: 8080 }],
        startupProbe: {
          httpGet: { path: '/healthz', port: 8080 },
          periodSeconds: 10,
          timeoutSeconds: 1,
          failureThreshold: 30,
        },
        livenessProbe: { grpc: { port: 9090 }, periodSeconds: 30 },
      },
    },
    {
      startupProbe: { httpGet: { path: '/healthz' }, failureThreshold: 30 },
      livenessProbe: { grpc: { port: 9090 }, periodSeconds: 30 },
    },
  ],
  [
    'with files',
    {
      spec: {
        volumes: [
          {
            name: 'data',
            csi: {
              driver: 'gcsfuse.run.googleapis.com',
              volumeAttributes: { bucketName: 'acme-data' },
              readOnly: true,
            },
          },
          { name: 'tmp', emptyDir: { medium: 'Memory', sizeLimit: '64Mi' } },
          { name: 'share', nfs: { server: '10.0.0.2', path: '/export' } },
          {
            name: 'tls',
            secret: {
              secretName: 'tls',
              items: [
                { key: '3', path: 'a.pem' },
                { key: '4', path: 'b.pem', mode: 256 },
              ],
            },
          },
        ],
      },
      container: {
        volumeMounts: [
          { name: 'data', mountPath: '/data', readOnly: true },
          { name: 'tmp', mountPath: '/tmp' },
          { name: 'tls', mountPath: '/tls' },
        ],
      },
    },
    {
      volumes: {
        data: { mountPath: '/data', gcs: { bucket: 'acme-data', readOnly: true } },
        tmp: { mountPath: '/tmp', emptyDir: { sizeLimit: '64Mi' } },
        share: { nfs: { server: '10.0.0.2', path: '/export' } },
        tls: {
          mountPath: '/tls',
          secret: 'tls',
          items: [
            { path: 'a.pem', version: '3' },
            { path: 'b.pem', version: '4', mode: '0400' },
          ],
        },
      },
    },
  ],
  [
    'with a collector beside it',
    {
      template: { 'container-dependencies': '{"collector":["app"]}' },
      container: { name: 'app', ports: [{ containerPort: 8080 }] },
      others: [
        { name: 'collector', image: 'acme/collector:1', volumeMounts: [{ name: 'cfg', mountPath: '/etc/otel' }] },
      ],
      spec: { volumes: [{ name: 'cfg', secret: { secretName: 'otel', items: [{ key: 'latest', path: 'otel' }] } }] },
    },
    {
      containerName: 'app',
      sidecars: { collector: { image: 'acme/collector:1', dependsOn: ['app'], volumeMounts: { cfg: '/etc/otel' } } },
      volumes: { cfg: { secret: 'otel', version: 'latest' } },
    },
  ],
  [
    'with a proxy in front that takes the requests',
    {
      container: { name: 'app' },
      others: [{ name: 'proxy', image: 'acme/proxy:1', ports: [{ containerPort: 9000 }] }],
    },
    { containerName: 'proxy', port: 9000, sidecars: { app: { image: IMAGE } } },
  ],
  [
    'with a GPU',
    {
      template: {
        'gpu-zonal-redundancy-disabled': 'true',
        'autoscaling.knative.dev/maxScale': '1',
        'cpu-throttling': 'false',
      },
      container: { resources: { limits: { cpu: '4', memory: '16Gi', 'nvidia.com/gpu': '1' } } },
      spec: { nodeSelector: { 'run.googleapis.com/accelerator': 'nvidia-l4' } },
    },
    { gpu: 1, gpuZonalRedundancy: false, maxInstances: 1 },
  ],
  [
    'with traffic by revision and tag',
    {
      traffic: [
        { revisionName: 'web-00001-abc', percent: 90 },
        { latestRevision: true, percent: 10, tag: 'next', url: 'https://next---web.example.com' },
      ],
    },
    {
      traffic: [
        { revision: 'web-00001-abc', percent: 90 },
        { latest: true, percent: 10, tag: 'next' },
      ],
    },
  ],
  [
    'described with its status',
    {
      metadata: {
        name: 'web',
        namespace: '123456789012',
        uid: 'u',
        generation: 7,
        resourceVersion: 'r',
        selfLink: '/apis/x',
        creationTimestamp: '2026-01-01T00:00:00Z',
        labels: { 'cloud.googleapis.com/location': 'europe-west1' },
      },
    },
    {},
  ],
];

test.each(EXPORTS.map(([title, ...rest]) => [title, rest] as const))('%s', (_, [export_, props, left = []]) => {
  const seen = adopted(stringify(exportOf(export_)));
  expect(seen.props).toEqual(props);
  expect(seen.left).toEqual(left);
});

test('a value of a variable is in the file, and never in the report', () => {
  const { adoption } = adopted(
    stringify(exportOf({ container: { env: [{ name: 'DB_PASSWORD', value: 'hunter2' }] } })),
  );
  expect(adoption.services).toContain('hunter2');
  const said = [...adoption.leftOut, ...adoption.outcome.changed, ...adoption.problems];
  expect(JSON.stringify(said)).not.toContain('hunter2');
  expect(adoption.problems.map(({ code }) => code)).toContain('secret-in-env');
});

test('JSON, a list, a stream and a page of a list are the same as single files', () => {
  const one = exportOf({});
  const { props } = adopted(JSON.stringify(one));
  expect(adopted(JSON.stringify([one])).props).toEqual(props);
  expect(adopted(`---\n${stringify(one)}---\n`).props).toEqual(props);
  expect(adopted(JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [one] })).props).toEqual(props);
});

/** Files that are no service: what the refusal says of each. */
const FOREIGN = [
  ['apiVersion: v1\nkind: Service\nmetadata: {name: web}\n', 'is a Kubernetes Service'],
  ['apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\n', 'is a Deployment of apps/v1'],
  ['apiVersion: run.googleapis.com/v1\nkind: Job\nmetadata: {name: nightly}\n', 'is a Cloud Run job'],
  [
    'apiVersion: serving.knative.dev/v1\nkind: Revision\nmetadata: {name: web-00001-abc}\n',
    'is a Revision of serving.knative.dev/v1',
  ],
  ['services:\n  web:\n    image: nginx\n', 'is a compose file'],
  ['environments: {prod: {}}\nservices: {web: {}}\n', 'is a services.yaml already'],
  ['{"version": 4, "lineage": "a", "resources": []}', 'is a raw state file'],
  ['[1, 2]', 'is neither a service nor anything else that can be adopted'],
  ['a: [', 'neither YAML nor JSON'],
  ['', 'the file is empty'],
  ['a: &a [*a, *a]\n', 'no Cloud Run service'],
] as const;

test.each(FOREIGN)('%j is told for what it is', (text, words) => {
  expect(() => adopted(text, 'file.yaml')).toThrow(words);
});
