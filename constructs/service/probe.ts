import type { CloudRunV2ServiceTemplateContainersStartupProbe } from '@cdktf/provider-google/lib/cloud-run-v2-service';
import type { Text } from '../core/text';
import type { NewerReadinessProbe } from './newer-arguments';

/** A header of a probe's HTTP request. */
export interface HttpHeader {
  /** The header's name. */
  readonly name: string;
  /** The header's value. */
  readonly value: Text;
}

/** Probe by an HTTP/1 GET request: healthy while the status of the response is 2xx or 3xx. */
export interface HttpGetProbe {
  /**
   * Path of the request.
   * @default "/"
   */
  readonly path?: string;
  /**
   * Port of the request.
   * @default the container's `port`
   */
  readonly port?: number;
  /**
   * Headers of the request.
   * @default none
   */
  readonly httpHeaders?: readonly HttpHeader[];
}

/** Probe by the gRPC health checking protocol. */
export interface GrpcProbe {
  /**
   * Port of the call.
   * @default the container's `port`
   */
  readonly port?: number;
  /**
   * Service to check, by its name in the health checking protocol.
   * @default the server as a whole
   */
  readonly service?: Text;
}

/** Probe by opening a TCP connection. */
export interface TcpSocketProbe {
  /**
   * Port of the connection.
   * @default the container's `port`
   */
  readonly port?: number;
}

/** When and how often a probe runs. The keys are those of Cloud Run's own YAML. */
export interface ProbeTiming {
  /**
   * Seconds between the container's start and the first probe: 0 to 240 for a startup probe, 0 to 3600 for a liveness probe.
   * @default 0
   */
  readonly initialDelaySeconds?: number;
  /**
   * Seconds between probes: 1 to 240 for a startup probe, 1 to 3600 for another.
   * @default 10
   */
  readonly periodSeconds?: number;
  /**
   * Seconds after which a probe without a response has failed; at most `periodSeconds`.
   * @default 1
   */
  readonly timeoutSeconds?: number;
  /**
   * Failures in a row after which the container is shut down.
   * @default 3
   */
  readonly failureThreshold?: number;
}

/** A startup probe: exactly one of `httpGet`, `grpc` and `tcpSocket`. */
export type StartupProbe = ProbeTiming &
  ({ readonly httpGet: HttpGetProbe } | { readonly grpc: GrpcProbe } | { readonly tcpSocket: TcpSocketProbe });

/** A liveness probe: exactly one of `httpGet`, `grpc` and `tcpSocket`. */
export type LivenessProbe = StartupProbe;

/** When and how often a readiness probe runs. */
export interface ReadinessTiming extends Omit<ProbeTiming, 'initialDelaySeconds' | 'failureThreshold'> {
  /**
   * Failures in a row after which the instance gets no new requests.
   * @default 3
   */
  readonly failureThreshold?: number;
  /**
   * Successes in a row after which it gets requests again.
   * @default 2
   */
  readonly successThreshold?: number;
}

/** A readiness probe: exactly one of `httpGet` and `grpc`. */
export type ReadinessProbe = ReadinessTiming &
  ({ readonly httpGet: Omit<HttpGetProbe, 'httpHeaders'> } | { readonly grpc: GrpcProbe });

/**
 * A probe with its defaults. Without a port of its own it uses the container's. The liveness probe has the same arguments.
 */
export function renderProbe(probe: StartupProbe, port?: number): CloudRunV2ServiceTemplateContainersStartupProbe {
  return {
    initialDelaySeconds: probe.initialDelaySeconds ?? 0,
    periodSeconds: probe.periodSeconds ?? 10,
    timeoutSeconds: probe.timeoutSeconds ?? 1,
    failureThreshold: probe.failureThreshold ?? 3,
    ...renderQuestion(probe, port),
  };
}

/** A readiness probe with its defaults. */
export function renderReadinessProbe(probe: ReadinessProbe, port?: number): NewerReadinessProbe {
  const timing = {
    period_seconds: probe.periodSeconds ?? 10,
    timeout_seconds: probe.timeoutSeconds ?? 1,
    success_threshold: probe.successThreshold ?? 2,
    failure_threshold: probe.failureThreshold ?? 3,
  };
  if ('grpc' in probe) return { ...timing, grpc: { port: probe.grpc.port ?? port, service: probe.grpc.service } };
  return { ...timing, http_get: { path: probe.httpGet.path ?? '/', port: probe.httpGet.port ?? port } };
}

/** Cloud Run's own startup probe. It is always written, so that removing `startupProbe` restores it. */
export function defaultStartupProbe(port: number): CloudRunV2ServiceTemplateContainersStartupProbe {
  return {
    initialDelaySeconds: 0,
    periodSeconds: 240,
    timeoutSeconds: 240,
    failureThreshold: 1,
    tcpSocket: { port },
  };
}

function renderQuestion(probe: StartupProbe, port?: number): CloudRunV2ServiceTemplateContainersStartupProbe {
  if ('httpGet' in probe) {
    const { path = '/', httpHeaders } = probe.httpGet;
    return {
      httpGet: { path, port: probe.httpGet.port ?? port, httpHeaders: httpHeaders?.map((header) => ({ ...header })) },
    };
  }
  if ('grpc' in probe) return { grpc: { port: probe.grpc.port ?? port, service: probe.grpc.service } };
  return { tcpSocket: { port: probe.tcpSocket.port ?? port } };
}
