import { buildStacks, formatProblem } from '../../services-yaml';
import { testingApp } from '../testing-app';

/** The lines that a synth of this services.yaml prints. */
export function problemsOf(text: string): string[] {
  return buildStacks(testingApp(), text).problems.map((problem) => formatProblem('services.yaml', problem));
}

/** The lines that are no warnings. */
export function errorsOf(text: string): string[] {
  return problemsOf(text).filter((line) => !line.includes(' warning '));
}

/** A services.yaml with a load balancer in front of a service, whose keys begin in line 8, column 5. */
export function fileWithLoadBalancer(keys: string): string {
  const service = 'image: acme/api:1, access: public, ingress: internal-and-cloud-load-balancing';
  return `environments:
  prod: {project: acme-prod, region: europe-west1, projectNumber: "123456789012"}
services: {api: {${service}}}
loadBalancers:
  edge:
    domains: [www.example.com]
    defaultService: api
${keys.trim().replace(/^/gm, '    ')}
`;
}

/** A services.yaml with the environment `prod` and the service `api`, whose keys begin in line 7, column 5. */
export function fileWith(serviceKeys: string): string {
  return `environments:
  prod: {project: acme-prod, region: europe-west1}

services:
  api:
    image: europe-docker.pkg.dev/acme/apps/api:1.0.0
${serviceKeys.trim().replace(/^/gm, '    ')}
`;
}
