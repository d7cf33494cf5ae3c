import { numberOf } from '../connections/imported-service';
import { isProjectId, isProjectNumber, isRegion, isServiceName, SERVICE_NAME_REMEDY } from '../core/forms';
import { isToken } from '../core/literal';
import type { Call, ICloudRunService } from '../core/service';
import type { CloudRunService } from '../service/cloud-run-service';
import type { NetworkProps } from '../service/network';
import { type Check, exampleFile } from './check';
import type { StackContents } from './stack-contents';

const VARIABLE = /^[A-Za-z_][A-Za-z0-9_]*$/;
/** Cloud Run sets these itself (Cloud Run, "Container runtime contract"). */
const RESERVED = ['PORT', 'K_SERVICE', 'K_REVISION', 'K_CONFIGURATION'];

/** The number of services of a circle that a message names. */
const MOST_NAMES = 8;

/** The keys of an external service: the key, its form, the name of the form, and the remedy. */
const EXTERNAL_FORMS: readonly [
  key: 'project' | 'projectNumber' | 'region' | 'name',
  isRight: (value: string) => boolean,
  what: string,
  remedy: string,
][] = [
  ['project', isProjectId, 'a project id', "write its id, such as 'acme-billing'"],
  ['projectNumber', isProjectNumber, 'a project number', 'write its digits in quotes'],
  ['region', isRegion, 'a region', "write a region such as 'europe-west1'"],
  ['name', isServiceName, 'a service name', SERVICE_NAME_REMEDY],
];

/** Calls that cannot work. */
export const callChecks: readonly Check<CloudRunService>[] = [
  {
    code: 'call-of-itself',
    severity: 'error',
    summary: 'A service cannot call itself here: its own URL would have to be known before the service exists.',
    example: exampleFile('api: {calls: [api]}'),
    *find(service) {
      for (const { callee, origin } of service.outgoingCalls) {
        if (callee !== service) continue;
        yield { ...origin, message: `'${service.node.id}' calls itself`, remedy: 'remove the call' };
      }
    },
  },
  {
    code: 'callee-needs-network',
    severity: 'error',
    summary:
      'A service with internal ingress accepts requests of another service only through a VPC network, so the caller must send all its requests through one (Cloud Run, "Receive requests from other Cloud Run services").',
    example: exampleFile('web: {access: public, calls: [api]}\napi: {ingress: internal}'),
    *find(service) {
      if (sendsThroughNetwork(service)) return;
      for (const { callee, origin } of service.outgoingCalls) {
        if (!callee.props || callee === service || (callee.props.ingress ?? 'all') === 'all') continue;
        const message = `'${callee.node.id}' takes requests only from networks, and '${service.node.id}' sends its requests over the internet`;
        const remedy = "write 'vpcEgress: all-traffic' and a network, subnet or vpcConnector for the caller";
        yield { ...origin, message, remedy };
      }
    },
  },
  {
    code: 'external-service',
    severity: 'error',
    summary:
      'A service elsewhere is named by valid names: its project, region and service name, and the number of the project.',
    example: exampleFile(
      'web: {calls: [{external: {project: acme-billing, projectNumber: "123456789012", region: europe-west1-b, name: invoices}}]}',
    ),
    *find({ outgoingCalls }) {
      for (const { callee } of outgoingCalls) {
        const { attributes } = callee;
        if (!attributes) continue;
        for (const [key, isRight, what, remedy] of EXTERNAL_FORMS) {
          const value = attributes[key];
          if (value === undefined || isToken(value) || isRight(value)) continue;
          yield { subject: callee, path: [key], message: `'${value}' is not ${what}`, remedy };
        }
      }
    },
  },
  {
    code: 'external-needs-number',
    severity: 'error',
    summary: "The URL of a service elsewhere contains its project's number, so the number must be known.",
    example: exampleFile('web: {calls: [{external: {project: acme-billing, region: europe-west1, name: invoices}}]}'),
    *find({ outgoingCalls, environment: { props } }) {
      for (const { elsewhere: attributes, origin } of outgoingCalls) {
        if (!attributes || numberOf(attributes, props) !== undefined) continue;
        const own = attributes.project === props.project;
        const remedy = own ? "write the environment's projectNumber" : 'write projectNumber beside the project';
        yield { ...origin, message: `the number of the project '${attributes.project}' is not known`, remedy };
      }
    },
  },
  {
    code: 'derived-variable',
    severity: 'error',
    summary:
      'The environment variable for a call, a queue or a topic needs a valid name that no other variable has and that Cloud Run does not set itself.',
    example: exampleFile('web: {calls: [api], env: {API_URL: https://api.example.com}}\napi: {}'),
    *find({ derivedEnv, props: { env = {} } }) {
      const values = new Map<string, string>();
      for (const { name, value, origin } of derivedEnv) {
        const first = values.get(name) ?? value;
        values.set(name, first);
        const message = Object.hasOwn(env, name)
          ? `the variable '${name}' is in env already`
          : first !== value
            ? `the variable '${name}' is '${first}' already`
            : (!VARIABLE.test(name) || RESERVED.includes(name)) && `'${name}' can't be the name of a variable`;
        if (message) yield { ...origin, message, remedy: 'give it another name with env' };
      }
    },
  },
];

/** Whether a service sends all its requests through a network, in each of its regions. */
function sendsThroughNetwork({ props }: CloudRunService): boolean {
  if (props.vpcEgress !== 'all-traffic') return false;
  const differing = Array.isArray(props.regions) ? [] : Object.values(props.regions ?? {});
  return hasNetwork(props) || (differing.length > 0 && differing.every(hasNetwork));
}

function hasNetwork({ network, subnet, vpcConnector }: NetworkProps): boolean {
  return network !== undefined || subnet !== undefined || vpcConnector !== undefined;
}

/** Calls over all services of a stack. */
export const callGraphChecks: readonly Check<StackContents>[] = [
  {
    code: 'call-cycle',
    severity: 'error',
    summary:
      "The URLs of services that call each other must be known before the services exist. They are known from the project's number. Without it, Terraform would have to create each service before the other.",
    example: exampleFile('orders: {calls: [stock]}\nstock: {calls: [orders]}'),
    *find({ services, props: { projectNumber } }) {
      if (projectNumber !== undefined) return;
      for (const cycle of cyclesOf(services)) {
        const [first] = cycle;
        if (first === undefined) continue;
        const names = cycle.map(({ caller }) => `'${caller.node.id}'`);
        const message = `${[...shortened(names), names[0]].join(' calls ')}, and the URL of each would wait for the other`;
        yield { ...first.origin, message, remedy: "write the environment's projectNumber, from which the URLs follow" };
      }
    },
  },
];

/** Shortens a long list of names: the first ones, the number of those left out, and the last. */
function shortened(names: readonly string[]): readonly string[] {
  if (names.length <= MOST_NAMES) return names;
  return [...names.slice(0, MOST_NAMES - 2), `(${names.length - MOST_NAMES + 1} more)`, ...names.slice(-1)];
}

interface Step extends Call {
  readonly caller: CloudRunService;
}

/** Circles of calls. Of circles that share a service only one is returned, because one remedy corrects them all. */
function cyclesOf(services: readonly CloudRunService[]): Step[][] {
  const ofStack = new Map<ICloudRunService, CloudRunService>(services.map((service) => [service, service]));
  const done = new Set<CloudRunService>();
  const reported = new Set<CloudRunService>();
  const cycles: Step[][] = [];
  function follow(caller: CloudRunService, way: readonly Step[]): void {
    const begin = way.findIndex((step) => step.caller === caller);
    const cycle = begin < 0 ? [] : way.slice(begin);
    if (begin >= 0 && !cycle.some((step) => reported.has(step.caller))) cycles.push(cycle);
    for (const step of cycle) reported.add(step.caller);
    if (begin >= 0 || done.has(caller)) return;
    for (const call of caller.outgoingCalls) {
      const callee = ofStack.get(call.callee);
      if (callee && callee !== caller) follow(callee, [...way, { ...call, caller }]);
    }
    done.add(caller);
  }
  for (const service of services) follow(service, []);
  return cycles;
}
