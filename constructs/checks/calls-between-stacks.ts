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
      const called = ofApp.map((each) => stacksCalledBy(each, ofApp));
      const reported = new Set<number>();
      for (const { elsewhere, origin } of calls) {
        const other = elsewhere ? stackWith(elsewhere, ofApp) : -1;
        // Reported once, in the later of the two stacks.
        if (other < 0 || other >= own || reported.has(other) || !leadsTo(called, other, own)) continue;
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

/** The index of the stack that makes a service; -1 if none does. */
function stackWith({ project, region, name }: ServiceAttributes, stacks: readonly StackContents[]): number {
  return stacks.findIndex(
    ({ props, services }) =>
      props.project === project &&
      services.some((each) => each.serviceName === name && each.regional.some(({ location }) => location === region)),
  );
}

function stacksCalledBy({ services }: StackContents, stacks: readonly StackContents[]): ReadonlySet<number> {
  const calls = services.flatMap(({ outgoingCalls }) => outgoingCalls);
  return new Set(calls.flatMap(({ elsewhere }) => (elsewhere ? stackWith(elsewhere, stacks) : [])));
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
