import { type Grant, type Inventory, isEmpty, isJson, type Json, type Remark } from '../found';
import { iamTarget, importId } from '../import-id';

interface Module {
  readonly resources?: readonly StateResource[];
  readonly child_modules?: readonly Module[];
}

interface StateResource {
  readonly address: string;
  readonly mode: string;
  readonly type: string;
  readonly values?: Json;
}

/** Whether a document is the output of `terraform show -json` for a state or a plan. */
export function isTerraform(document: unknown): document is Json {
  return isJson(document) && typeof document.format_version === 'string';
}

/** The resources of a state, or those of a plan before its changes; modules included. */
export function readTerraform(document: Json, file: string): Inventory {
  const state = (isJson(document.prior_state) ? document.prior_state : document) as {
    values?: { root_module?: Module };
  };
  const resources = resourcesOf(state.values?.root_module);
  const read = resources.map((resource) => readResource(resource, `${file}: ${resource.address}`));
  return {
    resources: read.flatMap((each) => each.resources),
    grants: read.flatMap((each) => each.grants),
    leftOut: read.flatMap((each) => each.leftOut),
    managed: resources.map(({ address }) => address),
  };
}

function resourcesOf(module: Module | undefined): StateResource[] {
  const own = (module?.resources ?? []).filter(({ mode }) => mode === 'managed');
  return [...own, ...(module?.child_modules ?? []).flatMap(resourcesOf)];
}

function readResource({ address, type, values = {} }: StateResource, source: string): Inventory {
  const iam = iamTarget(type, values);
  if (iam)
    return iam.kind === 'policy'
      ? policy(iam.target, values, source, address)
      : roleGrants(iam, values, source, address);
  const id = importId(type, values);
  if (id === undefined) return { resources: [], grants: [], leftOut: notOurs(type, source) };
  return { resources: [{ type, id, values, source, address }], grants: [], leftOut: [] };
}

function roleGrants(
  { target, kind }: { target: string; kind: string },
  values: Json,
  source: string,
  address: string,
): Inventory {
  const members = kind === 'member' ? [values.member] : Array.isArray(values.members) ? values.members : [];
  const grants = members.map((member): Grant => {
    const common = { target, role: String(values.role), member: String(member), source, address };
    return { ...common, condition: conditionOf(values.condition), authoritative: kind === 'binding' };
  });
  return { resources: [], grants, leftOut: [] };
}

function policy(target: string, { policy_data: data }: Json, source: string, address: string): Inventory {
  const parsed: unknown = typeof data === 'string' && data !== '' ? JSON.parse(data) : {};
  const text = `owns every role on ${target}; that is not offered here, so each of its members becomes a grant of its own`;
  const grants = policyGrants(parsed, target, source).map((grant) => ({ ...grant, address }));
  return { resources: [], grants, leftOut: [{ about: source, text }] };
}

/** The grants of an IAM policy in the API's form: `{bindings: [{role, members, condition}]}`. */
export function policyGrants(document: unknown, target: string, source: string): Grant[] {
  const bindings = isJson(document) && Array.isArray(document.bindings) ? document.bindings.filter(isJson) : [];
  return bindings.flatMap(({ role, members, condition }) =>
    (Array.isArray(members) ? members : []).map((member) => ({
      target,
      role: String(role),
      member: String(member),
      condition: conditionOf(condition),
      authoritative: false,
      source,
    })),
  );
}

/** The title of a condition, which the API writes as an object and Terraform as a list of one. */
function conditionOf(condition: unknown): string | undefined {
  const only: unknown = Array.isArray(condition) ? condition[0] : condition;
  return isJson(only) && !isEmpty(only) ? String(only.title ?? only.expression) : undefined;
}

function notOurs(type: string, source: string): Remark[] {
  // A Cloud Run stack does not manage other providers' resources, or resources that only make names.
  return type.startsWith('google_')
    ? [{ about: source, text: `${type} is not part of what services.yaml describes` }]
    : [];
}

/** Puts inventories together. */
export function together(inventories: readonly Inventory[]): Inventory {
  return {
    resources: inventories.flatMap(({ resources }) => resources),
    grants: inventories.flatMap(({ grants }) => grants),
    leftOut: inventories.flatMap(({ leftOut }) => leftOut),
    unreadable: inventories.flatMap(({ unreadable = [] }) => unreadable),
    managed: inventories.flatMap(({ managed = [] }) => managed),
  };
}
