import { Refusal } from './errors';
import { isObject, type ObjectValue, type Value } from './protocol/values';
import { type Block, blockOf, NEWEST_VERSION, type Type } from './schema';

/** A module in `terraform show -json`: the `values` of a state, or the `planned_values` of a plan. */
export interface ShownModule {
  readonly resources?: readonly ShownResource[];
  readonly child_modules?: readonly ShownModule[];
  readonly address?: string;
}

interface ShownResource {
  readonly address: string;
  readonly mode: 'managed' | 'data';
  readonly type: string;
  readonly name: string;
  readonly index?: string | number;
  readonly provider_name: string;
  readonly schema_version?: number;
  readonly values?: ObjectValue;
  readonly sensitive_values?: Value;
  readonly tainted?: boolean;
  readonly deposed_key?: string;
}

/** The values that `terraform show -json` shows. */
export interface ShownValues {
  readonly outputs?: { readonly [name: string]: { readonly value?: unknown; type?: unknown; sensitive?: boolean } };
  readonly root_module?: ShownModule;
}

export interface StateFileOptions {
  /** Whether to keep a resource in the state. Default: all. */
  readonly keep?: (resource: ShownResource) => boolean;
  /** The alias of a resource's provider, by its address without module and index. */
  readonly alias?: (address: string) => string | undefined;
}

interface StateResource {
  readonly module?: string;
  readonly mode: string;
  readonly type: string;
  readonly name: string;
  readonly provider: string;
  readonly instances: object[];
}

/** A state file of Terraform, version 4. */
export interface StateFile {
  readonly version: 4;
  readonly resources: readonly StateResource[];
  readonly [member: string]: unknown;
}

/**
 * A state file (version 4) from the output of `terraform show -json`. It lacks the order of destruction, which a plan lacks too. Throws
 * a Refusal if a value is missing that a state requires.
 */
export function stateFile(
  shown: ShownValues,
  { keep = () => true, alias = () => undefined }: StateFileOptions = {},
): StateFile {
  const resources = new Map<string, StateResource>();
  for (const { module, resource } of resourcesIn(shown.root_module)) {
    const { mode, type, name, provider_name } = resource;
    if (mode !== 'managed' || !keep(resource)) continue;
    const key = `${module ?? ''} ${type}.${name}`;
    const provider = providerAddress(provider_name, alias(`${type}.${name}`));
    const entry = resources.get(key);
    if (entry) entry.instances.push(instance(resource));
    else resources.set(key, { ...(module && { module }), mode, type, name, provider, instances: [instance(resource)] });
  }
  return {
    version: 4,
    terraform_version: '1.7.0',
    serial: 1,
    lineage: '00000000-0000-0000-0000-000000000000',
    outputs: outputs(shown.outputs),
    resources: [...resources.values()],
  };
}

interface Placed {
  readonly module: string | undefined;
  readonly resource: ShownResource;
}

/** The resources of a module and of its child modules. */
export function resourcesIn(module: ShownModule | undefined): Placed[] {
  const own = (module?.resources ?? []).map((resource) => ({ module: module?.address, resource }));
  return own.concat((module?.child_modules ?? []).flatMap(resourcesIn));
}

function providerAddress(name: string, alias: string | undefined): string {
  return `provider["${name}"]${alias === undefined ? '' : `.${alias}`}`;
}

function instance(resource: ShownResource): object {
  const { address, type, index, values, sensitive_values, schema_version = 0, tainted, deposed_key } = resource;
  if (values === undefined) throw new Refusal(`${address} has no values`);
  return {
    ...(index !== undefined && { index_key: index }),
    ...(tainted && { status: 'tainted' }),
    ...(deposed_key !== undefined && { deposed: deposed_key }),
    schema_version,
    attributes: withSafeNumbers(values),
    sensitive_attributes: sensitivePaths(blockOf(NEWEST_VERSION, 'resource', type), sensitive_values),
  };
}

/**
 * Replaces numbers that JavaScript cannot represent exactly, such as Compute Engine's ids: they would differ from the state in every
 * plan. Nothing refers to them, so any other number works.
 */
function withSafeNumbers(value: Value): Value {
  if (typeof value === 'number')
    return Math.abs(value) > Number.MAX_SAFE_INTEGER ? value % Number.MAX_SAFE_INTEGER : value;
  if (Array.isArray(value)) return value.map(withSafeNumbers);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, withSafeNumbers(inner)]));
}

/** Outputs without a value are unknown, so the state leaves them out. */
function outputs(shown: ShownValues['outputs'] = {}): object {
  const known = Object.entries(shown).filter(([, { value, type }]) => value !== undefined && type !== undefined);
  return Object.fromEntries(
    known.map(([name, { value, type, sensitive }]) => [name, { value, type, ...(sensitive && { sensitive }) }]),
  );
}

type Step = { readonly type: 'get_attr' | 'index'; readonly value: unknown };

/** The paths of the sensitive values of a block, in the form of a state file. */
function sensitivePaths(block: Block | undefined, marks: Value, path: readonly Step[] = []): (readonly Step[])[] {
  if (!isObject(marks)) return [];
  return Object.entries(marks).flatMap(([name, mark]) => {
    const at = [...path, attribute(name)];
    const nested = block?.blocks[name];
    if (nested && Array.isArray(mark)) {
      return mark.flatMap((item, i) => sensitivePaths(nested.block, item, [...at, element(i)]));
    }
    return nested && mark !== true
      ? sensitivePaths(nested.block, mark, at)
      : sensitiveParts(block?.attributes[name]?.type, mark, at);
  });
}

function sensitiveParts(type: Type | undefined, marks: Value, path: readonly Step[]): (readonly Step[])[] {
  if (marks === true) return [path];
  const inner = Array.isArray(type) && type[0] !== 'object' ? type[1] : undefined;
  if (Array.isArray(marks)) return marks.flatMap((mark, i) => sensitiveParts(inner, mark, [...path, element(i)]));
  if (!isObject(marks)) return [];
  return Object.entries(marks).flatMap(([key, mark]) => {
    const fields = Array.isArray(type) && type[0] === 'object' ? type[1] : undefined;
    return sensitiveParts(fields?.[key] ?? inner, mark, [...path, fields ? attribute(key) : element(key)]);
  });
}

function attribute(value: string): Step {
  return { type: 'get_attr', value };
}

function element(value: string | number): Step {
  return { type: 'index', value: { value, type: typeof value } };
}
