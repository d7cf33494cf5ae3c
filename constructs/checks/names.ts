import type { IConstruct } from 'constructs';
import type { Environment } from '../core/environment';
import { isServiceName, SERVICE_NAME_LENGTH, SERVICE_NAME_REMEDY } from '../core/forms';
import { isToken } from '../core/literal';
import { sortedEntries } from '../core/order';
import type { CloudRunService } from '../service/cloud-run-service';
import { type Check, exampleFile, type Problem } from './check';
import { ingressContainerName } from './containers';

const KEY = /^[A-Za-z][A-Za-z0-9_-]*$/;
/** Cloud KMS, "Resource names". */
const KEY_NAME = /^projects\/[^/\s]+\/locations\/[^/\s]+\/keyRings\/[\w-]{1,63}\/cryptoKeys\/[\w-]{1,63}$/;
export const SERVICE_DESCRIPTION = { least: 0, most: 512 };
const DNS_LABEL = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;

/** Names and texts of a service that Cloud Run or Terraform would refuse. */
export const nameChecks: readonly Check<CloudRunService>[] = [
  {
    code: 'service-name',
    severity: 'error',
    summary: `A service name has at most ${SERVICE_NAME_LENGTH.most} characters: lower-case letters, digits and dashes, beginning with a letter and not ending with a dash (Cloud Run API, Service.name).`,
    example: exampleFile('My_Api: {}'),
    *find({ serviceName, props }) {
      if (isToken(serviceName) || isServiceName(serviceName)) return;
      const path = props.name === undefined ? [] : ['name'];
      const message = `'${serviceName}' is not a service name`;
      yield { path, message, remedy: SERVICE_NAME_REMEDY };
    },
  },
  {
    code: 'service-key',
    severity: 'error',
    summary:
      'The key of a service is its name in Terraform addresses, so it consists of letters, digits, dashes and underscores and begins with a letter.',
    example: exampleFile('"2nd": {name: second}'),
    find: (service) => wrongKey(service, service.environment),
  },
  {
    code: 'container-name',
    severity: 'error',
    summary:
      'A container or volume name is a DNS label: at most 63 lower-case letters, digits and dashes. A sidecar may not have the name of the ingress container, which is `containerName` or else the name of the service. A volume may not have the name `cloudsql`, which is for the Cloud SQL sockets.',
    example: exampleFile('api: {sidecars: {Proxy: {image: envoyproxy/envoy:v1.31.0}}}'),
    *find(service) {
      const { props } = service;
      const { containerName } = props;
      const own = ingressContainerName(service);
      for (const [name] of sortedEntries(props.sidecars)) yield* nameProblem(['sidecars', name], name, own);
      if (containerName !== undefined && !isToken(containerName)) {
        yield* nameProblem(['containerName'], containerName, undefined);
      }
      for (const [name] of sortedEntries(props.volumes)) yield* nameProblem(['volumes', name], name, 'cloudsql');
    },
  },
  {
    code: 'description-length',
    severity: 'error',
    summary: `A description has at most ${SERVICE_DESCRIPTION.most} characters (provider documentation, \`description\`).`,
    example: exampleFile(`api: {description: "${'what it is for '.repeat(35)}"}`),
    *find({ props: { description = '' } }) {
      if (isToken(description) || description.length <= SERVICE_DESCRIPTION.most) return;
      yield {
        path: ['description'],
        message: `the description has ${description.length} characters`,
        remedy: `shorten it to ${SERVICE_DESCRIPTION.most}`,
      };
    },
  },
  {
    code: 'encryption-key',
    severity: 'error',
    summary: 'A customer-managed key is named by its full name (gcloud `--key`).',
    example: exampleFile('api: {key: my-key}'),
    *find({ props: { key: everywhere, regions } }) {
      const differing = Array.isArray(regions) ? [] : Object.entries(regions ?? {});
      const keys = differing.map(([region, { key }]) => ({ key, path: ['regions', region, 'key'] }));
      for (const { key, path } of [{ key: everywhere, path: ['key'] }, ...keys]) {
        if (key === undefined || isToken(key) || KEY_NAME.test(key)) continue;
        const remedy = 'write projects/P/locations/R/keyRings/K/cryptoKeys/C';
        yield { path, message: `'${key}' is not a key`, remedy };
      }
    },
  },
  {
    code: 'binary-authorization',
    severity: 'error',
    summary: 'Binary Authorization is `default` or the full name of a policy (gcloud `--binary-authorization`).',
    example: exampleFile('api: {binaryAuthorization: strict}'),
    *find({ props: { binaryAuthorization: policy } }) {
      if (policy === undefined || policy === 'default' || isToken(policy)) return;
      if (/^projects\/[^/]+\/platforms\/cloudRun\/policies\/[^/]+$/.test(policy)) return;
      yield {
        path: ['binaryAuthorization'],
        message: `'${policy}' is not a policy`,
        remedy: "write 'default' or projects/P/platforms/cloudRun/policies/N",
      };
    },
  },
];

function* nameProblem(path: string[], name: string, taken: string | undefined): Iterable<Problem> {
  if (!DNS_LABEL.test(name)) {
    yield {
      path,
      message: `'${name}' is not a valid name`,
      remedy: 'use at most 63 lower-case letters, digits and dashes',
    };
  } else if (name === taken) {
    yield { path, message: `the name '${name}' is taken`, remedy: 'use another' };
  }
}

/** The problem of a construct whose key cannot be in an address. */
export function* wrongKey(construct: IConstruct, { addresses }: Environment): Iterable<Problem> {
  const name = addresses.prefixOf(construct);
  if (KEY.test(name)) return;
  yield {
    message: `'${name}' can't be part of a Terraform address`,
    remedy: 'use letters, digits, dashes and underscores, beginning with a letter',
  };
}
