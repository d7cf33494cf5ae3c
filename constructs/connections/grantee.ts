import type { Origin } from '../core/finding';
import { literal } from '../core/literal';
import type { ICloudRunService, ICreatedService } from '../core/service';
import { variableOf } from './calls';

/** A service that enqueues or publishes, with the variable that the queue or topic is in. */
export interface ServiceGrantee<Service> {
  /** The service. */
  readonly service: Service;
  /**
   * Environment variable for the full name of the queue or topic.
   * @default its name in upper case and `_QUEUE` or `_TOPIC`: `ORDERS_TOPIC`
   * @terraform template.containers.env
   */
  readonly env?: string;
}

/** Who may enqueue or publish: a service, which also learns of where, or a principal as IAM writes it. */
export type Grantee<Service> = string | Service | ServiceGrantee<Service>;

/** What may be granted to somebody. */
export interface Grantable {
  /** Its full name, known without Terraform, so that a service may enqueue or publish to what calls it. */
  readonly fullName: string;
  /** Its name, for the variable that the full name is in. */
  readonly shortName: string;
  /** The ending of that variable. */
  readonly variableEnding: 'QUEUE' | 'TOPIC';
  /** Lets a principal enqueue or publish; once is enough. */
  grant(principal: string, origin: Origin): void;
}

/** Lets a service use something, and puts its full name into the environment of the service. */
export function grantToService(
  to: Grantable,
  service: ICloudRunService,
  env: string | undefined,
  origin: Origin,
): void {
  if (!isCreated(service)) {
    throw new Error(`${service.node.path} is made elsewhere; name the account that it runs as`);
  }
  to.grant(service.serviceAccount.grantee(origin), origin);
  service.setEnv(env ?? variableOf(to.shortName, to.variableEnding), origin, () => literal(to.fullName));
}

function isCreated(service: ICloudRunService): service is ICreatedService {
  return service.attributes === undefined;
}
