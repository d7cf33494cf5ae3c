import { BACKEND_SERVICE_TYPES, type Binding, type ComputedExposure, type Inventory, known, shown } from '../exposure';

/** The resource on which a binding grants. */
export interface GrantTarget {
  /** Different for every target. */
  readonly key: string;
  readonly name: string;
  /** Whether it exists before the plan: then it may have grants that were made outside Terraform, which can be lost. */
  readonly exists: boolean;
}

/** The resources on which a binding grants, as far as they are known. */
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
