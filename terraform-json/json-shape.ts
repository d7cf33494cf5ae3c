import { InputError } from './input-error';

/** Refuses a plan whose frame is not Terraform's; what is in the resources is the provider's and may be anything. */
export function checkPlanShape(plan: Readonly<Record<string, unknown>>): void {
  for (const part of ['resource_changes', 'resource_drift']) {
    if (!listOf(plan[part], isChange)) throw refused(part);
  }
  const isDeferred = ({ resource_change }: Json) => isOptional(resource_change, () => true);
  if (!listOf(plan.deferred_changes, isDeferred)) throw refused('deferred_changes');
  if (!isOptional(plan.configuration, (configuration) => isConfiguredModule(configuration.root_module))) {
    throw refused('configuration');
  }
  if (!isOptional(plan.prior_state, isState)) throw refused('prior_state');
}

/** Refuses a state whose frame is not Terraform's. */
export function checkStateShape(state: Readonly<Record<string, unknown>>): void {
  if (!isState(state)) throw refused('values');
}

type Json = Readonly<Record<string, unknown>>;

function refused(part: string): InputError {
  return new InputError(`${part} is not as Terraform writes it`, 'pass the unchanged output of `terraform show -json`');
}

function isChange(change: Json): boolean {
  const inner = change.change;
  return isResource(change) && isObject(inner) && Array.isArray(inner.actions);
}

function isState({ values }: Json): boolean {
  return isOptional(values, ({ root_module }) => isModule(root_module));
}

function isModule(module: unknown): boolean {
  return isOptional(
    module,
    ({ resources, child_modules }) => listOf(resources, isResource) && listOf(child_modules, isModule),
  );
}

function isResource({ address, type }: Json): boolean {
  return typeof address === 'string' && typeof type === 'string';
}

function isConfiguredModule(module: unknown): boolean {
  return isOptional(module, ({ resources, module_calls }) => {
    const called = isObject(module_calls) ? Object.values(module_calls) : [];
    return (
      listOf(resources, ({ address }) => typeof address === 'string') &&
      called.every((call) => isObject(call) && isConfiguredModule(call.module))
    );
  });
}

/** Terraform leaves out what is empty. */
function listOf(value: unknown, is: (element: Json) => boolean): boolean {
  if (value === undefined || value === null) return true;
  return Array.isArray(value) && value.every((element) => isObject(element) && is(element));
}

function isOptional(value: unknown, is: (value: Json) => boolean): boolean {
  return value === undefined || value === null || (isObject(value) && is(value));
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
