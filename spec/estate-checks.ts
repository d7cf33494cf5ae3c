import type { IConstruct } from 'constructs';
import { type Check, exampleFile, type Problem } from '../constructs/checks/check';
import type { CloudRunStack } from '../constructs/cloud-run-stack';

/** Rules that hold across all environments. */
export const estateChecks: readonly Check<readonly CloudRunStack[]>[] = [
  {
    code: 'service-in-two-environments',
    severity: 'error',
    summary: 'A project has one service of a name in a region; two stacks that create it would fight for it.',
    example: inTwoEnvironments('api: {}'),
    find: (stacks) =>
      claimedTwice(stacks, ({ services }) =>
        services.flatMap((service) =>
          service.regional.map(({ location }) => ({
            what: `service '${service.serviceName}' of project '${service.environment.props.project}' in '${location}'`,
            subject: service,
            path: service.props.name === undefined ? [] : ['name'],
            remedy: 'give one of the environments another project or region, or the service another name there',
          })),
        ),
      ),
  },
  {
    code: 'domain-in-two-environments',
    severity: 'error',
    summary: 'A domain is mapped to one service; the second mapping waits twenty minutes and then fails.',
    example: inTwoEnvironments('api: {access: public, domains: [api.example.com]}').replace(
      'acme-prod',
      'acme-staging',
    ),
    find: (stacks) =>
      claimedTwice(stacks, ({ domainMappings }) =>
        domainMappings.map(({ domain, origin }) => ({
          what: `domain '${domain}'`,
          ...origin,
          remedy: 'map it in one of them, and a name below it in the other',
        })),
      ),
  },
  {
    code: 'account-in-two-environments',
    severity: 'error',
    summary: 'A project has one service account of an id; two stacks that create it would fight for it.',
    example: inTwoEnvironments('api: {serviceAccount: {name: front-end}}').replace(
      'region: europe-west1',
      'region: us-east1',
    ),
    find: (stacks) =>
      claimedTwice(stacks, ({ services }) =>
        [...new Set(services.map(({ serviceAccount }) => serviceAccount))]
          .filter(({ resource }) => resource !== undefined)
          .map(({ email, origin }) => ({
            what: `service account '${email}'`,
            ...origin,
            remedy: "create it in one of them, and write its address as the other's serviceAccount",
          })),
      ),
  },
];

/** Something of which Google Cloud has one, and what wants to be its only owner. */
interface Claim {
  readonly what: string;
  readonly subject: IConstruct;
  readonly path: Problem['path'];
  readonly remedy: string;
}

/** What a stack claims although a stack before it does so. Twice in one stack is for the checks of the stack. */
function* claimedTwice(stacks: readonly CloudRunStack[], claims: (stack: CloudRunStack) => readonly Claim[]) {
  const owners = new Map<string, CloudRunStack>();
  for (const stack of stacks) {
    for (const { what, subject, path, remedy } of claims(stack)) {
      const owner = owners.get(what);
      owners.set(what, owner ?? stack);
      if (owner === undefined || owner === stack) continue;
      yield { subject, path, message: `environment '${owner.node.id}' has the ${what} as well`, remedy };
    }
  }
}

function inTwoEnvironments(services: string): string {
  const staging = '  staging:\n    project: acme-prod\n    region: europe-west1\n';
  return exampleFile(services).replace('  prod:\n', `${staging}  prod:\n`);
}
