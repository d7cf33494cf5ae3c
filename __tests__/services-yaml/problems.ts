import { Testing } from 'cdktf';
import { buildStacks, formatProblem } from '../../services-yaml';

/** The lines that a services.yaml of this text makes a synth print. */
export function problemsOf(text: string): string[] {
  return buildStacks(Testing.app(), text).problems.map((problem) => formatProblem('services.yaml', problem));
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
