import { isToken } from '../core/literal';
import { namedSecret } from '../core/named-secret';
import { sortedEntries } from '../core/order';
import type { CloudRunService } from '../service/cloud-run-service';
import type { ContainerProps } from '../service/container';
import { type Check, exampleFile, type Problem } from './check';
import { accepts, rangeInWords } from './limits';

/** Cloud Run, "Container runtime contract": set by Cloud Run itself. */
const RESERVED_ENV = ['PORT', 'K_SERVICE', 'K_REVISION', 'K_CONFIGURATION'];
/** Cloud Run, "Quotas and limits". */
const MAX_CONTAINERS = 10;
const MAX_VARIABLES = 1000;
/** Cloud Run API, EnvVar: bytes of a value, characters of a name. */
const MAX_VARIABLE_LENGTH = 32_768;
export const PORT = { least: 1, most: 65_535 };

/** `host/path:tag@digest`; only the host may have capitals. */
const IMAGE =
  /^(?:[A-Za-z0-9.-]+(?::\d+)?\/)?[a-z0-9]+(?:[._/-]+[a-z0-9]+)*(?::[\w][\w.-]{0,127})?(?:@sha256:[0-9a-f]{64})?$/;

const SECRET_NAME = /(?:^|_)(?:PASSWORD|PASSWD|SECRET|TOKEN|CREDENTIALS?|API_?KEY|ACCESS_?KEY|PRIVATE_?KEY)(?:$|_)/i;
const SECRET_VALUE = /^-----BEGIN [A-Z ]*PRIVATE KEY-----|^\w+:\/\/[^\s:/@]+:[^\s:/@]+@/;

interface Container {
  /** The sidecar's name; undefined for the ingress container. */
  readonly name?: string;
  readonly props: ContainerProps;
  readonly path: readonly (string | number)[];
}

/** The ingress container and the sidecars of a service, with their places in its props. */
export function containersOf({ props }: CloudRunService): Container[] {
  return [
    { props, path: [] },
    ...sortedEntries(props.sidecars).map(([name, sidecar]) => ({ name, props: sidecar, path: ['sidecars', name] })),
  ];
}

/** Container settings that Cloud Run refuses. */
export const containerChecks: readonly Check<CloudRunService>[] = [
  {
    code: 'image-reference',
    severity: 'error',
    summary:
      'An image is a reference that `docker pull` accepts: host and path, with a tag or digest, without a scheme.',
    example: exampleFile('api: {image: "https://europe-docker.pkg.dev/acme/apps/api:1.0.0"}'),
    *find(service) {
      for (const { props, path } of containersOf(service)) {
        const { image } = props;
        if (isToken(image) || IMAGE.test(image)) continue;
        const bare = image.replace(/^\w+:\/\//, '').trim();
        const like =
          bare !== image && bare.includes('/') && IMAGE.test(bare) ? bare : 'europe-docker.pkg.dev/acme/apps/api:1.0.0';
        const remedy = `write it like '${like}'`;
        yield { path: [...path, 'image'], message: `'${image}' is not an image`, remedy };
      }
    },
  },
  {
    code: 'command-of-several-words',
    severity: 'warning',
    summary:
      'A command is a list of words. The first is the program. No shell splits a text into words (Cloud Run API, Container.command).',
    example: exampleFile('api: {command: ["npm start"]}'),
    *find(service) {
      for (const { props, path } of containersOf(service)) {
        const [program = '', ...others] = props.command ?? [];
        if (others.length > 0 || isToken(program) || !/\S\s+\S/.test(program)) continue;
        // The message does not show the words, because one may be a secret.
        const message = 'the whole text would be the name of the program';
        yield { path: [...path, 'command'], message, remedy: 'write each word as an entry, [npm, start]' };
      }
    },
  },
  {
    code: 'port-range',
    severity: 'error',
    summary: `A port is a whole number from ${rangeInWords(PORT)}.`,
    example: exampleFile('api: {port: 80800}'),
    *find({ props: { port } }) {
      if (port === undefined || isToken(port) || accepts(PORT, port)) return;
      yield { path: ['port'], message: `${port} is not a port`, remedy: `write a number from ${rangeInWords(PORT)}` };
    },
  },
  {
    code: 'reserved-env',
    severity: 'error',
    summary: `Cloud Run sets ${RESERVED_ENV.join(', ')} itself, and refuses them at apply (container runtime contract).`,
    example: exampleFile('api: {env: {PORT: "3000"}}'),
    *find(service) {
      for (const { name, props, path } of containersOf(service)) {
        for (const [variable] of sortedEntries(props.env)) {
          // A sidecar gets no PORT from Cloud Run, so it may set the variable.
          if (!RESERVED_ENV.includes(variable) || (variable === 'PORT' && name !== undefined)) continue;
          const remedy = variable === 'PORT' ? "write 'port' to choose the port" : 'use another name';
          yield { path: [...path, 'env', variable], message: `Cloud Run sets ${variable} itself`, remedy };
        }
      }
    },
  },
  {
    code: 'env-name',
    severity: 'error',
    summary: 'The name of an environment variable is not empty and has no `=`, white space or control characters.',
    example: exampleFile('api: {env: {"LOG LEVEL": info}}'),
    *find(service) {
      for (const { props, path } of containersOf(service)) {
        for (const [variable] of sortedEntries(props.env)) {
          if (/^[^\s=\p{Cc}]+$/u.test(variable)) continue;
          const remedy = 'use letters, digits and underscores';
          yield { path: [...path, 'env', variable], message: `'${variable}' can't name a variable`, remedy };
        }
      }
    },
  },
  {
    code: 'env-size',
    severity: 'error',
    summary: `A service has at most ${MAX_VARIABLES} variables (Cloud Run, "Environment variables"), and each has a name and a value of at most ${MAX_VARIABLE_LENGTH / 1024} KiB (Cloud Run API, EnvVar).`,
    example: exampleFile(
      `api:\n  env:\n${Array.from({ length: MAX_VARIABLES + 1 }, (_, i) => `    VARIABLE_${i}: x`).join('\n')}`,
    ),
    *find(service) {
      for (const { name: sidecar, props, path } of containersOf(service)) {
        const derived = sidecar === undefined ? service.derivedEnv.map(({ name }) => name) : [];
        const count = new Set([...Object.keys(props.env ?? {}), ...derived]).size;
        if (count > MAX_VARIABLES) {
          const message = `the container has ${count} variables`;
          yield { path: [...path, 'env'], message, remedy: `use at most ${MAX_VARIABLES}` };
        }
        for (const [variable, value] of sortedEntries(props.env)) {
          const text = typeof value === 'string' && !isToken(value) ? value : '';
          const bytes = Math.max(Buffer.byteLength(text), variable.length);
          if (bytes <= MAX_VARIABLE_LENGTH) continue;
          const message = `the variable has ${bytes} bytes`;
          yield {
            path: [...path, 'env', variable],
            message,
            remedy: `use at most ${MAX_VARIABLE_LENGTH / 1024} KiB, or mount a file`,
          };
        }
      }
    },
  },
  {
    code: 'secret-in-env',
    severity: 'warning',
    summary:
      'A password or key in the file is also in version control, in the state and in every plan. Secret Manager keeps it out of all three.',
    example: exampleFile('api: {env: {DB_PASSWORD: hunter2}}'),
    *find(service) {
      for (const { props, path } of containersOf(service)) {
        for (const [variable, value] of sortedEntries(props.env)) {
          if (typeof value !== 'string' || value === '' || isToken(value) || namedSecret(value)) continue;
          if (!SECRET_NAME.test(variable) && !SECRET_VALUE.test(value)) continue;
          const remedy = 'put it into Secret Manager and write {secret: …, version: "1"}';
          yield {
            path: [...path, 'env', variable],
            message: `the value of ${variable} looks like a secret in plain text`,
            remedy,
          };
        }
      }
    },
  },
  {
    code: 'container-dependency',
    severity: 'error',
    summary:
      'A container can only wait for other containers of its service, by name, and two containers cannot wait for each other (gcloud `--depends-on`).',
    example: exampleFile(`
api:
  dependsOn: [proxi]
  sidecars:
    proxy: {image: envoyproxy/envoy:v1.31.0}`),
    *find(service) {
      const containers = containersOf(service);
      const own = ingressContainerName(service);
      const names = containers.map(({ name }) => name ?? own);
      for (const { name = own, props, path } of containers) {
        for (const [index, wanted] of (props.dependsOn ?? []).entries()) {
          const place = [...path, 'dependsOn', index];
          yield* dependencyProblem(place, name, wanted, names, dependencyGraph(service));
        }
      }
    },
  },
  {
    code: 'too-many-containers',
    severity: 'error',
    summary: `A service has at most ${MAX_CONTAINERS} containers, sidecars included (Cloud Run, "Quotas and limits").`,
    example: exampleFile(
      `api:\n  sidecars:\n${Array.from({ length: 10 }, (_, i) => `    s${i}: {image: acme/sidecar:1, cpu: 0.5}`).join('\n')}`,
    ),
    *find(service) {
      const count = containersOf(service).length;
      if (count <= MAX_CONTAINERS) return;
      yield {
        path: ['sidecars'],
        message: `the service has ${count} containers`,
        remedy: `use at most ${MAX_CONTAINERS}, the ingress container included`,
      };
    },
  },
];

/** The name of the ingress container, for containers that wait for it. */
export function ingressContainerName({ props, serviceName }: CloudRunService): string {
  return props.containerName ?? serviceName;
}

type Graph = ReadonlyMap<string, readonly string[]>;

function dependencyGraph(service: CloudRunService): Graph {
  const own = ingressContainerName(service);
  return new Map(containersOf(service).map(({ name, props }) => [name ?? own, props.dependsOn ?? []]));
}

function* dependencyProblem(
  path: Problem['path'],
  name: string,
  wanted: string,
  names: readonly string[],
  graph: Graph,
): Iterable<Problem> {
  if (!names.includes(wanted)) {
    const others = names.filter((other) => other !== name);
    const remedy = others.length > 0 ? `name one of ${others.join(', ')}` : 'add it to sidecars, or remove it here';
    yield { path, message: `there is no container '${wanted}'`, remedy };
  } else if (wanted === name) {
    yield { path, message: `'${name}' waits for itself`, remedy: 'remove it' };
  } else if (reaches(graph, wanted, name)) {
    yield { path, message: `'${name}' and '${wanted}' wait for each other`, remedy: 'let only one of them wait' };
  }
}

function reaches(graph: Graph, from: string, to: string, seen = new Set<string>()): boolean {
  if (from === to) return true;
  if (seen.has(from)) return false;
  seen.add(from);
  return (graph.get(from) ?? []).some((next) => reaches(graph, next, to, seen));
}
