import type { Fields } from '../fields';
import type { Json } from '../found';

/** A container of the v1 API in the arguments of the v2 resource, without its CPU and memory limits. */
export function knativeContainer(
  container: Fields,
  aliases: ReadonlyMap<string, string>,
  dependencies: Json,
  mountsCloudSql: boolean,
): Json {
  const name = container.text('name');
  const on = name === undefined ? undefined : dependencies[name];
  const ports = container.blocks('ports').map((port) => ({
    name: port.text('name'),
    container_port: port.number('containerPort'),
  }));
  for (const resources of container.blocks('resources')) resources.skip('requests');
  container.skip('imagePullPolicy', 'terminationMessagePath', 'terminationMessagePolicy');
  const mounts = container.blocks('volumeMounts').map((mount) => {
    mount.skip('readOnly');
    return { name: mount.text('name'), mount_path: mount.text('mountPath'), sub_path: mount.text('subPath') };
  });
  const hasSocket = mounts.some(({ mount_path: path }) => path === '/cloudsql');
  return {
    name,
    image: container.text('image'),
    command: container.list('command'),
    args: container.list('args'),
    working_dir: container.text('workingDir'),
    depends_on: Array.isArray(on) ? on : undefined,
    ports,
    env: container.blocks('env').flatMap((variable) => env(variable, aliases)),
    startup_probe: probe(container.block('startupProbe')),
    liveness_probe: probe(container.block('livenessProbe')),
    readiness_probe: probe(container.block('readinessProbe')),
    volume_mounts: mountsCloudSql && !hasSocket ? [...mounts, { name: 'cloudsql', mount_path: '/cloudsql' }] : mounts,
  };
}

/** A variable; none if Cloud Run does not know the source of its value: `left` then names it. */
function env(variable: Fields, aliases: ReadonlyMap<string, string>): Json[] {
  const name = variable.text('name');
  const from = variable.block('valueFrom');
  const reference = from?.block('secretKeyRef');
  if (from && reference === undefined) return [];
  if (reference === undefined) return [{ name, value: variable.text('value') ?? '' }];
  const secret = reference.text('name') ?? '';
  const version = reference.text('key');
  return [{ name, value_source: { secret_key_ref: { secret: aliases.get(secret) ?? secret, version } } }];
}

function probe(fields: Fields | undefined): Json | undefined {
  if (fields === undefined) return undefined;
  const http = fields.block('httpGet');
  const grpc = fields.block('grpc');
  const tcp = fields.block('tcpSocket');
  return {
    initial_delay_seconds: fields.number('initialDelaySeconds'),
    period_seconds: fields.number('periodSeconds'),
    timeout_seconds: fields.number('timeoutSeconds'),
    failure_threshold: fields.number('failureThreshold'),
    success_threshold: fields.number('successThreshold'),
    http_get: http && {
      path: http.text('path'),
      port: http.number('port'),
      http_headers: http.blocks('httpHeaders').map((each) => ({ name: each.text('name'), value: each.text('value') })),
    },
    grpc: grpc && { port: grpc.number('port'), service: grpc.text('service') },
    tcp_socket: tcp && { port: tcp.number('port') },
  };
}

/** A volume of the v1 API in the arguments of the v2 resource. */
export function knativeVolume(volume: Fields, aliases: ReadonlyMap<string, string>): Json {
  const name = volume.text('name');
  const secret = volume.block('secret');
  if (secret) {
    const id = secret.text('secretName') ?? '';
    const items = secret.blocks('items').map((item) => ({
      path: item.text('path'),
      version: item.text('key'),
      mode: item.number('mode'),
    }));
    return { name, secret: { secret: aliases.get(id) ?? id, default_mode: secret.number('defaultMode'), items } };
  }
  const csi = volume.block('csi');
  if (csi) {
    csi.skip('driver');
    const attributes = csi.map('volumeAttributes') ?? {};
    const options = attributes.mountOptions?.split(',');
    return { name, gcs: { bucket: attributes.bucketName, read_only: csi.flag('readOnly'), mount_options: options } };
  }
  const nfs = volume.block('nfs');
  if (nfs)
    return { name, nfs: { server: nfs.text('server'), path: nfs.text('path'), read_only: nfs.flag('readOnly') } };
  const directory = volume.block('emptyDir');
  if (directory) {
    const medium = directory.text('medium')?.toUpperCase();
    return { name, empty_dir: { medium, size_limit: directory.text('sizeLimit') } };
  }
  return { name };
}
