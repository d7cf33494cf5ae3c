import { Construct } from 'constructs';
import { addressPart, referenceTo } from '../core/address';
import type { Environment } from '../core/environment';
import type { Origin } from '../core/finding';
import { literal } from '../core/literal';
import type { CloudRunService } from '../service/cloud-run-service';
import type { RegionalService } from '../service/regional-service';
import { type IdentityProps, ServiceAccount, triggerAccountIdOf } from '../service/service-account';
import { TRIGGER_KINDS, type TriggerKind } from './trigger-kind';

/** What everything that calls a service on its own has. */
export interface TriggerProps {
  /**
   * The product's name of it. Terraform addresses keep the key; a change replaces it.
   * @default the key
   * @terraform name
   */
  readonly name?: string;

  /**
   * Region of the service to call, of a service that has `regions`.
   * @default the service's region
   * @terraform the address that is called
   */
  readonly region?: string;

  /**
   * The account whose identity token is sent, which alone is granted `roles/run.invoker` on the service. Left out, it gets one of its own. An
   * email address names an existing account, `{name: …}` one that is created once and shared, and `default` the project's
   * Compute Engine default account (needs the environment's `projectNumber`).
   * @default an account of its own
   * @terraform google_service_account.<service>_<kind>_<key>
   */
  readonly serviceAccount?: IdentityProps['serviceAccount'];
}

/** The service that a trigger calls. */
export interface TriggerTarget {
  /** The service to call. */
  readonly service: CloudRunService;
}

interface TriggerWithPath extends TriggerProps {
  readonly path?: string;
}

/** Something that calls one service, with the account whose token it sends and that account's one grant. */
export abstract class Trigger<Props extends TriggerWithPath = TriggerWithPath> extends Construct {
  /** The service that is called. */
  readonly service: CloudRunService;
  /** The region of the service that is called. */
  readonly target: RegionalService;
  /** The account whose identity token is sent. */
  readonly serviceAccount: ServiceAccount;
  /** The product's name of it. */
  readonly triggerName: string;
  /** The props as the user wrote them. */
  readonly props: Props & TriggerTarget;
  /** What asked for it. */
  readonly origin: Origin;
  /** The principals that its props name, and where. */
  readonly namedPrincipals: { readonly principal: string; readonly path: Origin['path'] }[] = [];
  /** What the addresses of what it creates begin with. */
  readonly addressPrefix: string;

  constructor(
    scope: Construct,
    id: string,
    readonly kind: TriggerKind,
    props: Props & TriggerTarget,
    origin?: Origin,
  ) {
    super(scope, id);
    const { service } = props;
    const { regional, environment } = service;
    const key = origin ? String(origin.path.at(-1)) : id;
    this.service = service;
    this.props = props;
    this.origin = origin ?? { subject: this, path: [] };
    this.triggerName = props.name ?? key;
    this.target = regional.find(({ location }) => location === props.region) ?? regional[0];
    const servicePrefix = environment.addresses.prefixOf(service);
    this.addressPrefix = `${servicePrefix}_${addressPart(key)}`;
    const { word, product } = TRIGGER_KINDS[kind];
    const own = {
      accountId: triggerAccountIdOf(service.serviceName, word, this.triggerName),
      displayName: `${product} ${this.triggerName} of ${service.serviceName}`,
      prefix: `${servicePrefix}_${word}_${addressPart(key)}`,
    };
    this.serviceAccount = ServiceAccount.of(this, props.serviceAccount, own, this.origin);
    this.target.access.grantInvoke(`serviceAccount:${this.serviceAccount.email}`, this.origin);
    service.triggers.push(this);
  }

  /** Its full name, which the project has once. */
  abstract get fullName(): string;

  protected get environment(): Environment {
    return this.service.environment;
  }

  /** What asked for something of a key of the props. */
  protected originOf(key: keyof Props & string): Origin {
    return { ...this.origin, path: [...this.origin.path, key] };
  }

  /** The props, literal to Terraform. */
  protected get literalProps(): Omit<Props & TriggerTarget, 'service'> {
    const { service: _, ...props } = this.props;
    return literal(props);
  }

  /**
   * The service's own run.app URL, which is also the audience of the token: requests to a mapped domain do not count as internal. A
   * reference, so that Terraform knows the order.
   */
  protected get audience(): string {
    return referenceTo(this.target.resource, 'uri');
  }

  /** The token to send. */
  protected get oidcToken() {
    return { serviceAccountEmail: this.serviceAccount.reference, audience: this.audience };
  }
}
