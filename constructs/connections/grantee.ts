import type { Origin } from '../core/finding';
import { literal } from '../core/literal';
import type { ICloudRunService, ICreatedService } from '../core/service';
import { variableOf } from './calls';

/** A service that enqueues or publishes, with the environment variable for the queue or topic. */
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

/** Who may enqueue or publish: a service, which also gets the full name as an environment variable, or a principal as IAM writes it. */
export type Grantee<Service> = string | Service | ServiceGrantee<Service>;

/** A queue or topic, on which somebody can get a grant. */
export interface Grantable {
  /** Its full name. It is known without Terraform, so that a service can also use a queue or topic that calls this service. */
  readonly fullName: string;
  /** Its name, from which the name of the environment variable is made. */
  readonly shortName: string;
  /** The end of that variable's name. */
  readonly variableEnding: 'QUEUE' | 'TOPIC';
  /** Lets a principal enqueue or publish. Granting it again changes nothing. */
  grant(principal: string, origin: Origin): void;
}

/** Lets a service use a queue or topic, and sets an environment variable of the service to the full name. */
export function grantToService(
  to: Grantable,
  service: ICloudRunService,
  env: string | undefined,
  origin: Origin,
): void {
  if (!isCreated(service)) {
    throw new Error(`${service.node.path} is made elsewhere; name the service account that it runs as`);
  }
  to.grant(service.serviceAccount.grantee(origin), origin);
  service.setEnv(env ?? variableOf(to.shortName, to.variableEnding), origin, () => literal(to.fullName));
}

function isCreated(service: ICloudRunService): service is ICreatedService {
  return service.attributes === undefined;
}
