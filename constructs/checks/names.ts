import { isToken } from '../core/literal';
import { sortedEntries } from '../core/order';
import type { CloudRunService } from '../service/cloud-run-service';
import { type Check, exampleFile, type Problem } from './check';
import { isRegion, isServiceName, SERVICE_NAME_REMEDY } from './forms';

const KEY = /^[A-Za-z][A-Za-z0-9_-]*$/;
const DNS_LABEL = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;
const LABEL_KEY = /^[\p{Ll}\p{Lo}][\p{Ll}\p{Lo}\p{N}_-]{0,62}$/u;
const LABEL_VALUE = /^[\p{Ll}\p{Lo}\p{N}_-]{0,63}$/u;
const RESERVED_PREFIX =
  /^(?:[\w.-]+\.)?(?:run\.googleapis\.com|cloud\.googleapis\.com|serving\.knative\.dev|autoscaling\.knative\.dev)\//;

/** Names and texts of a service that Cloud Run or Terraform would refuse. */
export const nameChecks: readonly Check<CloudRunService>[] = [
  {
    code: 'service-name',
    severity: 'error',
    summary:
      'A service name has at most 49 characters: lower-case letters, digits and dashes, beginning with a letter and not ending with a dash (Cloud Run API, Service.name).',
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
    *find(service) {
      const name = service.environment.addresses.prefixOf(service);
      if (KEY.test(name)) return;
      yield {
        message: `'${name}' can't be part of a Terraform address`,
        remedy: 'use letters, digits, dashes and underscores, beginning with a letter',
      };
    },
  },
  {
    code: 'region-name',
    severity: 'error',
    summary: 'A region is written as Google Cloud names it, such as `europe-west1`; a zone is not a region.',
    example: exampleFile('api: {region: europe-west1-b}'),
    *find({ props }) {
      const several = Array.isArray(props.regions) ? props.regions : Object.keys(props.regions ?? {});
      const regions = [
        ...(props.region === undefined ? [] : [{ region: props.region, path: ['region'] }]),
        ...several.map((region, index) => ({
          region,
          path: ['regions', Array.isArray(props.regions) ? index : region],
        })),
      ];
      for (const { region, path } of regions) {
        if (isToken(region) || isRegion(region)) continue;
        yield { path, message: `'${region}' is not a region`, remedy: "write a region such as 'europe-west1'" };
      }
    },
  },
  {
    code: 'several-regions',
    severity: 'error',
    summary:
      'A service has one `region`, or `regions`, each once; a mapped domain leads to one region, so several need a load balancer instead (Cloud Run, "Serve traffic from multiple regions").',
    example: exampleFile('web: {access: public, regions: [europe-west1, us-central1], domains: [www.example.com]}'),
    *find({ props: { region, regions, domains = [] } }) {
      if (regions === undefined) return;
      const names = Array.isArray(regions) ? regions : Object.keys(regions);
      const path = ['regions'];
      if (region !== undefined) {
        yield { path, message: `regions does not go with region '${region}'`, remedy: 'take one of them away' };
      }
      if (names.length === 0) yield { path, message: 'regions is empty', remedy: 'name at least one region' };
      for (const [index, name] of names.entries()) {
        if (names.indexOf(name) === index) continue;
        yield { path: [...path, index], message: `'${name}' is named already`, remedy: 'name each region once' };
      }
      if (domains.length > 0) {
        const message = 'a mapped domain leads to one region, not to several';
        yield { path: ['domains'], message, remedy: 'put a load balancer in front instead' };
      }
    },
  },
  {
    code: 'container-name',
    severity: 'error',
    summary:
      'A sidecar or volume name is a DNS label: at most 63 lower-case letters, digits and dashes. A sidecar may not have the name of the service, which is that of the ingress container, and no volume the name `cloudsql`, which is that of the Cloud SQL sockets.',
    example: exampleFile('api: {sidecars: {Proxy: {image: envoyproxy/envoy:v1.31.0}}}'),
    *find({ props, serviceName }) {
      for (const [name] of sortedEntries(props.sidecars)) yield* nameProblem(['sidecars', name], name, serviceName);
      for (const [name] of sortedEntries(props.volumes)) yield* nameProblem(['volumes', name], name, 'cloudsql');
    },
  },
  {
    code: 'description-length',
    severity: 'error',
    summary: 'A description has at most 512 characters (provider documentation, `description`).',
    example: exampleFile(`api: {description: "${'what it is for '.repeat(35)}"}`),
    *find({ props: { description = '' } }) {
      if (isToken(description) || description.length <= 512) return;
      yield {
        path: ['description'],
        message: `the description has ${description.length} characters`,
        remedy: 'shorten it to 512',
      };
    },
  },
  {
    code: 'label-syntax',
    severity: 'error',
    summary:
      'A label has a key of at most 63 lower-case letters, digits, dashes and underscores, beginning with a letter, and a value of the same characters (Google Cloud, "Requirements for labels").',
    example: exampleFile('api: {labels: {Team: Payments}}'),
    *find({ props }) {
      for (const [key, value] of sortedEntries(props.labels)) {
        const wrong = !LABEL_KEY.test(key) ? key : !isToken(value) && !LABEL_VALUE.test(value) ? value : undefined;
        if (wrong === undefined || RESERVED_PREFIX.test(key)) continue;
        yield {
          path: ['labels', key],
          message: `'${wrong}' can't stand in a label`,
          remedy: 'use lower-case letters, digits, dashes and underscores, at most 63',
        };
      }
    },
  },
  {
    code: 'reserved-annotation',
    severity: 'error',
    summary:
      "Annotations and labels under Google's own prefixes are refused by the API (provider documentation, `annotations`); each has a key of its own here.",
    example: exampleFile('api: {annotations: {run.googleapis.com/ingress: internal}}'),
    *find({ props }) {
      for (const map of ['annotations', 'labels'] as const) {
        for (const [key] of sortedEntries(props[map])) {
          if (!RESERVED_PREFIX.test(key)) continue;
          yield {
            path: [map, key],
            message: `'${key}' is reserved for Google`,
            remedy: 'use the key of services.yaml that says the same',
          };
        }
      }
    },
  },
  {
    code: 'encryption-key',
    severity: 'error',
    summary: 'A customer-managed key is named in full (gcloud `--key`).',
    example: exampleFile('api: {key: my-key}'),
    *find({ props: { key } }) {
      if (key === undefined || isToken(key)) return;
      if (/^projects\/[^/]+\/locations\/[^/]+\/keyRings\/[^/]+\/cryptoKeys\/[^/]+$/.test(key)) return;
      yield {
        path: ['key'],
        message: `'${key}' is not a key`,
        remedy: 'write projects/P/locations/R/keyRings/K/cryptoKeys/C',
      };
    },
  },
  {
    code: 'binary-authorization',
    severity: 'error',
    summary: 'Binary Authorization takes `default` or a policy named in full (gcloud `--binary-authorization`).',
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

function* nameProblem(path: string[], name: string, taken: string): Iterable<Problem> {
  if (!DNS_LABEL.test(name)) {
    yield {
      path,
      message: `'${name}' is not a name for it`,
      remedy: 'use at most 63 lower-case letters, digits and dashes',
    };
  } else if (name === taken) {
    yield { path, message: `the name '${name}' is taken`, remedy: 'use another' };
  }
}
