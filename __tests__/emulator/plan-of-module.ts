import { ofModule } from './modules';
import type { ResourceChange } from './plan';

interface StateModule {
  readonly address?: string;
  readonly resources?: readonly { readonly address: string }[];
  readonly child_modules?: readonly StateModule[];
}

/** What `terraform show -json` says of a plan, as far as it is about modules. */
interface PlanJson {
  readonly resource_changes?: readonly ResourceChange[];
  readonly resource_drift?: readonly ResourceChange[];
  readonly prior_state?: { readonly values?: { readonly root_module?: StateModule } };
  readonly configuration?: {
    readonly provider_config?: object;
    readonly root_module?: { readonly module_calls?: { readonly [name: string]: ModuleCall } };
  };
}

interface ModuleCall {
  readonly expressions?: { readonly [variable: string]: { readonly constant_value?: unknown } };
  readonly module: object;
}

/** `terraform show -json` of the plan of one of the modules that `writeModules` wrote, as if its stack had been planned alone. */
export function planOfModule(plan: object, name: string): object {
  const json: PlanJson = plan;
  const call = json.configuration?.root_module?.module_calls?.[name];
  if (call === undefined) throw new Error(`the plan has no module ${name}`);
  const state = json.prior_state?.values?.root_module?.child_modules?.find(
    ({ address }) => address === `module.${name}`,
  );
  const answers = Object.entries(call.expressions ?? {});
  return {
    ...json,
    variables: Object.fromEntries(answers.map(([variable, { constant_value: value }]) => [variable, { value }])),
    resource_changes: changesIn(name, json.resource_changes),
    resource_drift: changesIn(name, json.resource_drift),
    prior_state: { values: { root_module: { resources: ofModule(name, state?.resources) } } },
    configuration: { ...json.configuration, root_module: call.module },
    planned_values: undefined,
  };
}

function changesIn(name: string, changes: readonly ResourceChange[] | undefined): object[] {
  return ofModule(name, changes).map((change) => ({ ...change, module_address: undefined }));
}
