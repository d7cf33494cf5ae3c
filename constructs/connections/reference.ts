import type { ICloudRunService } from '../core/service';

/** Finds what a reference means: a service or a principal. Undefined is an error that is already reported. */
export type Resolve<Service> = (reference: Service | string) => ICloudRunService | string | undefined;

/** A reference to a service, with its environment variable. */
export interface ReferenceWithVariable<Service> {
  readonly service: Service;
  readonly env?: string;
}

/** A reference with its environment variable, if one is named. This works because the constructs that are referred to have no member `service`. */
export function withVariable<Service>(
  reference: string | Service | ReferenceWithVariable<Service>,
): ReferenceWithVariable<Service | string> {
  const isNamed = typeof reference === 'object' && reference !== null && 'service' in reference;
  return isNamed ? reference : { service: reference };
}
