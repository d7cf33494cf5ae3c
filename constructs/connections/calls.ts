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

/** Whom a service calls. Services are referred to by `Service`: by key in a file, as constructs in TypeScript. */
export interface CallsProps<Service> {
  /**
   * Services that this one calls: each grants its account `roles/run.invoker` on the other and puts the other's URL, which is also the
   * audience of the token to send, into its environment. With `env` the variable has another name; `external` is a service that is not of
   * this environment.
   * @default none
   * @terraform google_cloud_run_v2_service_iam_member.<callee>_invoker_<principal>, template.containers.env
   */
  readonly calls?: readonly (Service | ServiceCall<Service> | (Service extends string ? ExternalCall : never))[];
}

/** A call of another service, with the variable that its URL is in. */
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

/** A call of a service that is not of this environment. */
export interface ExternalCall {
  /** The service to call; who applies has to be allowed to grant `roles/run.invoker` on it. */
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
      // In services.yaml a principal is told as a service that there is not.
      if (typeof callee === 'string' && !callee.includes(':'))
        throw new Error(`${caller.node.path}: calls takes services, and '${callee}' is text`);
      if (typeof callee === 'object') addCall(caller, callee, env, origin);
    }
  }
}

/** Adds a call to a service: the grant on the callee, and its URL in the caller's environment. */
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

/** Lets `caller` call `callee`: in each region of the caller the callee's region of the same name, or else its first. */
function callService(caller: ICreatedService, callee: ICloudRunService, env: string, origin: Origin): void {
  if (caller === callee) return; // a finding; a reference to itself would not be Terraform
  for (const { location } of caller.regional) {
    nearest(callee, location).grantInvoke(caller.serviceAccount.grantee(origin), origin);
  }
  caller.setEnv(env, origin, ({ location }) => nearest(callee, location).url ?? '');
}

/** Lets `caller` call a service that is not of its stack. */
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

/** What a service of another stack is from here, in the region that is nearest. */
function attributesOf(callee: ICloudRunService, region: string): ServiceAttributes {
  const { project, projectNumber } = callee.environment.props;
  return { project, projectNumber, region: nearest(callee, region).location, name: callee.serviceName };
}

/** A grant on a service of another stack is made after the service, unless that stack waits for this one already. */
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
