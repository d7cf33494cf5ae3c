import type { IConstruct } from 'constructs';
import { type Check, exampleFile, type Problem } from '../../constructs/checks/check';
import { dnsName } from '../../constructs/core/dns';
import type { Origin } from '../../constructs/core/finding';
import type { CloudRunStack } from '../../constructs/stack/cloud-run-stack';
import { foreignProjectChecks } from './foreign-projects';

/** Checks that compare the environments. */
export const environmentsChecks: readonly Check<readonly CloudRunStack[]>[] = [
  {
    code: 'service-in-two-environments',
    severity: 'error',
    summary: 'In a project and region, the name of a service exists once, so only one stack can create it.',
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
    summary:
      'A domain leads to one service or load balancer. A second mapping of it waits twenty minutes and then fails, and DNS can point to only one of two load balancers.',
    example: inTwoEnvironments('api: {access: public, domains: [api.example.com]}').replace(
      'acme-prod',
      'acme-staging',
    ),
    find: (stacks) =>
      claimedTwice(stacks, (stack) =>
        domainsOf(stack).map(({ domain, origin }) => ({
          what: `domain '${domain}'`,
          ...origin,
          remedy: 'use it in one of them, and a name below it in the other',
        })),
      ),
  },
  {
    code: 'load-balancer-in-two-environments',
    severity: 'error',
    summary:
      "The names of a load balancer's parts begin with its name and exist once in a project, so only one stack can create them.",
    example: inTwoEnvironments('web: {access: public, ingress: internal-and-cloud-load-balancing}')
      .replace('region: europe-west1', 'region: us-east1\n    loadBalancers: {edge: {domains: [staging.example.com]}}')
      .concat('loadBalancers: {edge: {domains: [www.example.com], defaultService: web}}\n'),
    find: (stacks) =>
      claimedTwice(stacks, ({ loadBalancers }) =>
        loadBalancers.map((loadBalancer) => ({
          what: `load balancer '${loadBalancer.loadBalancerName}' of project '${loadBalancer.environment.props.project}'`,
          subject: loadBalancer,
          path: loadBalancer.props.name === undefined ? [] : ['name'],
          remedy: 'give one of the environments another project, or write name: in the load balancer there',
        })),
      ),
  },
  {
    code: 'account-in-two-environments',
    severity: 'error',
    summary: 'In a project, the id of a service account exists once, so only one stack can create it.',
    example: inTwoEnvironments('api: {serviceAccount: {name: front-end}}').replace(
      'region: europe-west1',
      'region: us-east1',
    ),
    find: (stacks) =>
      claimedTwice(stacks, ({ services }) =>
        [
          ...new Set(
            services.flatMap((service) => [service, ...service.triggers]).map((holder) => holder.serviceAccount),
          ),
        ]
          .filter(({ resource }) => resource !== undefined)
          .map(({ email, origin }) => ({
            what: `service account '${email}'`,
            ...origin,
            remedy: "create it in one of them, and write its address as the other's serviceAccount",
          })),
      ),
  },
  {
    code: 'trigger-in-two-environments',
    severity: 'error',
    summary:
      'In a project, the name of a job, queue, subscription, trigger or topic exists once, so only one stack can create it.',
    example: inTwoEnvironments('worker: {schedules: {nightly: {schedule: 0 3 * * *}}}'),
    find: (stacks) =>
      claimedTwice(stacks, ({ services, topics }) => [
        ...services
          .flatMap(({ triggers }) => triggers)
          .map(({ kind, fullName, origin }) => ({
            what: `${kind.product} '${fullName}'`,
            ...origin,
            remedy: 'give it another name in one of them',
          })),
        ...topics
          .filter(({ resource }) => resource !== undefined)
          .flatMap(({ fullName, uses }) =>
            uses.slice(0, 1).map(({ origin }) => ({
              what: `topic '${fullName}'`,
              ...origin,
              remedy: `write {existing: ${fullName}} in one of them`,
            })),
          ),
      ]),
  },
  ...foreignProjectChecks,
];

/** Every domain of a stack, and the construct that uses it. */
function domainsOf({ domainMappings, loadBalancers }: CloudRunStack): { domain: string; origin: Origin }[] {
  const balanced = loadBalancers.flatMap((subject) =>
    subject.props.domains.map((domain, index) => ({
      domain: dnsName(domain),
      origin: { subject, path: ['domains', index] },
    })),
  );
  return [...domainMappings, ...balanced];
}

/** A name that exists only once in Google Cloud, and the construct that creates it. */
interface Claim {
  readonly what: string;
  readonly subject: IConstruct;
  readonly path: Problem['path'];
  readonly remedy: string;
}

/** The claims of a stack that an earlier stack makes too. Claims that one stack makes twice are left to the stack's own checks. */
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
