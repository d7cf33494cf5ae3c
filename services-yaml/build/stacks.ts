import type { App } from 'cdktf';
import type { IConstruct } from 'constructs';
import { findProblems } from '../../constructs/checks/check';
import { addConnections, withoutConnections } from '../../constructs/connections/connections';
import { Environment } from '../../constructs/core/environment';
import type { Finding, Origin } from '../../constructs/core/finding';
import { writtenAt } from '../../constructs/core/origin';
import { withoutStackTraces } from '../../constructs/core/stack-traces';
import { ExternalLoadBalancer } from '../../constructs/load-balancer/external-load-balancer';
import { CloudRunService } from '../../constructs/service/cloud-run-service';
import { CloudRunStack } from '../../constructs/stack/cloud-run-stack';
import { type LoadedEnvironment, type Location, loadSpec } from '../load/load';
import type { Path } from '../load/path';
import type { Place, Problem } from '../load/problem';
import { problemsToPrint } from '../load/problems-to-print';
import { meantBy, withServices } from '../load/service-names';
import { environmentsChecks } from './environments-checks';
import { fileChecks, isStackName } from './file-checks';
import { hideRefused } from './refused-props';

/** The result of building services.yaml. */
export interface BuiltSpec {
  /** The stacks of the environments without refused services and load balancers, in the file's order. */
  readonly stacks: readonly CloudRunStack[];
  /** Every error and warning, in the file's order. */
  readonly problems: readonly Problem[];
  /** The places in the file that create the resources of a stack. Includes what was added to the stack until the call. */
  sourcesOf(stack: CloudRunStack): StackSources;
}

/** The places in services.yaml that create a stack and its resources. */
export interface StackSources {
  readonly stack: Place;
  /** By address. A resource that an app adds in TypeScript has the place of its environment. */
  readonly resources: ReadonlyMap<string, Place>;
}

/**
 * Builds and checks a stack for each environment of services.yaml. The valid part of a service with refused values is checked in the
 * same run. Synthesize only if no problem is an error.
 */
export function buildStacks(app: App, text: string, judge = (problem: Problem): Problem => problem): BuiltSpec {
  return withoutStackTraces(() => build(app, text, judge));
}

function build(app: App, text: string, judge: (problem: Problem) => Problem): BuiltSpec {
  const spec = loadSpec(text);
  const builder = new StackBuilder(app);
  const stacks = spec.environments.filter(({ name }) => isStackName(name)).flatMap((each) => builder.build(each));
  const findings = [...stacks.flatMap((stack) => stack.findings()), ...findProblems(environmentsChecks, stacks, app)];
  const problems = [
    ...spec.problems,
    ...builder.problems,
    ...findProblems(fileChecks, spec, app).map((finding) => problemOf(finding, spec.locate(finding.path))),
    ...findings.map((finding) => problemOf(finding, builder.locate(finding))),
  ];
  return {
    stacks: stacks.filter((stack) => !builder.spoilt.has(stack)),
    problems: problemsToPrint(problems.map(judge)),
    sourcesOf: (stack) => builder.sourcesOf(stack),
  };
}

class StackBuilder {
  readonly problems: Problem[] = [];
  /** Stacks with refused parts. They are built only to be checked. */
  readonly spoilt = new Set<CloudRunStack>();
  private readonly locators = new Map<IConstruct, (path: Path) => Location>();

  constructor(private readonly app: App) {}

  build(loaded: LoadedEnvironment): CloudRunStack[] {
    const { name, props: settings, services, loadBalancers, locate } = loaded;
    if (settings === undefined) return [];
    const stack = new CloudRunStack(this.app, name, settings);
    this.locators.set(stack, locate);
    for (const { key, props, locate } of services) {
      if (props) this.add(stack, key, locate, () => new CloudRunService(stack, key, withoutConnections(props)));
    }
    const byKey = new Map(stack.services.map((service) => [service.node.id, service]));
    // Services refer to each other in any order, so create all of them first.
    for (const { key, props } of services) {
      const service = byKey.get(key);
      if (service && props) addConnections(service, props, meantBy(byKey));
    }
    for (const { key, props, locate } of loadBalancers) {
      const resolved = props && withServices(props, byKey);
      if (resolved) this.add(stack, key, locate, () => new ExternalLoadBalancer(stack, key, resolved));
    }
    if ([...services, ...loadBalancers].some(({ refused }) => refused.length > 0)) this.spoilt.add(stack);
    hideRefused(stack, loaded);
    return [stack];
  }

  private add(stack: CloudRunStack, key: string, locate: (path: Path) => Location, make: () => IConstruct): void {
    if (stack.node.tryFindChild(key) !== undefined) this.problems.push(keyTaken(key, locate([])));
    else this.locators.set(make(), locate);
  }

  /** The place in the file that a finding is about. For a construct inside a service or load balancer, the place of that one. */
  locate(origin: Origin): Location {
    const location = this.find(origin);
    if (location === undefined) throw new Error(`${origin.subject.node.path} is not of services.yaml`);
    return location;
  }

  sourcesOf(stack: CloudRunStack): StackSources {
    const claims = [...Environment.of(stack).addresses.claims()];
    const resources = claims.flatMap(([address, origin]) => {
      const found = this.find(writtenAt(origin));
      return found ? [[address, found.place] as const] : [];
    });
    return { stack: this.locate({ subject: stack, path: [] }).place, resources: new Map(resources) };
  }

  private find({ subject, path }: Origin): Location | undefined {
    const owner = subject.node.scopes.findLast((scope) => this.locators.has(scope));
    return owner && this.locators.get(owner)?.(path);
  }
}

/** A construct of that name exists already, or every JavaScript object has a member of that name, such as `constructor`. */
function keyTaken(key: string, { place, path }: Location): Problem {
  const message = `'${key}' is taken, so it cannot be used as a key`;
  const remedy = `choose another key, and write name: ${key} below it`;
  return { severity: 'error', place, path, message, remedy, code: 'service-key-taken' };
}

function problemOf({ severity, message, remedy, code }: Finding, { place, path }: Location): Problem {
  return { severity, place, path, message, remedy, code };
}
