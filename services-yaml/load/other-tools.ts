import { OUT_OF_SCOPE, OVERRIDES, WORDS_OF_SERVICES } from './words-of-services';

const ELSEWHERE = 'the state is in Cloud Storage, in HCP Terraform or in a file; write gcs, cloud or local';
const EXPORTED = 'gcloud exports this form, of which cdktf-cloud-run adopt makes services.yaml';
const PORT_OF_SIDECAR =
  'requests go to the container of the service; it reaches a sidecar on localhost, whatever the port; leave it out';

/** Words of other tools for the keys of one kind of map, each with the reason and what to write instead. */
interface OtherWords {
  /** A key that only maps of this kind have. */
  readonly mapsWith: string;
  /** Words in camel case. Dashes, underscores and capitals are ignored in the comparison. */
  readonly words: Readonly<Record<string, string>>;
}

/** Words of gcloud, Compose, Kubernetes, the API and everyday language, by the kind of map that they are written in. */
export const OTHER_WORDS: readonly OtherWords[] = [
  { mapsWith: 'image', words: WORDS_OF_SERVICES },
  {
    mapsWith: 'environments',
    words: {
      jobs: `${OUT_OF_SCOPE} jobs`,
      workerPools: `${OUT_OF_SCOPE} worker pools`,
      version: 'the form of the file has no version; leave it out',
      overrides: OVERRIDES,
      networks: 'write network and subnet in a service',
      secrets: 'write env in a service, with {secret, version} as a value, or volumes',
      apiVersion: EXPORTED,
      kind: EXPORTED,
      metadata: EXPORTED,
      spec: EXPORTED,
    },
  },
  {
    mapsWith: 'project',
    words: {
      projectId: 'write project',
      overrides: OVERRIDES,
      location: 'write region',
      zone: 'write region',
      bucket: 'write backend: {gcs: {bucket: …}}',
      state: 'write backend',
    },
  },
  {
    mapsWith: 'schedule',
    words: {
      cron: 'write schedule',
      expression: 'write schedule',
      url: 'write path, which is called on the URL of the service',
      uri: 'write path, which is called on the URL of the service',
      method: 'write httpMethod',
      body: 'write messageBody',
      payload: 'write messageBody',
      retries: 'write maxRetryAttempts',
      timeout: 'write attemptDeadline',
    },
  },
  {
    mapsWith: 'defaultService',
    words: {
      service: 'write defaultService',
      backend: 'write defaultService, and routes for other services',
      paths: 'write routes',
      rules: 'write routes, or securityPolicy',
      cloudArmor: 'write securityPolicy',
      waf: 'write securityPolicy',
      ssl: 'write certificate',
      tls: 'write certificate',
    },
  },
  {
    mapsWith: 'local',
    words: {
      bucket: 'write gcs: {bucket: …}',
      prefix: 'write gcs: {bucket: …, prefix: …}',
      s3: ELSEWHERE,
      remote: ELSEWHERE,
    },
  },
  { mapsWith: 'pathPrefixRewrite', words: { backend: 'write service', target: 'write service' } },
  { mapsWith: 'sizeLimit', words: { size: 'write sizeLimit', type: 'write medium, memory or disk' } },
  {
    mapsWith: 'mountPath',
    words: {
      mountOptions: 'write gcs, which takes mountOptions beside bucket',
      path: 'write mountPath',
      mount: 'write mountPath',
      target: 'write mountPath',
      size: 'write emptyDir: {sizeLimit: …}',
      bucket: 'write gcs: {bucket: …}',
      secretName: 'write secret',
      hostPath: 'an instance has no host to share; write emptyDir, gcs or nfs',
      host: 'an instance has no host to share; write emptyDir, gcs or nfs',
    },
  },
  {
    mapsWith: 'httpGet',
    words: {
      http: 'write httpGet',
      path: 'write httpGet: {path: …}',
      port: 'write tcpSocket: {port: …}, or httpGet with port',
      tcp: 'write tcpSocket',
      exec: 'Cloud Run runs no command to probe; write httpGet, grpc or tcpSocket',
    },
  },
  {
    mapsWith: 'eventFilters',
    words: { type: 'write eventFilters: {type: …}', bucket: 'write eventFilters: {type: …, bucket: …}' },
  },
  {
    mapsWith: 'maxDispatchesPerSecond',
    words: { rate: 'write maxDispatchesPerSecond', concurrency: 'write maxConcurrentDispatches' },
  },
  {
    mapsWith: 'volumeMounts',
    words: {
      port: PORT_OF_SIDECAR,
      ports: PORT_OF_SIDECAR,
      expose: PORT_OF_SIDECAR,
      containerName: 'the name of a sidecar is its key; leave it out',
    },
  },
  {
    // The value of a variable in `env`.
    mapsWith: 'secret',
    words: {
      secretName: 'write secret',
      valueFrom: 'write {secret: NAME, version: "1"}',
      secretKeyRef: 'write {secret: NAME, version: "1"}',
      value: 'write the text itself in place of the map',
      name: 'write secret',
      key: 'write version',
    },
  },
];
