import type { PlanJson } from '../exposure';

type Arguments = Readonly<Record<string, unknown>>;
/** One resource of a plan, and what happens to it. */
export type ChangeJson = NonNullable<PlanJson['resource_changes']>[number];

/** A part of a plan, for the examples of the rules. */
export function planOf(...changes: readonly ChangeJson[]): PlanJson {
  return { resource_changes: changes };
}

/** A resource that stays as it is. */
export function unchanged(address: string, values: Arguments): ChangeJson {
  return change(address, ['no-op'], values, values);
}

/** A resource that is created; arguments in `unknown` are known after apply. */
export function created(address: string, after: Arguments, unknown?: Arguments): ChangeJson {
  const json = change(address, ['create'], null, after);
  return unknown ? { ...json, change: { ...json.change, after_unknown: unknown } } : json;
}

/** A resource that is updated in place. */
export function updated(address: string, before: Arguments, after: Arguments): ChangeJson {
  return change(address, ['update'], before, { ...before, ...after });
}

/** A resource that is destroyed. */
export function destroyed(address: string, before: Arguments): ChangeJson {
  return change(address, ['delete'], before, null);
}

/** A resource that is destroyed and created anew because of the named arguments. */
export function replaced(
  address: string,
  before: Arguments,
  after: Arguments,
  ...because: readonly string[]
): ChangeJson {
  const json = change(address, ['delete', 'create'], before, { ...before, ...after });
  return {
    ...json,
    action_reason: 'replace_because_cannot_update',
    change: { ...json.change, replace_paths: because.map((path) => path.split('.')) },
  };
}

function change(
  address: string,
  actions: ChangeJson['change']['actions'],
  before: Arguments | null,
  after: Arguments | null,
): ChangeJson {
  const type = address.split('.')[0] ?? '';
  return { address, type, mode: 'managed', change: { actions, before, after } };
}

/** A Cloud Run service named `api`. */
export function service(values: Arguments = {}): Arguments {
  return {
    name: 'api',
    location: 'europe-west1',
    project: 'acme-prod',
    ingress: 'INGRESS_TRAFFIC_ALL',
    invoker_iam_disabled: false,
    deletion_protection: true,
    ...values,
  };
}

/** A grant of `roles/run.invoker` on the service `api`. */
export function invoker(member: string): Arguments {
  return { name: 'api', location: 'europe-west1', project: 'acme-prod', role: 'roles/run.invoker', member };
}

/** The addresses that the examples use. */
export const API = 'google_cloud_run_v2_service.api';
export const PUBLIC = 'google_cloud_run_v2_service_iam_member.api_public';
export const SUPPORT = 'google_cloud_run_v2_service_iam_member.api_invoker_group_support';

/** Ingress settings as the API spells them. */
export const INTERNAL = { ingress: 'INGRESS_TRAFFIC_INTERNAL_ONLY' };
export const LOAD_BALANCED = { ingress: 'INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER' };

/** The address of `DOMAIN_MAPPING`. */
export const MAPPED_DOMAIN = 'google_cloud_run_domain_mapping.api_example_com';

/** The mapping of api.example.com to the service `api`. */
export const DOMAIN_MAPPING = {
  name: 'api.example.com',
  location: 'europe-west1',
  project: 'acme-prod',
  spec: [{ route_name: 'api' }],
};
