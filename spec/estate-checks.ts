import type { IConstruct } from 'constructs';
import { type Check, exampleFile, type Problem } from '../constructs/checks/check';
import type { CloudRunStack } from '../constructs/cloud-run-stack';

const TWO_ENVIRONMENTS = (services: string) =>
  exampleFile(services).replace('  prod:', '  staging: {project: acme-prod, region: europe-west1}\n  prod:');

/** Rules that hold across all environments. */
export const estateChecks: readonly Check<readonly CloudRunStack[]>[] = [
  {
    code: 'service-in-two-environments',
    severity: 'error',
    summary: 'A project has one service of a name in a region: two stacks that create it would fight for it.',
    example: TWO_ENVIRONMENTS('api: {}'),
    find: (stacks) =>
      claimedTwice(stacks, (stack) =>
        stack.services.map((service) => {
          const { project } = service.environment.props;
          const what = `service '${service.serviceName}' of project '${project}' in '${service.location}'`;
          return { what, subject: service, path: service.props.name === undefined ? [] : ['name'] };
        }),
      ),
    },
];
