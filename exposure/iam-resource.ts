import type { Inventory, Resource } from '../terraform-json/resource';
import { block, blocks, isValues, list, shown, Unknown, type Value, type Values } from '../terraform-json/value';
import { principalName } from './principal';

/** The kind of target on which an IAM resource grants. */
export type GrantedOn =
  | 'service'
  | 'project'
  | 'backend-service'
  | 'iap-service'
  | 'iap-project'
  | 'above'
  | 'account'
  | 'secret';

/** The kind of target of IAM resources, and the argument that names it. */
interface Family {
  readonly on: GrantedOn;
  readonly argument: string;
}

/** The IAM resources that decide who may call a service, act as an account or read a secret; without `_member`, `_binding` and `_policy`. */
const FAMILIES: Readonly<Record<string, Family>> = {
  google_cloud_run_v2_service_iam: { on: 'service', argument: 'name' },
  google_cloud_run_service_iam: { on: 'service', argument: 'service' },
  google_cloudfunctions2_function_iam: { on: 'service', argument: 'cloud_function' },
  google_project_iam: { on: 'project', argument: 'project' },
  google_iap_web_backend_service_iam: { on: 'backend-service', argument: 'web_backend_service' },
  google_iap_web_region_backend_service_iam: { on: 'backend-service', argument: 'web_region_backend_service' },
  google_iap_web_cloud_run_service_iam: { on: 'iap-service', argument: 'cloud_run_service_name' },
  google_iap_web_iam: { on: 'iap-project', argument: 'project' },
  google_iap_web_type_compute_iam: { on: 'iap-project', argument: 'project' },
  google_folder_iam: { on: 'above', argument: 'folder' },
  google_organization_iam: { on: 'above', argument: 'org_id' },
  google_service_account_iam: { on: 'account', argument: 'service_account_id' },
  google_secret_manager_secret_iam: { on: 'secret', argument: 'secret_id' },
  google_secret_manager_regional_secret_iam: { on: 'secret', argument: 'secret_id' },
};

/** IAM resources of Cloud Run and IAP that do not decide who reaches a service. */
const UNRELATED =
  /^google_(cloud_run_v2_job|cloud_run_v2_worker_pool|iap_tunnel\w*|iap_web_type_app_engine|iap_app_engine\w*)_iam_/;

/** One role with its members, in one IAM resource. */
export interface Binding {
  readonly resource: Resource;
  readonly on: GrantedOn;
  /** The value that names the service, project or backend service. */
  readonly target: Value;
  readonly role: Value;
  readonly members: readonly (string | Unknown)[];
  /** The title and expression of the condition; undefined if there is none, or it is always true. */
  readonly condition?: string;
  /** Whether the resource removes other grants: a binding those of its role, a policy those of all roles. */
  readonly authoritative: boolean;
}

/** The bindings of all IAM resources of a stack that decide who reaches a service. */
export function readBindings(inventory: Inventory): readonly Binding[] {
  return Object.keys(FAMILIES).flatMap((family) =>
    ['member', 'binding', 'policy'].flatMap((form) =>
      inventory.ofType(`${family}_${form}`).flatMap((resource) => bindingsOf(resource, inventory)),
    ),
  );
}

/** The bindings of one IAM resource; none if its type does not decide who reaches a service. */
export function bindingsOf(resource: Resource, inventory: Inventory): readonly Binding[] {
  const [, name = '', form] = /^(\w+_iam)_(member|binding|policy)$/.exec(resource.type) ?? [];
  const family = FAMILIES[name];
  if (!family) return [];
  const { values } = resource;
  const common = { resource, on: family.on, target: values[family.argument], authoritative: form !== 'member' };
  if (form === 'policy')
    return policyBindings(values.policy_data, inventory).map((binding) => ({ ...common, ...binding }));
  const members = form === 'binding' ? list(values.members) : list([values.member]);
  return [{ ...common, role: values.role, members, condition: conditionOf(values.condition) }];
}

/** The role and members of a grant, for a message about its unknown target. */
export function grantWords(binding: Binding): string {
  return `${shown(binding.role)} for ${membersWords(binding) || 'nobody'}`;
}

/** The members of a binding, as IAM compares them. */
export function membersWords({ members }: Binding): string {
  return members.map((member) => (member instanceof Unknown ? member.text : principalName(member))).join(', ');
}

/** Whether a resource is an IAM resource of Cloud Run or IAP that is not understood here. */
export function isUnknownIam(type: string): boolean {
  if (!/^google_(cloud_run|iap)\w*_iam_/.test(type) || UNRELATED.test(type)) return false;
  const family = /^(\w+_iam)_(member|binding|policy)$/.exec(type)?.[1];
  return family === undefined || !(family in FAMILIES);
}

type Granted = Pick<Binding, 'role' | 'members' | 'condition'>;

/** `policy_data` is JSON, mostly from a `google_iam_policy` data source. */
function policyBindings(policy: Value, inventory: Inventory): readonly Granted[] {
  if (policy instanceof Unknown) {
    const sources = inventory.named(policy, 'google_iam_policy');
    if (sources.length === 0) return [{ role: policy, members: [policy] }];
    return sources.flatMap(({ values }) => blocks(values.binding).map(granted));
  }
  const parsed = typeof policy === 'string' ? parsePolicy(policy) : undefined;
  return blocks(parsed?.bindings).map(granted);
}

function granted(binding: Values): Granted {
  return { role: binding.role, members: list(binding.members), condition: conditionOf(binding.condition) };
}

function parsePolicy(policy: string): Values | undefined {
  try {
    const parsed: unknown = JSON.parse(policy);
    return isValues(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

function conditionOf(condition: Value): string | undefined {
  const { title, expression } = block(condition);
  if (condition instanceof Unknown) return condition.written ? condition.text : undefined;
  if (blocks(condition).length === 0 || shown(expression).trim() === 'true') return undefined;
  return [shown(title), shown(expression)].filter((part) => part !== '').join(': ');
}
