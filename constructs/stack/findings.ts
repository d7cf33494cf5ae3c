import { Annotations, App } from 'cdktf';
import { findProblems, loadBalancerChecks, serviceChecks, stackChecks, untilRefused } from '../checks/index';
import { contentsOf } from '../checks/stack-contents';
import { Environment } from '../core/environment';
import type { Finding } from '../core/finding';
import { withoutStackTraces } from '../core/stack-traces';
import { HCL_REFUSAL, lacksArguments } from '../service/newer-arguments';

/** All findings of a stack's checks, in the order in which the services and load balancers were added. */
export function findingsOf(environment: Environment): Finding[] {
  const contents = contentsOf(environment);
  return [
    ...contents.services.flatMap((service) => findProblems(serviceChecks, service, service)),
    ...untilRefused(() => contents.loadBalancers).flatMap((each) => findProblems(loadBalancerChecks, each, each)),
    ...findProblems(stackChecks, contents, environment.stack),
  ];
}

Environment.validateEach((environment) => {
  const findings = findingsOf(environment);
  for (const finding of findings) {
    if (finding.severity !== 'warning') continue;
    withoutStackTraces(() => Annotations.of(finding.subject).addWarning(describe(finding)));
  }
  const errors = findings
    .filter(({ severity }) => severity === 'error')
    .map((finding) => `${finding.subject.node.path} ${describe(finding)}`);
  return [...errors, ...hclProblems(environment)];
});

/** The problems of a stack that cdktf writes as HCL. */
function hclProblems({ stack }: Environment): string[] {
  if (!App.of(stack).hclOutput) return [];
  const [service] = stack.node.findAll().filter(lacksArguments);
  return service ? [`${stack.node.path} ${HCL_REFUSAL}`] : [];
}

function describe({ path, message, remedy, code }: Finding): string {
  const where = path.length > 0 ? `${path.join('.')}: ` : '';
  return `${where}${message}; ${remedy} [${code}]`;
}
