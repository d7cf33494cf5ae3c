import { InputError } from './input-error';
import type { ChangeJson, PlanJson } from './plan';

/** Refuses a plan without the structure that Terraform writes; the values of resources come from the provider and are not checked. */
export function checkPlanShape(plan: Readonly<Record<string, unknown>>): void {
  const isDeferred = ({ resource_change }: Json) => isOptional(resource_change, () => true);
  if (!listOf(plan.deferred_changes, isDeferred)) throw refused('deferred_changes');
  if (!isOptional(plan.configuration, (configuration) => isConfiguredModule(configuration.root_module))) {
    throw refused('configuration');
  }
}

/** The changes of a plan one by one; throws if one is not as Terraform writes it. */
export function checkedChanges(part: 'resource_changes' | 'resource_drift', changes: unknown): Iterable<ChangeJson> {
  if (changes === undefined || changes === null) return [];
  if (typeof changes !== 'object' || !(Symbol.iterator in changes)) throw refused(part);
  return eachChange(part, changes as Iterable<unknown>);
}

function* eachChange(part: string, changes: Iterable<unknown>): Generator<ChangeJson> {
  for (const change of changes) {
    if (!isObject(change) || !isChange(change)) throw refused(part);
    yield change as unknown as ChangeJson;
  }
}

/** The prior state of a plan; throws if it is not as Terraform writes it. */
export function checkedPriorState(state: unknown): PlanJson['prior_state'] {
  if (!isOptional(state, isState)) throw refused('prior_state');
  return state ?? undefined;
}

/** Refuses a state without the structure that Terraform writes. */
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
