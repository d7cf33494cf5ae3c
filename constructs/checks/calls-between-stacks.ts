import type { IConstruct } from 'constructs';
import { cached } from '../core/cached';
import type { ServiceAttributes } from '../core/service';
import type { Check } from './check';
import type { StackContents } from './stack-contents';

/** Calls between the stacks of an app. */
export const callsBetweenStacksChecks: readonly Check<StackContents>[] = [
  {
    code: 'stacks-call-each-other',
    severity: 'warning',
    summary:
      "The caller's stack makes the grant for a call, on a service of the other stack. If two stacks call each other, the first apply of either stack fails.",
    example: `environments:
  billing:
    project: acme-billing
    projectNumber: "210987654321"
    region: europe-west1
    services:
      invoices:
        image: europe-docker.pkg.dev/acme/apps/invoices:1.0.0
        calls: [{external: {project: acme-shop, projectNumber: "123456789012", region: europe-west1, name: web}}]
  shop:
    project: acme-shop
    projectNumber: "123456789012"
    region: europe-west1
    services:
      web:
        image: europe-docker.pkg.dev/acme/apps/web:1.0.0
        calls: [{external: {project: acme-billing, projectNumber: "210987654321", region: europe-west1, name: invoices}}]
`,
    *find(contents) {
      const calls = contents.services.flatMap(({ outgoingCalls }) =>
        outgoingCalls.filter(({ elsewhere }) => elsewhere),
      );
      if (calls.length === 0) return;
      const { ofApp } = contents;
      const own = ofApp.findIndex(({ addresses }) => addresses === contents.addresses);
      const { makers, called } = callsOf(ofApp);
      const reported = new Set<number>();
      for (const { elsewhere, origin } of calls) {
        const other = elsewhere && makers.get(keyOf(elsewhere));
        // Reported once, in the later of the two stacks.
        if (other === undefined || other >= own || reported.has(other) || !leadsTo(called, other, own)) continue;
        reported.add(other);
        const [here, there] = [nameOf(contents), nameOf(ofApp[other])];
        yield {
          ...origin,
          message: `'${there}' calls '${here}' as well, and the grant of each is on a service that the other makes`,
          remedy: `apply '${here}', which stops at this grant, then '${there}', then '${here}' again; later applies need no order`,
        };
      }
    },
  },
];

/** The calls between the stacks of an app. A stack is named by its index. */
interface Calls {
  /** What the app had when this was computed. */
  readonly size: string;
  /** The stack that makes a service, by the service's place. */
  readonly makers: ReadonlyMap<string, number>;
  /** For each stack, the stacks that it calls. */
  readonly called: readonly ReadonlySet<number>[];
}

const callsOfApps = new WeakMap<IConstruct, Calls>();

/** The calls between the stacks of an app, computed once for all of its stacks, and again after something was added. */
function callsOf(stacks: readonly StackContents[]): Calls {
  const services = stacks.flatMap((stack) => stack.services);
  const size = [stacks, services, services.flatMap(({ outgoingCalls }) => outgoingCalls)].map(({ length }) => length);
  const app = services[0]?.node.root;
  const known = app && callsOfApps.get(app);
  if (known?.size === String(size)) return known;
  const makers = new Map<string, number>();
  for (const [index, { props, services }] of stacks.entries()) {
    for (const { serviceName: name, regional } of services) {
      const places = regional.map(({ location: region }) => keyOf({ project: props.project, region, name }));
      for (const place of places) cached(makers, place, () => index);
    }
  }
  const calls = { size: String(size), makers, called: stacks.map((stack) => stacksCalledBy(stack, makers)) };
  if (app) callsOfApps.set(app, calls);
  return calls;
}

function keyOf({ project, region, name }: ServiceAttributes): string {
  return [project, region, name].join(' ');
}

function stacksCalledBy({ services }: StackContents, makers: Calls['makers']): ReadonlySet<number> {
  const calls = services.flatMap(({ outgoingCalls }) => outgoingCalls);
  return new Set(calls.flatMap(({ elsewhere }) => (elsewhere && makers.get(keyOf(elsewhere))) ?? []));
}

/** Whether one stack calls another, directly or through other stacks. */
function leadsTo(called: readonly ReadonlySet<number>[], from: number, to: number, seen = new Set<number>()): boolean {
  if (seen.has(from)) return false;
  seen.add(from);
  return [...(called[from] ?? [])].some((next) => next === to || leadsTo(called, next, to, seen));
}

function nameOf(contents: StackContents | undefined): string {
  return contents?.services[0]?.environment.stack.node.id ?? '';
}
