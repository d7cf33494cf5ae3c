import { BACKEND_SERVICE_TYPES, type Binding, type ComputedExposure, type Inventory, known, shown } from '../exposure';

/** What a binding grants on. */
export interface GrantTarget {
  /** Tells it from others. */
  readonly key: string;
  readonly name: string;
  /** Whether it is there before the plan: who was granted something on it outside Terraform can then lose it. */
  readonly exists: boolean;
}

/** What a binding grants on, as far as it can be told. */
export function grantTarget(binding: Binding, { lookup }: ComputedExposure, before: Inventory): readonly GrantTarget[] {
  const { on, target, resource } = binding;
  if (on === 'service' || on === 'iap-service') {
    const { services, perhaps } = lookup.named(target, before.projectOf(resource), resource.values.location);
    return [...services, ...perhaps].map(({ address, name, managed }) => ({
      key: `${on} ${address}`,
      name,
      exists: !managed || before.at(address) !== undefined,
    }));
  }
  if (on === 'backend-service') {
    const exists = before.named(target, ...BACKEND_SERVICE_TYPES).length > 0;
    return [{ key: `${on} ${shown(target)}`, name: shown(target), exists }];
  }
  const project = known(target);
  const name = project === undefined ? (before.projectOf(resource) ?? shown(target)) : before.projectId(project);
  return [{ key: `${on} ${name}`, name, exists: true }];
}
