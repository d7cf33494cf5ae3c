import { NO_ORIGIN, redact } from './redaction';
import { Inventory, type Resource } from './resource';
import { isValues } from './value';

/** A module in the `values` of a state, or in the `prior_state` of a plan. */
export interface StateModule {
  readonly resources?: readonly StateResource[];
  readonly child_modules?: readonly StateModule[];
}

/** A resource in the JSON of a state. */
export interface StateResource {
  readonly address: string;
  readonly mode: 'managed' | 'data';
  readonly type: string;
  readonly values?: unknown;
  readonly sensitive_values?: unknown;
  readonly deposed_key?: string;
}

/** The JSON of `terraform show -json` of a state. */
export interface StateJson {
  readonly values?: { readonly root_module?: StateModule };
}

/** The resources of a state, its nested modules included. */
export function readState(state: StateJson): Inventory {
  return new Inventory(resourcesIn(state.values?.root_module).map((resource) => readStateResource(resource)));
}

/** The resources of a module and its child modules, without deposed objects, which Terraform will delete. */
export function resourcesIn(module: StateModule | undefined): readonly StateResource[] {
  const own = (module?.resources ?? []).filter((resource) => resource.deposed_key === undefined);
  return own.concat((module?.child_modules ?? []).flatMap(resourcesIn));
}

/** A resource of a state, with the project of its provider configuration if that is known. */
export function readStateResource(resource: StateResource, defaultProject?: string): Resource {
  const { address, mode, type, values, sensitive_values } = resource;
  const readable = redact(values, { sensitive: sensitive_values }, NO_ORIGIN);
  return { address, mode, type, values: isValues(readable) ? readable : {}, defaultProject };
}
