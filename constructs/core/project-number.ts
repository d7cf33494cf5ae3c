import { DataGoogleProject } from '@cdktf/provider-google/lib/data-google-project';
import type { Environment } from './environment';
import { nonEmpty } from './order';
import { withoutStackTraces } from './stack-traces';

const NAME = 'project';

/**
 * The number of the environment's project if the props do not have it. Terraform looks it up during the plan, so it can be in
 * arguments, but not in names and addresses.
 */
export function lookedUpProjectNumber(environment: Environment): string {
  const scope = environment.group('project number');
  if (scope.node.tryFindChild(NAME) === undefined) {
    const config = { projectId: environment.props.project };
    const project = withoutStackTraces(() => new DataGoogleProject(scope, NAME, config));
    project.overrideLogicalId(NAME);
    project.dependsOn = nonEmpty(environment.apis.require('cloudresourcemanager'));
  }
  return `\${data.${DataGoogleProject.tfResourceType}.${NAME}.number}`;
}
