/** A JSON object. */
type Json = Readonly<Record<string, unknown>>;

const block = (value: unknown): Json | undefined =>
  (Array.isArray(value) ? value[0] : (value as Json | undefined)) ?? undefined;
const list = (value: unknown): Json[] => (Array.isArray(value) ? value : []);
const set = (value: unknown): boolean => value !== undefined && value !== null && value !== '' && value !== 0;

/**
 * A service of a state as `gcloud run services describe NAME --format export` writes it, in the form of the v1 API. Written from
 * knowledge of the API (Cloud Run YAML reference), independently of what reads it.
 */
export function knativeOf(service: Json, projectNumber: string): Json {
  const template = block(service.template) ?? {};
  const ingress = {
    ALL: 'all',
    INTERNAL_ONLY: 'internal',
    INTERNAL_LOAD_BALANCER: 'internal-and-cloud-load-balancing',
  };
  const word = String(service.ingress).replace('INGRESS_TRAFFIC_', '') as keyof typeof ingress;
  const scaling = block(service.scaling) ?? {};
  const authorization = block(service.binary_authorization);
  return {
    apiVersion: 'serving.knative.dev/v1',
    kind: 'Service',
    metadata: {
      name: service.name,
      namespace: projectNumber,
      labels: { ...(service.labels as Json), 'cloud.googleapis.com/location': service.location },
      annotations: texts({
        ...(service.annotations as Json),
        'run.googleapis.com/client-name': service.client,
        'run.googleapis.com/ingress': ingress[word],
        'run.googleapis.com/ingress-status': ingress[word],
        'run.googleapis.com/description': service.description,
        'run.googleapis.com/invoker-iam-disabled': service.invoker_iam_disabled || undefined,
        'run.googleapis.com/iap-enabled': service.iap_enabled || undefined,
        'run.googleapis.com/default-url-disabled': service.default_uri_disabled || undefined,
        'run.googleapis.com/custom-audiences': service.custom_audiences && JSON.stringify(service.custom_audiences),
        'run.googleapis.com/binary-authorization': authorization && (authorization.policy || 'default'),
        'run.googleapis.com/minScale': scaling.min_instance_count,
        'run.googleapis.com/maxScale': scaling.max_instance_count,
        'run.googleapis.com/scalingMode': scaling.scaling_mode === 'MANUAL' ? 'manual' : undefined,
        'run.googleapis.com/manualInstanceCount': scaling.manual_instance_count,
        'run.googleapis.com/urls': JSON.stringify(service.urls),
        'serving.knative.dev/creator': 'developer@example.com',
      }),
    },
    spec: {
      template: {
        metadata: {
          name: template.revision || `${service.name}-00001-abc`,
          annotations: templateAnnotations(template),
        },
        spec: revisionSpec(template),
      },
      traffic: list(service.traffic).map(({ type, revision, percent, tag }) =>
        pruned(
          String(type).endsWith('LATEST')
            ? { latestRevision: true, percent, tag: tag || undefined }
            : { revisionName: revision, percent, tag: tag || undefined },
        ),
      ),
    },
  };
}

function templateAnnotations(template: Json): Json {
  const [first = {}] = list(template.containers);
  const resources = block(first.resources) ?? {};
  const access = block(template.vpc_access);
  const scaling = block(template.scaling) ?? {};
  const interfaces = list(access?.network_interfaces).map(({ network, subnetwork, tags }) =>
    pruned({ network: network || undefined, subnetwork: subnetwork || undefined, tags: tags ?? undefined }),
  );
  const dependencies = list(template.containers).filter(({ depends_on }) => list(depends_on).length > 0);
  const sql = list(template.volumes).flatMap(
    ({ cloud_sql_instance: instance }) => (block(instance)?.instances as string[]) ?? [],
  );
  const secrets = secretsOfOthers(template);
  return texts({
    'autoscaling.knative.dev/minScale': scaling.min_instance_count,
    'autoscaling.knative.dev/maxScale': scaling.max_instance_count,
    'run.googleapis.com/cpu-throttling': resources.cpu_idle === false ? 'false' : undefined,
    'run.googleapis.com/startup-cpu-boost': resources.startup_cpu_boost ? 'true' : undefined,
    'run.googleapis.com/execution-environment': String(template.execution_environment ?? '')
      .replace('EXECUTION_ENVIRONMENT_', '')
      .toLowerCase(),
    'run.googleapis.com/sessionAffinity': template.session_affinity || undefined,
    'run.googleapis.com/encryption-key': template.encryption_key,
    'run.googleapis.com/gpu-zonal-redundancy-disabled': template.gpu_zonal_redundancy_disabled || undefined,
    'run.googleapis.com/vpc-access-connector': access?.connector,
    'run.googleapis.com/network-interfaces': interfaces.length > 0 ? JSON.stringify(interfaces) : undefined,
    'run.googleapis.com/vpc-access-egress':
      access && (access.egress === 'ALL_TRAFFIC' ? 'all-traffic' : 'private-ranges-only'),
    'run.googleapis.com/cloudsql-instances': sql.join(','),
    'run.googleapis.com/container-dependencies':
      dependencies.length > 0
        ? JSON.stringify(Object.fromEntries(dependencies.map(({ name, depends_on: on }) => [name, on])))
        : undefined,
    'run.googleapis.com/secrets': secrets.map((name) => `${aliasOf(name)}:${name}`).join(','),
  });
}

function revisionSpec(template: Json): Json {
  const accelerator = block(template.node_selector)?.accelerator;
  return pruned({
    containerConcurrency: template.max_instance_request_concurrency,
    timeoutSeconds: Number.parseInt(String(template.timeout), 10),
    serviceAccountName: template.service_account,
    nodeSelector: accelerator ? { 'run.googleapis.com/accelerator': accelerator } : undefined,
    containers: list(template.containers).map(containerOf),
    volumes: list(template.volumes)
      .filter((volume) => !block(volume.cloud_sql_instance))
      .map(volumeOf),
  });
}

function containerOf(container: Json): Json {
  const ports = list(container.ports).map(({ name, container_port: containerPort }) => ({ name, containerPort }));
  const env = list(container.env).map(({ name, value, value_source: source }) => {
    const reference = block(block(source)?.secret_key_ref);
    if (!reference) return { name, value };
    return { name, valueFrom: { secretKeyRef: { name: aliasOf(String(reference.secret)), key: reference.version } } };
  });
  return pruned({
    name: container.name || undefined,
    image: container.image,
    command: container.command ?? undefined,
    args: container.args ?? undefined,
    workingDir: container.working_dir || undefined,
    ports: ports.length > 0 ? ports : undefined,
    env: env.length > 0 ? env : undefined,
    resources: { limits: block(container.resources)?.limits },
    startupProbe: probeOf(container.startup_probe),
    livenessProbe: probeOf(container.liveness_probe),
    volumeMounts: list(container.volume_mounts).map(({ name, mount_path: mountPath }) => ({ name, mountPath })),
  });
}

function probeOf(value: unknown): Json | undefined {
  const probe = block(value);
  if (!probe) return undefined;
  const [http, grpc, tcp] = [block(probe.http_get), block(probe.grpc), block(probe.tcp_socket)];
  return pruned({
    initialDelaySeconds: probe.initial_delay_seconds || undefined,
    periodSeconds: probe.period_seconds,
    timeoutSeconds: probe.timeout_seconds,
    failureThreshold: probe.failure_threshold,
    httpGet:
      http &&
      pruned({
        path: http.path,
        port: http.port,
        httpHeaders: list(http.http_headers).length > 0 ? http.http_headers : undefined,
      }),
    grpc: grpc && pruned({ port: grpc.port, service: grpc.service || undefined }),
    tcpSocket: tcp && { port: tcp.port },
  });
}

function volumeOf(volume: Json): Json {
  const { name } = volume;
  const [secret, gcs, nfs, directory] = [
    block(volume.secret),
    block(volume.gcs),
    block(volume.nfs),
    block(volume.empty_dir),
  ];
  if (secret) {
    const items = list(secret.items).map(({ path, version, mode }) =>
      pruned({ path, key: version, mode: mode || undefined }),
    );
    return { name, secret: { secretName: aliasOf(String(secret.secret)), defaultMode: secret.default_mode, items } };
  }
  if (gcs)
    return {
      name,
      csi: pruned({
        driver: 'gcsfuse.run.googleapis.com',
        readOnly: gcs.read_only || undefined,
        volumeAttributes: { bucketName: gcs.bucket },
      }),
    };
  if (nfs) return { name, nfs: pruned({ server: nfs.server, path: nfs.path, readOnly: nfs.read_only || undefined }) };
  return {
    name,
    emptyDir: pruned({
      medium: directory?.medium === 'DISK' ? 'Disk' : 'Memory',
      sizeLimit: directory?.size_limit || undefined,
    }),
  };
}

/** Secrets of other projects have aliases in the v1 API. */
function secretsOfOthers(template: Json): string[] {
  const text = JSON.stringify(template);
  return [...new Set(text.match(/projects\/[^/"]+\/secrets\/[^/"]+/g) ?? [])].sort();
}

function aliasOf(secret: string): string {
  return secret.includes('/') ? `alias-${secret.replaceAll('/', '-')}` : secret;
}

/** Annotations are text; one without a value is left out. */
function texts(annotations: Json): Json {
  return Object.fromEntries(
    Object.entries(annotations)
      .filter(([, value]) => set(value))
      .map(([name, value]) => [name, String(value)]),
  );
}

function pruned(values: Json): Json {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
