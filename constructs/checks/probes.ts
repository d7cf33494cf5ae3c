import { isToken } from '../core/literal';
import type { CloudRunService } from '../service/cloud-run-service';
import type { ReadinessProbe, StartupProbe } from '../service/probe';
import { type Check, exampleFile, type Problem } from './check';
import { containersOf, PORT } from './containers';
import { accepts, type Limits, rangeInWords } from './limits';

/** Provider documentation, `startup_probe`, `liveness_probe` and `readiness_probe`. */
export const PROBE_LIMITS = {
  startupProbe: {
    initialDelaySeconds: { least: 0, most: 240 },
    periodSeconds: { least: 1, most: 240 },
    timeoutSeconds: { least: 1, most: 240 },
    failureThreshold: { least: 1, most: 240 },
  },
  livenessProbe: {
    initialDelaySeconds: { least: 0, most: 3600 },
    periodSeconds: { least: 1, most: 3600 },
    timeoutSeconds: { least: 1, most: 3600 },
    failureThreshold: { least: 1, most: 3600 },
  },
  readinessProbe: {
    periodSeconds: { least: 1, most: 3600 },
    timeoutSeconds: { least: 1, most: 3600 },
    failureThreshold: { least: 1, most: 3600 },
    successThreshold: { least: 1, most: 3600 },
  },
} satisfies Readonly<Record<string, Limits>>;
/** Cloud Run, "Configure health checks for services". */
const MOST_TO_START = 240;

type ProbeKey = keyof typeof PROBE_LIMITS;

/** Probe settings that Cloud Run refuses. */
export const probeChecks: readonly Check<CloudRunService>[] = [
  {
    code: 'probe-range',
    severity: 'error',
    summary: `The delay and the period of a startup probe are at most ${PROBE_LIMITS.startupProbe.periodSeconds.most} seconds, those of a liveness probe at most ${PROBE_LIMITS.livenessProbe.periodSeconds.most}. Thresholds and periods are at least 1 (provider documentation, \`startup_probe\`, \`liveness_probe\`).`,
    example: exampleFile('api: {livenessProbe: {httpGet: {path: /healthz}, failureThreshold: 0}}'),
    *find(service) {
      for (const { key, probe, path } of probesOf(service)) {
        for (const [setting, limit] of Object.entries(PROBE_LIMITS[key])) {
          const value = (probe as unknown as Record<string, number | undefined>)[setting];
          if (value === undefined || isToken(value) || accepts(limit, value)) continue;
          const remedy = `write a whole number from ${rangeInWords(limit)}`;
          yield { path: [...path, setting], message: `${setting} can't be ${value}`, remedy };
        }
      }
    },
  },
  {
    code: 'probe-timeout',
    severity: 'error',
    summary:
      'A probe must end before the next one begins: `timeoutSeconds` is at most `periodSeconds`, and less for a readiness probe (provider documentation).',
    example: exampleFile('api: {livenessProbe: {httpGet: {path: /healthz}, timeoutSeconds: 30}}'),
    *find(service) {
      for (const { key, probe, path } of probesOf(service)) {
        const { timeoutSeconds = 1, periodSeconds = 10 } = probe;
        const most = key === 'readinessProbe' ? periodSeconds - 1 : periodSeconds;
        if (timeoutSeconds <= most) continue;
        const message = `timeoutSeconds ${timeoutSeconds} is more than ${most}, with periodSeconds ${periodSeconds}`;
        yield { path: [...path, 'timeoutSeconds'], message, remedy: 'raise periodSeconds or lower timeoutSeconds' };
      }
    },
  },
  {
    code: 'startup-time',
    severity: 'error',
    summary: `A container has at most ${MOST_TO_START} seconds to start: \`failureThreshold\` times \`periodSeconds\` (Cloud Run, "Configure health checks for services").`,
    example: exampleFile('api: {startupProbe: {tcpSocket: {}, periodSeconds: 60, failureThreshold: 10}}'),
    *find(service) {
      for (const { key, probe, path } of probesOf(service)) {
        const { failureThreshold = 3, periodSeconds = 10 } = probe;
        const seconds = failureThreshold * periodSeconds;
        if (key !== 'startupProbe' || seconds <= MOST_TO_START) continue;
        const message = `${failureThreshold} failures every ${periodSeconds} seconds are ${seconds} seconds to start`;
        yield {
          path: [...path, 'failureThreshold'],
          message,
          remedy: `keep failureThreshold × periodSeconds to ${MOST_TO_START}`,
        };
      }
    },
  },
  {
    code: 'probe-target',
    severity: 'error',
    summary: `A probe uses a port from ${rangeInWords(PORT)} and an HTTP path that begins with \`/\`. A sidecar has no port of its own, so its probe must set one.`,
    example: exampleFile(`
api:
  sidecars:
    proxy: {image: envoyproxy/envoy:v1.31.0, startupProbe: {httpGet: {path: ready}}}`),
    *find(service) {
      for (const { probe, path, sidecar } of probesOf(service)) {
        const [kind, { port, path: urlPath }] = question(probe);
        if (port === undefined ? sidecar : !isPort(port)) {
          const message = port === undefined ? "a sidecar's probe needs a port" : `${port} is not a port`;
          yield { path: [...path, kind], message, remedy: `write port, from ${rangeInWords(PORT)}` };
        }
        if (urlPath !== undefined && !isToken(urlPath) && !urlPath.startsWith('/')) {
          const message = `'${urlPath}' is not a path`;
          yield { path: [...path, kind, 'path'], message, remedy: `write '/${urlPath}'` };
        }
      }
    },
  },
];

function* probesOf(service: CloudRunService): Iterable<{
  key: ProbeKey;
  probe: StartupProbe | ReadinessProbe;
  path: NonNullable<Problem['path']>;
  sidecar: boolean;
}> {
  for (const { name, props, path } of containersOf(service)) {
    for (const key of Object.keys(PROBE_LIMITS) as ProbeKey[]) {
      const probe = props[key];
      if (probe) yield { key, probe, path: [...path, key], sidecar: name !== undefined };
    }
  }
}

function question(probe: StartupProbe | ReadinessProbe): [kind: string, question: { port?: number; path?: string }] {
  if ('httpGet' in probe) return ['httpGet', probe.httpGet];
  return 'grpc' in probe ? ['grpc', probe.grpc] : ['tcpSocket', probe.tcpSocket];
}

function isPort(port: number): boolean {
  return isToken(port) || accepts(PORT, port);
}
