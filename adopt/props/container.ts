import type { ContainerProps, IngressContainerProps, SecretReference } from '../../constructs/service/container';
import type { InstanceProps } from '../../constructs/service/instance';
import type { ReadinessProbe, StartupProbe } from '../../constructs/service/probe';
import type { Fields } from '../fields';
import { lastSegment } from '../found';
import { without } from './without';

/** Props that are still being filled in. */
export type Draft<T> = { -readonly [K in keyof T]?: T[K] };

/** The container that receives the requests. */
export function ingressContainer(container: Fields, project: string): Draft<IngressContainerProps & InstanceProps> {
  const props: Draft<IngressContainerProps & InstanceProps> = containerProps(container, project);
  const ports = container.block('ports');
  const port = ports?.number('container_port') ?? 8080;
  const resources = container.block('resources');
  const limits = resources?.map('limits') ?? {};
  const gpu = Number(limits['nvidia.com/gpu'] ?? 0);
  return without(
    {
      ...props,
      port,
      useHttp2: ports?.text('name') === 'h2c',
      ...size(limits, gpu > 0 ? { cpu: '4', memory: '16Gi' } : { cpu: '1', memory: '512Mi' }),
      gpu,
      cpuThrottling: resources?.flag('cpu_idle') ?? gpu === 0,
      cpuBoost: resources?.flag('startup_cpu_boost') ?? false,
      startupProbe: isDefaultStartupProbe(props.startupProbe, port) ? undefined : withoutPort(props.startupProbe, port),
      livenessProbe: withoutPort(props.livenessProbe, port),
    },
    { port: 8080, useHttp2: false, gpu: 0, cpuThrottling: gpu === 0, cpuBoost: true },
  );
}

/** A sidecar container. CPU allocation applies to the whole instance: the ingress container sets it. */
export function sidecar(container: Fields, project: string): Draft<ContainerProps> {
  const props = containerProps(container, project);
  const resources = container.block('resources');
  resources?.skip('cpu_idle', 'startup_cpu_boost');
  return { ...props, ...size(resources?.map('limits') ?? {}, { cpu: '1', memory: '512Mi' }) };
}

/** CPU and memory if they are not the defaults. */
function size(limits: Readonly<Record<string, string>>, defaults: { readonly cpu: string; readonly memory: string }) {
  const { cpu = defaults.cpu, memory = defaults.memory } = limits;
  return {
    ...(cpu === defaults.cpu ? {} : { cpu: /^\d+$/.test(cpu) ? Number(cpu) : cpu }),
    ...(memory === defaults.memory ? {} : { memory }),
  };
}

function containerProps(container: Fields, project: string): Draft<ContainerProps> {
  const [command, args, dependsOn] = [container.list('command'), container.list('args'), container.list('depends_on')];
  const env = container
    .blocks('env')
    .map((variable) => [variable.text('name') ?? '', value(variable, project)] as const);
  container.skip('name', 'build_info');
  return without({
    image: container.text('image'),
    command: command.length > 0 ? command : undefined,
    args: args.length > 0 ? args : undefined,
    workingDir: container.text('working_dir'),
    env: env.length > 0 ? Object.fromEntries(env.sort(([a], [b]) => (a < b ? -1 : 1))) : undefined,
    startupProbe: probe(container.block('startup_probe')),
    livenessProbe: probe(container.block('liveness_probe')),
    readinessProbe: readinessProbe(container.block('readiness_probe')),
    dependsOn: dependsOn.length > 0 ? dependsOn : undefined,
  });
}

function value(variable: Fields, project: string): string | SecretReference {
  const secret = variable.block('value_source')?.block('secret_key_ref');
  if (secret === undefined) return variable.text('value') ?? '';
  variable.skip('value');
  return without({
    secret: secretName(secret.text('secret') ?? '', project),
    version: secret.text('version') ?? 'latest',
  }) as SecretReference;
}

/** The short id of a secret if it is in the service's project, else its full name. */
export function secretName(secret: string, project: string): string {
  return secret.startsWith(`projects/${project}/secrets/`) ? lastSegment(secret) : secret;
}

type AnyProbe = Draft<StartupProbe & { httpGet: object; grpc: object; tcpSocket: object }>;

function probe(fields: Fields | undefined): StartupProbe | undefined {
  if (fields === undefined) return undefined;
  const http = fields.block('http_get');
  const grpc = fields.block('grpc');
  const tcp = fields.block('tcp_socket');
  const headers = http?.blocks('http_headers').map((header) => ({
    name: header.text('name') ?? '',
    value: header.text('value') ?? '',
  }));
  const question: AnyProbe = http
    ? {
        httpGet: without(
          { path: http.text('path'), port: http.number('port'), httpHeaders: headers?.length ? headers : undefined },
          { path: '/' },
        ),
      }
    : grpc
      ? { grpc: without({ port: grpc.number('port'), service: grpc.text('service') }) }
      : { tcpSocket: without({ port: tcp?.number('port') }) };
  const timing = {
    initialDelaySeconds: fields.number('initial_delay_seconds'),
    periodSeconds: fields.number('period_seconds'),
    timeoutSeconds: fields.number('timeout_seconds'),
    failureThreshold: fields.number('failure_threshold'),
  };
  const defaults = { periodSeconds: 10, timeoutSeconds: 1, failureThreshold: 3 };
  return { ...question, ...without(timing, defaults) } as StartupProbe;
}

function readinessProbe(fields: Fields | undefined): ReadinessProbe | undefined {
  const successThreshold = fields?.number('success_threshold');
  const { initialDelaySeconds: _, ...others } = (probe(fields) ?? {}) as StartupProbe;
  return fields && ({ ...others, ...without({ successThreshold }, { successThreshold: 2 }) } as ReadinessProbe);
}

/** Whether a startup probe is the default of Cloud Run. */
function isDefaultStartupProbe(startupProbe: StartupProbe | undefined, port: number): boolean {
  if (startupProbe === undefined) return true;
  const { tcpSocket, periodSeconds, timeoutSeconds, failureThreshold } = startupProbe as AnyProbe & {
    tcpSocket?: { port?: number };
  };
  return (
    tcpSocket !== undefined &&
    (tcpSocket.port ?? port) === port &&
    periodSeconds === 240 &&
    timeoutSeconds === 240 &&
    failureThreshold === 1
  );
}

/** A probe without its port, if it is the container's port. */
function withoutPort<P extends StartupProbe>(probe: P | undefined, port: number): P | undefined {
  if (probe === undefined) return undefined;
  const entries = Object.entries(probe).map(([key, value]) => {
    if (typeof value !== 'object' || value === null) return [key, value];
    const { port: asked, ...question } = value as { port?: number };
    return [key, asked === undefined || asked === port ? question : value];
  });
  return Object.fromEntries(entries) as P;
}
