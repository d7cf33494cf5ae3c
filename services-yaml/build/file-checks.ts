import { posix } from 'node:path';
import { type Check, exampleFile } from '../../constructs/checks/check';
import { didYouMean } from '../../constructs/core/nearest';
import type { Backend } from '../../constructs/core/stack-props';
import type { LoadedSpec } from '../load/load';
import { serviceNames, serviceNamesOfCallers } from '../load/service-names';

const STACK_NAME = /^[A-Za-z0-9][A-Za-z0-9_-]{0,62}$/;

/** Whether cdktf accepts the name for a stack and its folder. It rejects the members of every object, such as `constructor`. */
export function isStackName(name: string): boolean {
  return STACK_NAME.test(name) && !(name in Object.prototype);
}

/** Checks that need the whole file, but no constructs. Each path is a path in the file. */
export const fileChecks: readonly Check<LoadedSpec>[] = [
  {
    code: 'no-environment',
    severity: 'error',
    summary: 'Services are in environments. Without an environment there is no stack.',
    example: 'environments: {}\nservices: {api: {image: "europe-docker.pkg.dev/acme/apps/api:1.0.0"}}\n',
    *find({ environments, problems }) {
      if (environments.length > 0 || problems.length > 0) return;
      yield {
        path: ['environments'],
        message: 'there is no environment',
        remedy: 'name at least one, with its project and region',
      };
    },
  },
  {
    code: 'environment-name',
    severity: 'error',
    summary:
      "An environment's name is its stack's name and folder. Some file systems do not distinguish `Prod` from `prod`.",
    example: exampleFile('api: {}').replace('prod:', '"prod eu":'),
    *find({ environments }) {
      const folders = new Map<string, string>();
      for (const { name } of environments) {
        const path = ['environments', name];
        const namesake = folders.get(name.toLowerCase());
        folders.set(name.toLowerCase(), name);
        if (!isStackName(name)) {
          const remedy = 'use at most 63 letters, digits, dashes and underscores, beginning with a letter or digit';
          yield { path, message: `'${name}' cannot be the name of a stack`, remedy };
        } else if (namesake !== undefined) {
          yield {
            path,
            message: `'${name}' differs from '${namesake}' only in upper and lower case`,
            remedy: 'rename one of them',
          };
        }
      }
    },
  },
  {
    code: 'environment-without-services',
    severity: 'warning',
    summary: 'An environment without services makes a stack without resources.',
    example: exampleFile('api: {}').replace(/services:\n.*/, ''),
    *find({ environments, problems }) {
      if (problems.length > 0) return;
      for (const { name, services } of environments) {
        if (services.length > 0 || !isStackName(name)) continue;
        const remedy = 'add services, or remove the environment after its resources are destroyed';
        yield { path: ['environments', name], message: `environment '${name}' has no services`, remedy };
      }
    },
  },
  {
    code: 'unknown-service',
    severity: 'error',
    summary: 'Services and load balancers refer to services of their environment by their keys.',
    example: exampleFile(
      'web: {access: public, ingress: internal-and-cloud-load-balancing}',
      '',
      'edge: {domains: [www.example.com], defaultService: webb}',
    ),
    *find({ environments }) {
      for (const { name: environment, services, loadBalancers } of environments) {
        const keys = services.map(({ key }) => key);
        const named = [
          ...services.map((each) => ({ ...each, names: each.props ? serviceNamesOfCallers(each.props) : [] })),
          ...loadBalancers.map((each) => ({ ...each, names: each.props ? serviceNames(each.props) : [] })),
        ];
        for (const { names, inFile, refused } of named) {
          for (const { name, path } of names) {
            if (keys.includes(name) || refused.some(([key]) => key === path[0])) continue;
            const message = `environment '${environment}' has no service '${name}'${didYouMean(name, keys)}`;
            yield { path: inFile(path), message, remedy: 'write the key of one of its services' };
          }
        }
      }
    },
  },
  {
    code: 'shared-state',
    severity: 'error',
    summary:
      'Two stacks with the same state destroy each other: Terraform deletes the resources in the state that are not in the stack.',
    example: `environments:
  staging:
    project: acme-staging
    region: europe-west1
    backend: {gcs: {bucket: acme-tfstate, prefix: cloud-run}}
  prod:
    project: acme-prod
    region: europe-west1
    backend: {gcs: {bucket: acme-tfstate, prefix: cloud-run}}
services: {api: {image: "europe-docker.pkg.dev/acme/apps/api:1.0.0"}}
`,
    *find({ environments }) {
      const owners = new Map<string, string>();
      for (const { name, props } of environments) {
        if (props === undefined) continue;
        const state = stateOf(name, props.backend);
        const owner = owners.get(state);
        owners.set(state, owner ?? name);
        if (owner === undefined) continue;
        const path = ['environments', name, ...(props.backend ? ['backend'] : [])];
        const message = `environments '${owner}' and '${name}' have the same state, ${state}`;
        yield { path, message, remedy: 'give each a state of its own' };
      }
    },
  },
];

/** The place of an environment's state. The same place always gives the same text. */
function stateOf(name: string, backend: Backend = { local: {} }): string {
  if ('gcs' in backend) {
    const { bucket, prefix = name } = backend.gcs;
    return `gs://${bucket}/${prefix.replace(/^\/+|\/+$/g, '')}`;
  }
  if ('cloud' in backend) {
    const { hostname = 'app.terraform.io', organization, workspace } = backend.cloud;
    return `${hostname}/${organization}/${workspace}`;
  }
  const { path = `../../../terraform.${name}.tfstate` } = backend.local;
  return `the file ${posix.resolve('/cdktf.out/stacks', name, path).slice(1)}`;
}
