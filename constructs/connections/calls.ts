import { CloudRunV2ServiceIamMember } from '@cdktf/provider-google/lib/cloud-run-v2-service-iam-member';
import { addressPart } from '../core/address';
import type { Origin } from '../core/finding';
import { literal } from '../core/literal';
import { madeFrom } from '../core/origin';
import { INVOKER_ROLE } from '../core/principal';
import { deterministicUrl, type ICloudRunService, type ICreatedService, type ServiceAttributes } from '../core/service';
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
  const { attributes } = callee;
  const env = variable ?? variableOf(attributes?.name ?? callee.node.id, 'URL');
  caller.addOutgoingCall({ env, callee, origin });
  if (attributes) callElsewhere(caller, attributes, env, origin);
  else callService(caller, callee, env, origin);
}

/** Lets `caller` call `callee`: in each region of the caller the callee's region of the same name, or else its first. */
function callService(caller: ICreatedService, callee: ICloudRunService, env: string, origin: Origin): void {
  if (caller === callee) return; // a finding; a reference to itself would not be Terraform
  if (caller.environment !== callee.environment) {
    throw new Error(
      `${caller.node.path}: '${callee.node.path}' is in another stack; call CloudRunService.fromAttributes(…) with its project, region and name`,
    );
  }
  const nearest = (region: string) => callee.regional.find(({ location }) => location === region) ?? callee.regional[0];
  for (const { location } of caller.regional) {
    nearest(location).grantInvoke(caller.serviceAccount.grantee(origin), origin);
  }
  caller.setEnv(env, origin, ({ location }) => nearest(location).url ?? '');
}

/** Lets `caller` call a service that is not of this environment. */
function callElsewhere(caller: ICreatedService, attributes: ServiceAttributes, env: string, origin: Origin): void {
  const { environment, serviceAccount } = caller;
  const { project, region, name } = literal(attributes);
  const grantName = ['calls', project, region, name].map(addressPart).join('_');
  if (!caller.node.tryFindChild(grantName)) {
    const { member } = serviceAccount;
    serviceAccount.granted.push(origin);
    const config = { project, location: region, name, role: INVOKER_ROLE, member };
    const grant = withoutStackTraces(() => new CloudRunV2ServiceIamMember(caller, grantName, config));
    environment.addresses.place(grant, `${environment.addresses.prefixOf(caller)}_${grantName}`, origin);
  }
  const projectNumber = numberOf(attributes, environment.props);
  if (projectNumber !== undefined) caller.setEnv(env, origin, () => deterministicUrl(name, projectNumber, region));
}

function isExternalCall(call: unknown): call is ExternalCall {
  return typeof call === 'object' && call !== null && 'external' in call;
}
