import { CloudRunV2ServiceIamMember } from '@cdktf/provider-google/lib/cloud-run-v2-service-iam-member';
import type { Origin } from '../core/finding';
import { literal } from '../core/literal';
import { madeFrom } from '../core/origin';
import { INVOKER_ROLE } from '../core/principal';
import {
  deterministicUrl,
  type ICloudRunService,
  type ICreatedService,
  type IRegionalService,
  knownName,
  type ServiceAttributes,
} from '../core/service';
import { withoutStackTraces } from '../core/stack-traces';
import { ImportedService, numberOf } from './imported-service';
import { type Resolve, withVariable } from './reference';

/** The services that a service calls. `Service` is the type of a reference to one: a key in a file, a construct in TypeScript. */
export interface CallsProps<Service> {
  /**
   * Services that this one calls. For each, this service's account gets `roles/run.invoker` on the other service, and an environment
   * variable here gets the other's URL, which is also the audience of the token to send. `env` sets another name of the variable;
   * `external` is a service outside this environment.
   * @default none
   * @terraform google_cloud_run_v2_service_iam_member.<callee>_invoker_<principal>, template.containers.env
   */
  readonly calls?: readonly (Service | ServiceCall<Service> | (Service extends string ? ExternalCall : never))[];
}

/** A call of another service, with the environment variable for its URL. */
export interface ServiceCall<Service> {
  /** The service to call. */
  readonly service: Service;
  /**
   * Environment variable for its URL.
   * @default the service's key in upper case and `_URL`: `MY_API_URL` for `my-api`
   * @terraform template.containers.env
   */
  readonly env?: string;
}

/** A call of a service outside this environment. */
export interface ExternalCall {
  /** The service to call. The account that applies must be allowed to grant `roles/run.invoker` on it. */
  readonly external: ServiceAttributes;
  /**
   * Environment variable for its URL.
   * @default the service's name in upper case and `_URL`
   * @terraform template.containers.env
   */
  readonly env?: string;
}

/** The name of an environment variable: `MY_API_URL` for `my-api` and `URL`. */
export function variableOf(name: string, ending: string): string {
  return `${name.toUpperCase().replace(/[^A-Z0-9]/g, '_')}_${ending}`;
}

/** Adds the calls of a service's props. */
export function addCalls<Service>(
  caller: ICreatedService,
  calls: CallsProps<Service>['calls'],
  resolve: Resolve<Service>,
): void {
  for (const [index, call] of (calls ?? []).entries()) {
    const origin = { subject: caller, path: ['calls', index] };
    if (isExternalCall(call)) {
      const callee = ImportedService.of(caller, call.external);
      madeFrom(callee, { ...origin, path: [...origin.path, 'external'] });
      addCall(caller, callee, call.env, origin);
    } else {
      const { service: reference, env } = withVariable(call);
      const callee = resolve(reference);
      // A principal in services.yaml is reported as a service that does not exist.
      if (typeof callee === 'string' && !callee.includes(':'))
        throw new Error(`${caller.node.path}: calls takes services, and '${callee}' is text`);
      if (typeof callee === 'object') addCall(caller, callee, env, origin);
    }
  }
}

/** Adds a call: the grant on the callee, and an environment variable of the caller with the callee's URL. */
export function addCall(
  caller: ICreatedService,
  callee: ICloudRunService,
  variable: string | undefined,
  origin: Origin,
): void {
  const env = variable ?? variableOf(callee.attributes ? knownName(callee) : callee.node.id, 'URL');
  if (caller.environment === callee.environment && !callee.attributes) {
    caller.addOutgoingCall({ env, callee, origin });
    callService(caller, callee, env, origin);
    return;
  }
  const attributesIn = (region: string) => callee.attributes ?? attributesOf(callee, region);
  caller.addOutgoingCall({ env, callee, origin, elsewhere: attributesIn(caller.regional[0].location) });
  if (!callee.attributes) comeAfter(caller, callee);
  callElsewhere(caller, attributesIn, env, origin);
}

/** Lets `caller` call `callee`. Each region of the caller calls the callee in the same region, or else in the callee's first region. */
function callService(caller: ICreatedService, callee: ICloudRunService, env: string, origin: Origin): void {
  if (caller === callee) return; // a finding; Terraform refuses a resource that refers to itself
  for (const { location } of caller.regional) {
    nearest(callee, location).grantInvoke(caller.serviceAccount.grantee(origin), origin);
  }
  caller.setEnv(env, origin, ({ location }) => nearest(callee, location).url ?? '');
}

/** Lets `caller` call a service outside its stack. */
function callElsewhere(
  caller: ICreatedService,
  attributesIn: (region: string) => ServiceAttributes,
  env: string,
  origin: Origin,
): void {
  const { environment, serviceAccount } = caller;
  for (const { location } of caller.regional) {
    const { project, region, name } = literal(attributesIn(location));
    const named = [project, region, name].map((each) => environment.addresses.part(each, origin));
    const grantName = ['calls', ...named].join('_');
    if (caller.node.tryFindChild(grantName)) continue;
    const { member } = serviceAccount;
    serviceAccount.granted.push(origin);
    const config = { project, location: region, name, role: INVOKER_ROLE, member };
    const grant = withoutStackTraces(() => new CloudRunV2ServiceIamMember(caller, grantName, config));
    environment.addresses.place(grant, `${environment.addresses.prefixOf(caller)}_${grantName}`, origin);
  }
  const urlIn = (location: string) => {
    const attributes = attributesIn(location);
    const projectNumber = numberOf(attributes, environment.props);
    return projectNumber && deterministicUrl(literal(attributes.name), projectNumber, literal(attributes.region));
  };
  if (urlIn(caller.regional[0].location) !== undefined)
    caller.setEnv(env, origin, ({ location }) => urlIn(location) ?? '');
}

/** The attributes of a service of another stack, in the caller's region or else in its own first region. */
function attributesOf(callee: ICloudRunService, region: string): ServiceAttributes {
  const { project, projectNumber } = callee.environment.props;
  return { project, projectNumber, region: nearest(callee, region).location, name: callee.serviceName };
}

/** Makes this stack wait for the callee's stack, so that the service exists before the grant, unless that stack already waits for this one. */
function comeAfter({ environment: { stack } }: ICreatedService, callee: ICloudRunService): void {
  const other = callee.environment.stack;
  if (!other.dependsOn(stack)) stack.addDependency(other);
}

function nearest({ regional }: ICloudRunService, region: string): IRegionalService {
  return regional.find(({ location }) => location === region) ?? regional[0];
}

function isExternalCall(call: unknown): call is ExternalCall {
  return typeof call === 'object' && call !== null && 'external' in call;
}
