import type { ICloudRunService } from '../core/service';

/** What a reference stands for: a service, a principal, or nothing, which has been reported already. */
export type Resolve<Service> = (reference: Service | string) => ICloudRunService | string | undefined;

/** A reference to a service, with the variable that goes with it. */
export interface ReferenceWithVariable<Service> {
  readonly service: Service;
  readonly env?: string;
}

/** A reference with the variable that goes with it, if one is named. No construct has a member `service`. */
export function withVariable<Service>(
  reference: string | Service | ReferenceWithVariable<Service>,
): ReferenceWithVariable<Service | string> {
  const isNamed = typeof reference === 'object' && reference !== null && 'service' in reference;
  return isNamed ? reference : { service: reference };
}
