import { CloudRunV2ServiceIamMember } from '@cdktf/provider-google/lib/cloud-run-v2-service-iam-member';
import { addressPart } from '../core/address';
import type { Origin } from '../core/finding';
import { literal } from '../core/literal';
import { withoutStackTraces } from '../core/stack-traces';
import { INVOKER_ROLE } from '../service/access';
import type { CloudRunService } from '../service/cloud-run-service';

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

/** A service that is not of this environment: of another project, or made elsewhere. */
export interface ExternalService {
  /** The project's id. */
  readonly project: string;
  /**
   * The project's number, digits in quotes: part of the service's URL.
   * @default the environment's `projectNumber`, in the environment's own project
   */
  readonly projectNumber?: string;
  /** The service's region. */
  readonly region: string;
  /** Cloud Run's name of the service. */
  readonly name: string;
}

/** A call of a service that is not of this environment. */
export interface ExternalCall {
  /** The service to call; who applies has to be allowed to grant `roles/run.invoker` on it. */
  readonly external: ExternalService;
  /**
   * Environment variable for its URL.
   * @default the service's name in upper case and `_URL`
   * @terraform template.containers.env
   */
  readonly env?: string;
}

/** A call that a service makes. */
export interface Call {
  /** The variable with the callee's URL. */
  readonly env: string;
  /** The service that is called; of one that is not of this environment what it is. */
  readonly callee: CloudRunService | ExternalService;
  /** What asked for it. */
  readonly origin: Origin;
}

/** A variable of a service's environment that follows from what it calls, enqueues or publishes. */
export interface DerivedVariable {
  readonly name: string;
  /** Its value, in the first region of a service that has several. */
  readonly value: string;
  /** What asked for it. */
  readonly origin: Origin;
}

/** The name of an environment variable: `MY_API_URL` for `my-api` and `URL`. */
export function variableOf(name: string, ending: string): string {
  return `${name.toUpperCase().replace(/[^A-Z0-9]/g, '_')}_${ending}`;
}

/** The URL that a service has from its name, its project's number and its region. */
export function deterministicUrl(name: string, projectNumber: string, region: string): string {
  return `https://${name}-${projectNumber}.${region}.run.app`;
}

/** Adds a call to a service: the grant on the callee, and its URL in the caller's environment. */
export function addCall(
  caller: CloudRunService,
  callee: CloudRunService | ExternalService,
  variable: string | undefined,
  origin: Origin,
): void {
  const env = variable ?? variableOf(isExternal(callee) ? callee.name : callee.node.id, 'URL');
  caller.outgoingCalls.push({ env, callee, origin });
  if (isExternal(callee)) callExternal(caller, callee, env, origin);
  else callService(caller, callee, env, origin);
}

/** Whether the callee is not of this environment. */
export function isExternal(callee: CloudRunService | ExternalService): callee is ExternalService {
  return 'project' in callee;
}

/** Lets `caller` call `callee`: in each region of the caller the callee's region of the same name, or else its first. */
function callService(caller: CloudRunService, callee: CloudRunService, env: string, origin: Origin): void {
  if (caller === callee) return; // a finding; a reference to itself would not be Terraform
  if (caller.environment !== callee.environment) {
    throw new Error(
      `${caller.node.path}: '${callee.node.path}' is in another stack; call {project, region, name} instead`,
    );
  }
  const nearest = (region: string) => callee.regional.find(({ location }) => location === region) ?? callee.regional[0];
  for (const { location } of caller.regional) {
    nearest(location).access.grantInvoke(`serviceAccount:${caller.serviceAccount.email}`, origin);
  }
  caller.setEnv(env, origin, ({ location }) => nearest(location).url);
}

/** Lets `caller` call a service that is not of this environment. */
function callExternal(caller: CloudRunService, external: ExternalService, env: string, origin: Origin): void {
  const { environment, serviceAccount } = caller;
  const { project, region, name } = literal(external);
  const ownNumber = project === environment.props.project ? environment.props.projectNumber : undefined;
  const projectNumber = external.projectNumber ?? ownNumber;
  const grantName = ['calls', project, region, name].map(addressPart).join('_');
  if (!caller.node.tryFindChild(grantName)) {
    const { member } = serviceAccount;
    const config = { project, location: region, name, role: INVOKER_ROLE, member };
    const grant = withoutStackTraces(() => new CloudRunV2ServiceIamMember(caller, grantName, config));
    environment.addresses.place(grant, `${environment.addresses.prefixOf(caller)}_${grantName}`, origin);
  }
  if (projectNumber !== undefined) caller.setEnv(env, origin, () => deterministicUrl(name, projectNumber, region));
}
